import type { CaseView, HolderView } from '../../api/contract/cases.ts';
import { useWords } from '../words.ts';
import { DueChip } from './DueChip.tsx';

/** So many names are said one by one; more, as in a ballot, are counted. */
const NAMED = 2;

/** In one sentence a kind of task: who holds the case, until when, and what happens when he is silent. */
export function HoldersSentence({ value }: { readonly value: CaseView }) {
  const { t, named, called } = useWords();
  if (value.terminal) return null;
  // What goes on beside the matter, such as a recording that may replace an online vote, has no deadline and is no step of it.
  const waiting = value.holders.filter(({ dueAt }) => dueAt !== null);
  const kinds = [...new Set(waiting.map(({ kind }) => kind))];
  const who = (holders: readonly HolderView[]) => {
    const [first] = holders;
    if (first?.role && holders.length === 1)
      return `${first.unit ? `${called(first.unit)} ` : ''}${named('role', first.role)}`;
    const persons = [...new Map(holders.flatMap((each) => each.persons).map((each) => [each.id, each])).values()];
    return persons.length > NAMED
      ? t('case.personsCount', { count: persons.length })
      : persons.map(called).join(t('list.comma'));
  };
  return kinds.map((kind) => {
    const holders = waiting.filter((holder) => holder.kind === kind);
    const [first] = holders;
    if (!first) return null;
    return (
      <p key={kind} className="row" style={{ margin: 0 }}>
        <span>{t('case.heldBy', { who: who(holders), kind: named('kind', kind) })}</span>
        <DueChip due={first.dueAt} />
        <span className="small soft">
          {first.kind === 'vote' ? t('silence.vote') : first.silence !== 'none' && named('silence', first.silence)}
        </span>
      </p>
    );
  });
}
