import type { TimelineEntry } from '../../api/contract/cases.ts';
import { useTimeline } from '../api/cases.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Loaded } from './Loaded.tsx';

/** The facts of the case, the latest first. */
export function Timeline({ caseId, seq }: { readonly caseId: string; readonly seq: number }) {
  const { t } = useWords();
  const facts = useTimeline(caseId, seq);
  return (
    <section className="panel" aria-label={t('case.timeline')}>
      <h2>{t('case.timeline')}</h2>
      <Loaded query={facts}>
        {(entries) => (
          <ol className="timeline">
            {entries.toReversed().map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { t, named, word, called, action } = useWords();
  const what = entry.action ? action(entry.taskKind ?? '', entry.action) : named('fact', entry.kind);
  const detail = [
    entry.kind === 'opened' && entry.step ? named('step', entry.step) : '',
    entry.kind === 'ballotClosed' && typeof entry.codes.outcome === 'string'
      ? named('outcome', entry.codes.outcome)
      : '',
    entry.kind === 'concluded' && typeof entry.codes.state === 'string' ? word(`rec.${entry.codes.state}`) : '',
    entry.taskKind ? named('kind', entry.taskKind) : '',
  ].filter(Boolean);
  return (
    <li>
      <div className="row">
        <time className="small soft figure" dateTime={entry.at}>
          {momentText(entry.at)}
        </time>
        <strong>{what}</strong>
        {detail.length > 0 && <span className="small">{detail.join(' · ')}</span>}
        <ArticleTag article={entry.article} />
      </div>
      <div className="small soft">
        {entry.actor ? called(entry.actor) : t('case.byProcess')}
        {entry.onBehalfOf && ` · ${t('task.onBehalfOf', { name: called(entry.onBehalfOf) })}`}
        {entry.enteredBy && ` · ${t('task.enteredBy', { name: called(entry.enteredBy) })}`}
      </div>
      {entry.withheld && <div className="small soft">{t('case.withheld')}</div>}
      {entry.text && <TextParts text={entry.text} />}
    </li>
  );
}

/** Opinion, reason and the like. What is a code of a known kind is worded, what is not a text is left to the screens made for it. */
function TextParts({ text }: { readonly text: Readonly<Record<string, unknown>> }) {
  const { named } = useWords();
  const parts = Object.entries(text).filter(([, value]) => typeof value === 'string' && value !== '') as [
    string,
    string,
  ][];
  return (
    <>
      {parts.map(([name, value]) => (
        <div key={name} className="break">
          <span className="soft small">{named('field', name)}：</span>
          {name === 'choice' ? named('vote', value) : value}
        </div>
      ))}
    </>
  );
}
