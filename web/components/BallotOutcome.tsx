import type { BallotView } from '../../api/contract/ballots.ts';
import { countText, outcomeWord } from '../outcomeWord.ts';
import { useWords } from '../words.ts';
import { BallotProof } from './BallotProof.tsx';

/** The outcome of a closed ballot, the count, why it is so, what would have changed it, and the proof 计票依据. */
export function BallotOutcome({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const { tally, outcome } = ballot;
  const counted = tally.abstain !== null;
  const total = (tally.for ?? 0) + (tally.against ?? 0) + (tally.abstain ?? 0);
  const share = (count: number | null) => ({ width: `${total === 0 ? 0 : ((count ?? 0) / total) * 100}%` });
  return (
    <div className="stack">
      {outcome && (
        <div className="row">
          <span className={`chip ${outcome === 'passed' ? 'green' : outcome === 'failed' ? 'red' : 'amber'}`}>
            {outcomeWord(ballot, named)}
          </span>
          {counted && <span className="figure">{countText(ballot, t, named)}</span>}
          {ballot.decided === false && (
            <>
              <span className="chip amber">{t('review.undecided')}</span>
              <span className="soft small">{t('ballot.notDecided')}</span>
            </>
          )}
          {ballot.reasonCode && <span className="soft small">{named('reason', ballot.reasonCode)}</span>}
          {ballot.closedBy && <span className="soft small">{named('closedBy', ballot.closedBy)}</span>}
        </div>
      )}
      {tally.options && <OptionBars ballot={ballot} />}
      {counted && total > 0 && !tally.options && (
        <div className="count" aria-hidden="true">
          <i className="for" style={share(tally.for)} />
          <i className="against" style={share(tally.against)} />
          <i className="abstain" style={share(tally.abstain)} />
        </div>
      )}
      <WouldChange ballot={ballot} />
      {counted && <BallotProof caseId={caseId} ballot={ballot} />}
    </div>
  );
}

/** How many voted for each option, as bars against half of those present, which one of them must exceed. */
function OptionBars({ ballot: { tally, outcome } }: { readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const most = Math.max(1, tally.present);
  const rows = [...(tally.options ?? []), { option: 'abstain', votes: tally.abstain ?? 0 }];
  return (
    <dl className="option-bars" aria-label={t('ballot.options')}>
      {rows.map(({ option, votes }) => (
        <div key={option}>
          <dt>{named('vote', option)}</dt>
          <dd>
            <i
              className={option === outcome ? 'holds' : ''}
              style={{ width: `${(votes / most) * 100}%` }}
              aria-hidden="true"
            />
            <b aria-hidden="true" />
            <span className="figure">{votes}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How near the outcome was to another: the fewest votes of each kind that would have changed it. */
function WouldChange({ ballot }: { readonly ballot: BallotView }) {
  const { t, named, called } = useWords();
  const seatName = (seatId: string) => {
    const entry = ballot.roll.find((each) => each.seatId === seatId);
    return entry ? called({ name: entry.seatName, nameEn: entry.seatNameEn }) : seatId;
  };
  if (ballot.outcome === null || ballot.wouldChange.length === 0) return null;
  const changes = ballot.wouldChange.toSorted((one, other) => one.votes - other.votes);
  return (
    <details>
      <summary>{t('ballot.wouldChange')}</summary>
      <p className="small soft" style={{ margin: '6px 0' }}>
        {t('ballot.wouldChangeAbout', { outcome: named('outcome', ballot.outcome) })}
      </p>
      <ul className="small">
        {changes.map((change) => (
          <li key={`${change.from}-${change.to}`}>
            {t(change.from === 'silent' ? 'ballot.changeSilent' : 'ballot.change', {
              votes: change.votes,
              from: named('vote', change.from),
              to: named('vote', change.to),
              outcome: named('outcome', change.outcome),
            })}
            {change.including.length > 0 &&
              t('ballot.including', { seats: change.including.map(seatName).join(t('list.comma')) })}
          </li>
        ))}
      </ul>
    </details>
  );
}
