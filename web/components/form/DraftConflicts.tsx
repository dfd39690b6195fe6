import { Button } from 'antd';
import { useState } from 'react';
import type { FieldConflict, Side } from '../../draftMerge.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { useFieldName } from './fieldName.ts';
import { ValueText } from './ValueText.tsx';

type Props = {
  readonly conflicts: readonly FieldConflict[];
  readonly onSettle: (sides: Readonly<Record<string, Side>>) => void;
};

/** Fields that were changed here and elsewhere: both are shown, and the person chooses which stays. */
export function DraftConflicts({ conflicts, onSettle }: Props) {
  const { t } = useWords();
  const nameOf = useFieldName();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const keyOf = ({ path }: FieldConflict) => path.join('.');
  const open = conflicts.filter((conflict) => !sides[keyOf(conflict)]).length;
  const all = (side: Side) => setSides(Object.fromEntries(conflicts.map((conflict) => [keyOf(conflict), side])));
  return (
    <section className="panel stack conflicts" aria-label={t('conflict.title')} role="alert">
      <h2>{t('conflict.title')}</h2>
      <p style={{ margin: 0 }}>{t('conflict.about')}</p>
      <div className="row">
        <Button size="small" onClick={() => all('mine')}>
          {t('conflict.allMine')}
        </Button>
        <Button size="small" onClick={() => all('theirs')}>
          {t('conflict.allTheirs')}
        </Button>
      </div>
      {conflicts.map((conflict) => {
        const key = keyOf(conflict);
        return (
          <fieldset key={key} className="entry" aria-label={nameOf(conflict.path)}>
            <strong>{nameOf(conflict.path)}</strong>
            <div className="grid" style={{ margin: '8px 0' }}>
              <div>
                <span className="small soft">{t('conflict.mine')}</span>
                <ValueText value={conflict.mine} />
              </div>
              <div>
                <span className="small soft">{t('conflict.theirs')}</span>
                <ValueText value={conflict.theirs} />
              </div>
            </div>
            <Choices
              label={nameOf(conflict.path)}
              value={sides[key]}
              options={[
                ['mine', t('conflict.takeMine')],
                ['theirs', t('conflict.takeTheirs')],
              ]}
              onChange={(side) => setSides({ ...sides, [key]: side as Side })}
            />
          </fieldset>
        );
      })}
      <Button type="primary" disabled={open > 0} onClick={() => onSettle(sides)} style={{ alignSelf: 'start' }}>
        {open > 0 ? t('conflict.open', { count: open }) : t('conflict.settle')}
      </Button>
    </section>
  );
}
