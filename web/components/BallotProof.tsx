import { Button } from 'antd';
import { useState } from 'react';
import type { BallotView } from '../../api/contract/ballots.ts';
import { type BallotProof as Proof, recompute, type Tally } from '../../domain/ballot.ts';
import { caseKey } from '../api/cases.ts';
import { useOne } from '../api/list.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';

type Answer = { readonly proof: Proof; readonly agrees: boolean; readonly differences: readonly string[] };

/** 计票依据: the stored proof, counted again by the server and, by the same function, on the reader's own device. */
export function BallotProof({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const path = `/cases/${caseId}/ballots/${ballot.id}/proof`;
  const proof = useOne<Answer>([...caseKey(caseId), 'proof', ballot.id], shown ? path : null);
  return (
    <div className="stack">
      <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)} style={{ alignSelf: 'start' }}>
        {t('vote.proof')}
      </Button>
      {shown && (
        <Loaded query={proof}>
          {(answer) => (
            <>
              <Verdict agrees={answer.agrees} differences={answer.differences} by="server" />
              <Recomputed proof={answer.proof} />
              <details>
                <summary>{t('ballot.rawProof')}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
                <pre className="raw" tabIndex={0}>
                  {JSON.stringify(answer.proof, null, 2)}
                </pre>
              </details>
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}

type VerdictProps = {
  readonly agrees: boolean;
  readonly differences: readonly string[];
  readonly by: 'server' | 'here';
};

function Verdict({ agrees, differences, by }: VerdictProps) {
  const { t } = useWords();
  return (
    <span role="status" className={`chip ${agrees ? 'green' : 'red'}`} style={{ alignSelf: 'start' }}>
      {t(by === 'server' ? 'ballot.byServer' : 'ballot.byHere')}
      {agrees ? t('ballot.agrees') : t('ballot.differs', { paths: differences.join(', ') })}
    </span>
  );
}

/** Counts the proof on this device, at a press of the button, and shows the reckoning line by line. */
function Recomputed({ proof }: { readonly proof: Proof }) {
  const { t, named } = useWords();
  const [counted, setCounted] = useState<ReturnType<typeof recompute> | null>(null);
  if (counted === null)
    return (
      <Button size="small" style={{ alignSelf: 'start' }} onClick={() => setCounted(recompute(proof))}>
        {t('ballot.recompute')}
      </Button>
    );
  const { tally, outcome } = counted;
  return (
    <>
      <Verdict agrees={counted.agrees} differences={counted.differences} by="here" />
      <table className="sheet" aria-label={t('ballot.reckoning')}>
        <tbody>
          {reckoning(proof, tally).map(([key, params, value]) => (
            <tr key={key}>
              <th scope="row">{t(key, params)}</th>
              <td className="number">{value}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('ballot.outcomeIs', { reason: named('reason', proof.reasonCode) })}</th>
            <td className="number">
              <strong>{named('outcome', outcome)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

type Line = readonly [
  key: 'ballot.lineBody' | 'ballot.lineQuorum' | 'ballot.linePresent' | 'ballot.lineFor',
  params: Readonly<Record<string, string | number>>,
  value: string,
];

function reckoning({ rule }: Proof, tally: Tally): readonly Line[] {
  const up = ([top, bottom]: readonly [number, number], count: number) => Math.ceil((top * count) / bottom);
  const fraction = ([top, bottom]: readonly [number, number]) => `${top}/${bottom}`;
  const whole = rule.majorityOf === 'body' ? tally.B : tally.P;
  return [
    ['ballot.lineBody', { seats: tally.N, recused: tally.R, substitutes: tally.substitutes }, String(tally.B)],
    [
      'ballot.lineQuorum',
      {
        body: `⌈${fraction(rule.quorumOfBody)}×${tally.B}⌉ = ${up(rule.quorumOfBody, tally.B)}`,
        seats: `⌈${fraction(rule.quorumOfSeats)}×${tally.N}⌉ = ${up(rule.quorumOfSeats, tally.N)}`,
        floor: rule.floor,
      },
      String(tally.quorum),
    ],
    ['ballot.linePresent', {}, `${tally.P} ${tally.P >= tally.quorum ? '≥' : '<'} ${tally.quorum}`],
    [
      'ballot.lineFor',
      {},
      `${tally.for} ${2 * tally.for > whole ? '>' : 2 * tally.for < whole ? '<' : '='} ${whole} ÷ 2`,
    ],
  ];
}
