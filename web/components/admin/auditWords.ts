import type { AuditEntryView } from '../../../api/contract/audit.ts';
import { useWords, wordKeys } from '../../words.ts';

/** What an entry says in plain words: the act, who did it, and what of its codes people can read. */
export function useAuditWords() {
  const { t, named, called, language } = useWords();
  /** Most acts are facts of a case, with the action a person took: `decided.nominate`; the others have names of their own. */
  const actOf = (act: string): string => {
    const [kind = '', action] = act.split('.');
    if (named('fact', kind) === kind) return named('audit.act', act);
    return [named('fact', kind), action && named('act', action)].filter(Boolean).join(' · ');
  };
  /** Every act that has words, with its code beside, to be chosen from; a code that others begin with finds them too. */
  const acts = wordKeys()
    .flatMap((key) => (key.startsWith('fact.') ? [key.slice(5)] : key.startsWith('audit.act.') ? [key.slice(10)] : []))
    .map((act) => ({ value: act, label: `${actOf(act)} · ${act}` }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
  const actorOf = ({ actor, onBehalfOf, enteredBy }: AuditEntryView): string =>
    [
      actor ? called(actor) : t('audit.system'),
      onBehalfOf && t('task.onBehalfOf', { name: called(onBehalfOf) }),
      enteredBy && t('audit.enteredBy', { name: called(enteredBy) }),
    ]
      .filter(Boolean)
      .join(' ');
  const detailOf = ({ act, codes }: AuditEntryView): string => {
    if (act === 'denied') return t('audit.deniedWhat', { target: String(codes.target), code: String(codes.code) });
    if (typeof codes.step === 'string') return named('step', codes.step);
    if (typeof codes.role === 'string') return named('role', codes.role);
    if (typeof codes.state === 'string') return named('rec', codes.state);
    return '';
  };
  return { actOf, acts, actorOf, detailOf };
}
