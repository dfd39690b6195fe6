import { Button } from 'antd';
import { useState } from 'react';
import type { BallotView } from '../../api/contract/ballots.ts';
import type { BallotRule } from '../../domain/ballot.ts';
import { agreementOf, isChoice, outcomeOfChoice, type Proof, standingOptions } from '../../domain/choice.ts';
import { caseKey } from '../api/cases.ts';
import { useOne } from '../api/list.ts';
import { useWords, type Words } from '../words.ts';
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
  const [counted, setCounted] = useState<ReturnType<typeof agreementOf> | null>(null);
  if (counted === null)
    return (
      <Button size="small" style={{ alignSelf: 'start' }} onClick={() => setCounted(agreementOf(proof))}>
        {t('ballot.recompute')}
      </Button>
    );
  return (
    <>
      <Verdict agrees={counted.agrees} differences={counted.differences} by="here" />
      <table className="sheet" aria-label={t('ballot.reckoning')}>
        <tbody>
          {reckoning(proof, named).map(([key, params, value]) => (
            <tr key={`${key} ${params.option ?? ''}`}>
              <th scope="row">{t(key, params)}</th>
              <td className="number">{value}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              {t('ballot.outcomeIs', {
                reason: isChoice(proof) ? named('chosen', proof.outcome) : named('reason', proof.reasonCode),
              })}
            </th>
            <td className="number">
              <strong>{isChoice(proof) ? chosenWord(proof, named) : named('outcome', proof.outcome)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

const chosenWord = (proof: Parameters<typeof outcomeOfChoice>[0], named: Words['named']): string =>
  named(proof.option ? 'vote' : 'outcome', outcomeOfChoice(proof));

type Line = readonly [
  key: 'ballot.lineBody' | 'ballot.lineQuorum' | 'ballot.linePresent' | 'ballot.lineFor' | 'ballot.lineOption',
  params: Readonly<Record<string, string | number>>,
  value: string,
];

/** Line by line what the outcome follows from. The stored tally is the counted one: where they differ, that is said above. */
function reckoning(proof: Proof, named: Words['named']): readonly Line[] {
  const { rule, tally } = proof;
  const up = ([top, bottom]: BallotRule['quorumOfBody'], count: number) => Math.ceil((top * count) / bottom);
  const fraction = ([top, bottom]: BallotRule['quorumOfBody']) => `${top}/${bottom}`;
  const against = (count: number, whole: number) =>
    `${count} ${2 * count > whole ? '>' : 2 * count < whole ? '<' : '='} ${whole} ÷ 2`;
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
    ...(isChoice(proof)
      ? standingOptions(proof.question).map(
          (option): Line => [
            'ballot.lineOption',
            { option: named('vote', option) },
            against(proof.tally.counts[option] ?? 0, tally.P),
          ],
        )
      : [['ballot.lineFor', {}, against(proof.tally.for, rule.majorityOf === 'body' ? tally.B : tally.P)] as Line]),
  ];
}
