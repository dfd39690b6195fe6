import type { NextEdition as Next } from '../../../api/contract/editions.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { ChangePicture } from './ChangePicture.tsx';
import { DifferenceList } from './Differences.tsx';

/** Whether an edition is worth beginning: what has changed since the last one, and when the calendar begins the next by itself. */
export function NextEdition({ next }: { readonly next: Next }) {
  const { t } = useWords();
  const { comparedWith, differences, dueOn, lines } = next;
  return (
    <section className="panel stack" aria-label={t('edition.next', { n: next.number })}>
      <div className="row">
        <h2>{t('edition.next', { n: next.number })}</h2>
        <ArticleTag article="8" />
      </div>
      <p>
        <NextCounts next={next} />
      </p>
      <ChangePicture lines={lines} changes={next.changes} comparedWith={comparedWith} now />
      {lines.company + lines.branch > 0 && (
        <p className="small soft">{dueOn ? t('edition.dueOn', { day: dayText(dueOn) }) : t('edition.dueFirst')}</p>
      )}
      {comparedWith !== null && differences.length > 0 && (
        <details className="more">
          <summary className="summary-link small">{t('edition.whichChanged', { count: differences.length })}</summary>
          <DifferenceList differences={differences} />
        </details>
      )}
    </section>
  );
}

/** In one sentence: how many accounts are new, gone, changed since the last edition. */
export function NextCounts({ next: { comparedWith, changes, lines } }: { readonly next: Next }) {
  const { t } = useWords();
  if (comparedWith === null) return <>{t('edition.firstOf', { count: lines.company + lines.branch })}</>;
  const { new: added, gone, changed } = changes;
  if (added + gone + changed === 0) return <>{t('edition.nothingSince', { n: comparedWith })}</>;
  return <strong>{t('edition.changedSince', { n: comparedWith, new: added, gone, changed })}</strong>;
}
