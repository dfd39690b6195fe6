import { Link } from 'react-router';
import type { EditionView } from '../../../api/contract/editions.ts';
import { useWords } from '../../words.ts';
import { Changes } from '../Changes.tsx';
import { ChangePicture } from './ChangePicture.tsx';
import '../../styles/registers.css';

const KINDS = ['new', 'changed', 'gone'] as const;
const COLOURS = { new: 'green', changed: 'amber', gone: 'red' } as const;
const CODES = ['grade', 'managedBy'];

/** What an edition has otherwise than the one before: a picture, then account by account with both values. */
export function Differences({ edition }: { readonly edition: EditionView }) {
  const { t } = useWords();
  const { comparedWith, differences } = edition;
  return (
    <section className="panel stack" aria-label={t('edition.changes')}>
      <h2>{comparedWith === null ? t('edition.first') : t('edition.comparedWith', { n: comparedWith })}</h2>
      <ChangePicture lines={edition.lines} changes={edition.changes} comparedWith={comparedWith} />
      {comparedWith !== null && differences.length === 0 && <p className="soft">{t('edition.noChange')}</p>}
      {comparedWith !== null && <DifferenceList differences={differences} />}
    </section>
  );
}

/** What is new, then what changed, with both values, then what is gone. */
export function DifferenceList({ differences }: Pick<EditionView, 'differences'>) {
  const { t, named } = useWords();
  const text = (field: string, value: string) =>
    value === '' ? t('edition.none') : CODES.includes(field) ? named('grade', value) : value;
  return (
    <ul className="edition-differences">
      {KINDS.flatMap((kind) => differences.filter(({ change }) => change === kind)).map((each) => (
        <li key={each.accountId}>
          <div className="row">
            <span className={`chip ${COLOURS[each.change]}`}>{t(`edition.${each.change}`)}</span>
            <Link to={`/accounts/${each.accountId}`}>{each.clientName}</Link>
            <span className="small soft figure">{each.archiveNo}</span>
          </div>
          {each.fields.length > 0 && (
            <Changes
              changes={each.fields.map(({ field, was, is }) => ({
                key: field,
                what: named('edition.field', field),
                from: text(field, was),
                to: text(field, is),
              }))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
