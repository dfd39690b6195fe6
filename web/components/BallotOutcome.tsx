import { Button } from 'antd';
import { useState } from 'react';
import type { BallotView } from '../../api/contract/ballots.ts';
import { caseKey } from '../api/cases.ts';
import { useOne } from '../api/list.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';

type Proof = { readonly proof: unknown; readonly agrees: boolean; readonly differences: readonly string[] };

/** The outcome of a closed ballot, the count, why it is so, what would have changed it, and the proof 计票依据. */
export function BallotOutcome({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t, named, called } = useWords();
  const { tally, outcome } = ballot;
  const counted = tally.for !== null && tally.against !== null && tally.abstain !== null;
  const total = (tally.for ?? 0) + (tally.against ?? 0) + (tally.abstain ?? 0);
  const share = (count: number | null) => ({ width: `${total === 0 ? 0 : ((count ?? 0) / total) * 100}%` });
  const seatName = (seatId: string) => {
    const entry = ballot.roll.find((each) => each.seatId === seatId);
    return entry ? called({ name: entry.seatName, nameEn: entry.seatNameEn }) : seatId;
  };
  return (
    <div className="stack">
      {outcome && (
        <div className="row">
          <span className={`chip ${outcome === 'passed' ? 'green' : outcome === 'failed' ? 'red' : 'amber'}`}>
            {named('outcome', outcome)}
          </span>
          {counted && (
            <span className="figure">
              {t('ballot.count', { for: tally.for ?? 0, against: tally.against ?? 0, abstain: tally.abstain ?? 0 })}
            </span>
          )}
          {ballot.reasonCode && <span className="soft small">{named('reason', ballot.reasonCode)}</span>}
          {ballot.closedBy && <span className="soft small">{named('closedBy', ballot.closedBy)}</span>}
        </div>
      )}
      {counted && total > 0 && (
        <div className="count" aria-hidden="true">
          <i className="for" style={share(tally.for)} />
          <i className="against" style={share(tally.against)} />
          <i className="abstain" style={share(tally.abstain)} />
        </div>
      )}
      {ballot.wouldChange.length > 0 && (
        <details>
          <summary>{t('ballot.wouldChange')}</summary>
          <ul className="small">
            {ballot.wouldChange.map((change) => (
              <li key={`${change.from}-${change.to}`}>
                {t('ballot.change', {
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
      )}
      <BallotProof caseId={caseId} ballotId={ballot.id} />
    </div>
  );
}

function BallotProof({ caseId, ballotId }: { readonly caseId: string; readonly ballotId: string }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const path = `/cases/${caseId}/ballots/${ballotId}/proof`;
  const proof = useOne<Proof>([...caseKey(caseId), 'proof', ballotId], shown ? path : null);
  return (
    <div className="stack">
      <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)} style={{ alignSelf: 'start' }}>
        {t('vote.proof')}
      </Button>
      {shown && (
        <Loaded query={proof}>
          {(value) => (
            <>
              <span role="status" className={`chip ${value.agrees ? 'green' : 'red'}`} style={{ alignSelf: 'start' }}>
                {value.agrees ? t('ballot.agrees') : t('ballot.differs', { paths: value.differences.join(', ') })}
              </span>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
              <pre className="raw" tabIndex={0}>
                {JSON.stringify(value.proof, null, 2)}
              </pre>
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}
