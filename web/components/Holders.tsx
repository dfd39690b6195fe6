import type { CaseView, HolderView } from '../../api/contract/cases.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Absent } from './Absent.tsx';
import { ArticleTag } from './ArticleTag.tsx';
import { DueChip } from './DueChip.tsx';
import { TaskVerbs } from './TaskVerbs.tsx';

/** Verbs that are done to somebody else's task; the others are offered with one's own. */
const TO_OTHERS = ['urge', 'extend', 'consult', 'addApprover'] as const;

/** So many who hold the same kind of task are shown one by one; more, as in a ballot, are folded. */
const SHOWN = 3;

const byKind = (holders: readonly HolderView[]): readonly (readonly HolderView[])[] =>
  [...new Set(holders.map(({ kind }) => kind))].map((kind) => holders.filter((holder) => holder.kind === kind));

/** Who holds the case, until when, and what happens then. */
export function Holders({ value }: { readonly value: CaseView }) {
  const { t, named } = useWords();
  if (value.terminal) return null;
  return (
    <section className="panel stack" aria-label={t('case.holders')}>
      <h2>{t('case.holders')}</h2>
      {value.holders.length === 0 && <p className="soft">{t('case.noHolder')}</p>}
      {byKind(value.holders).map((holders) => {
        const rows = holders.map((holder) => <Holder key={holder.taskId} holder={holder} value={value} />);
        const [first] = holders;
        if (!first || holders.length <= SHOWN) return rows;
        return (
          <details key={first.kind} className="holder">
            <summary className="row">
              <strong>{t('case.several', { kind: named('kind', first.kind), count: holders.length })}</strong>
              <DueChip due={first.dueAt} />
            </summary>
            {rows}
          </details>
        );
      })}
    </section>
  );
}

function Holder({ holder, value }: { readonly holder: HolderView; readonly value: CaseView }) {
  const { t, named, called } = useWords();
  const group = holder.role ? `${holder.unit ? `${called(holder.unit)} ` : ''}${named('role', holder.role)}` : null;
  const persons = holder.persons.map(called).join(t('list.comma'));
  const verbs = TO_OTHERS.filter((verb) => value.verbs.includes(verb) && !(verb === 'extend' && holder.extended));
  return (
    <div className="stack holder">
      <div className="row">
        <strong>{named('kind', holder.kind)}</strong>
        <DueChip due={holder.dueAt} />
        <ArticleTag article={holder.article} />
      </div>
      <span>
        {group ?? persons}
        {group && persons && <span className="soft small"> ({persons})</span>}
      </span>
      <span className="row">
        {holder.persons.map(({ id }) => (
          <Absent key={id} personId={id} />
        ))}
      </span>
      {holder.claimedBy && (
        <span className="small soft">{t('task.claimedBy', { name: called(holder.claimedBy) })}</span>
      )}
      {holder.dueAt && holder.silence !== 'none' && (
        <span className="small soft">{named('silence', holder.silence)}</span>
      )}
      {holder.provisional && <span className="small soft">{t('due.provisional')}</span>}
      {holder.extended && <span className="small soft">{t('due.extended')}</span>}
      {holder.level > 0 && <span className="chip amber">{t('task.escalated')}</span>}
      {holder.urgedAt && <span className="small soft">{t('task.urgedAt', { at: momentText(holder.urgedAt) })}</span>}
      {!value.myTaskIds.includes(holder.taskId) && (
        <TaskVerbs taskId={holder.taskId} caseId={value.id} unitId={value.unit.id} verbs={verbs} />
      )}
    </div>
  );
}
