import { Segmented } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../../words.ts';

type Props = {
  readonly title: string;
  readonly about: string;
  readonly picture: ReactNode;
  /** The same figures as a table. Where it is missing the picture is one. */
  readonly table?: ReactNode;
  /** What can be chosen about the figures. */
  readonly children?: ReactNode;
};

/** One picture of the dashboard, with the table that tells the same. */
export function Figure({ title, about, picture, table, children }: Props) {
  const { t } = useWords();
  const id = useId();
  const [shown, setShown] = useState<'picture' | 'table'>('picture');
  return (
    <section className="panel figures" aria-labelledby={id}>
      <div className="figures-head">
        <h2 id={id}>{title}</h2>
        <span className="row">
          {children}
          {table !== undefined && (
            <Segmented
              aria-label={t('dash.showAs')}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'picture' as const, label: t('dash.picture') },
                { value: 'table' as const, label: t('dash.table') },
              ]}
            />
          )}
        </span>
      </div>
      <p className="small soft">{about}</p>
      {shown === 'table' && table !== undefined ? table : picture}
    </section>
  );
}
