import type { BallotView } from '../../api/contract/ballots.ts';
import { useWords } from '../words.ts';

/** The rule a ballot is held under, in sentences. Its figures are assumptions, and say so. */
export function BallotRuleText({ ballot }: { readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const { rule } = ballot;
  const fraction = ([top, bottom]: readonly [number, number]) => `${top}/${bottom}`;
  return (
    <details>
      <summary>{t('ballot.rule')}</summary>
      <ul className="small">
        <li>{t('rule.quorum', { body: fraction(rule.quorumOfBody), seats: fraction(rule.quorumOfSeats) })}</li>
        <li>
          {t(
            ballot.choice
              ? 'rule.choice'
              : rule.majorityOf === 'body'
                ? 'rule.majorityOfBody'
                : 'rule.majorityOfPresent',
          )}
        </li>
        {rule.presiderRequired && <li>{t('rule.presider')}</li>}
        {!ballot.choice && <li>{t('rule.tie', { what: named('policy.tieBreak', rule.tieBreak) })}</li>}
        {rule.directorLast && <li>{t('rule.directorLast')}</li>}
        {rule.sealed && <li>{t('vote.sealed')}</li>}
        {rule.early && <li>{t('rule.early')}</li>}
        <li>
          {t('assumption')} · {t('rule.version', { version: ballot.policyVersion })}
        </li>
      </ul>
    </details>
  );
}
