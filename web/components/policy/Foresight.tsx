import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ForeseenView, ForesightView } from '../../../api/contract/foresight.ts';
import { call } from '../../api/call.ts';
import { amountText, dueText, momentText } from '../../format.ts';
import '../../styles/foresight.css';
import { countText } from '../../outcomeWord.ts';
import { useWords, type Words } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import type { PolicyValue } from '../policyName.ts';
import { policyText } from '../policyText.ts';

/** A version that was set, or the values of one that is being set. */
export type Previewed =
  | { readonly version: number }
  | { readonly values: Readonly<Record<string, PolicyValue['value']>> };

/** 将会改变什么: past decisions and this year's reviews gone through again, and which of them would come out otherwise. */
export function Foresight({ of }: { readonly of: Previewed }) {
  const { t, named } = useWords();
  const foresight = useQuery({
    queryKey: ['policy', 'preview', of],
    queryFn: async ({ signal }) => (await call<ForesightView>('POST', '/policies/preview', { body: of, signal })).value,
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={foresight}>
      {({ examined, differing, year, notReplayed }) => {
        const all = examined.reduce((sum, each) => sum + each.differing, 0);
        const late = examined.find(({ kind }) => kind === 'deadline')?.differing ?? 0;
        const otherwise = all - late;
        return (
          <div className="stack foresight">
            <p role="status">
              <strong>{otherwise === 0 ? t('foresight.nothing') : t('foresight.some', { count: otherwise })}</strong>
            </p>
            {late > 0 && <p role="status">{t('foresight.someLate', { count: late })}</p>}
            <ul className="foresight-counts">
              {examined.map(({ kind, total, examined: seen, differing: count }) => (
                <li key={kind}>
                  <span className="soft small">
                    {kind === 'review' && year !== null
                      ? t('foresight.kind.reviewOf', { year })
                      : named('foresight.kind', kind)}
                  </span>
                  <strong className="figure">{count}</strong>
                  <span className="small soft figure">
                    {seen < total
                      ? t('foresight.examinedSome', { examined: seen, total })
                      : t('foresight.examined', { examined: seen })}
                  </span>
                </li>
              ))}
            </ul>
            {differing.length > 0 && (
              <ul className="foresight-list">
                {differing.map((each) => (
                  <Differing key={keyOf(each)} foreseen={each} />
                ))}
              </ul>
            )}
            {differing.length < all && (
              <p className="small soft">{t('foresight.notShown', { count: all - differing.length })}</p>
            )}
            <details>
              <summary className="summary-link small">{t('foresight.limits')}</summary>
              <ul className="quiet-list small soft">
                {notReplayed.map((what) => (
                  <li key={what}>{named('foresight.not', what)}</li>
                ))}
              </ul>
            </details>
          </div>
        );
      }}
    </Loaded>
  );
}

function keyOf(each: ForeseenView): string {
  if (each.kind === 'account') return `account ${each.account.id}`;
  if (each.kind === 'deadline') return `deadline ${each.id}`;
  return `${each.kind} ${each.case.id} ${each.kind === 'ballot' ? `${each.step} ${each.round}` : ''}`;
}

function Differing({ foreseen }: { readonly foreseen: ForeseenView }) {
  const words = useWords();
  const { t, named } = words;
  const isCase = foreseen.kind !== 'account';
  const name = isCase ? foreseen.case.title : foreseen.account.name;
  return (
    <li className="stack">
      <div className="row">
        <span className="chip">{named('foresight.kind', foreseen.kind)}</span>
        <Link className="break" to={isCase ? `/cases/${foreseen.case.id}` : `/accounts/${foreseen.account.id}`}>
          <strong>{name}</strong>
        </Link>
        {isCase && foreseen.case.number && <span className="small soft figure">{foreseen.case.number}</span>}
        {(foreseen.kind === 'ballot' || foreseen.kind === 'deadline') && (
          <span className="small soft">
            {named('step', foreseen.step)}
            {foreseen.kind === 'deadline' && foreseen.task !== null && taskText(foreseen.step, foreseen.task, named)}
            {foreseen.round > 1 && ` · ${t('foresight.round', { round: foreseen.round })}`}
          </span>
        )}
        {foreseen.kind === 'account' && (
          <span className="small soft">{t('foresight.holds', { grade: named('grade', foreseen.grade) })}</span>
        )}
      </div>
      {foreseen.kind === 'ballot' && foreseen.closes !== 'here' && (
        <p className="small soft">
          {named(`foresight.${foreseen.after.outcome === null ? 'open' : 'closes'}`, foreseen.closes)}
        </p>
      )}
      <div className="foresight-sides">
        <Side
          title={t(foreseen.kind === 'account' ? 'foresight.now' : 'foresight.was')}
          result={resultText(foreseen, 'before', words)}
          lines={linesOf(foreseen, 'before', words)}
        />
        <Side
          title={t('foresight.wouldBe')}
          result={resultText(foreseen, 'after', words)}
          lines={linesOf(foreseen, 'after', words)}
          changed={linesOf(foreseen, 'before', words)}
        />
      </div>
    </li>
  );
}

type Line = readonly [what: string, value: string];

function Side({
  title,
  result,
  lines,
  changed = lines,
}: {
  readonly title: string;
  readonly result: string;
  readonly lines: readonly Line[];
  /** The lines of the other side; where one differs it stands out. */
  readonly changed?: readonly Line[];
}) {
  return (
    <section aria-label={title}>
      <h3 className="small soft">{title}</h3>
      <p>
        <strong>{result}</strong>
      </p>
      <dl className="small">
        {lines.map(([what, value]) => {
          const other = changed.find(([name]) => name === what)?.[1];
          return (
            <div key={what}>
              <dt className="soft">{what}</dt>
              <dd className={other === value ? 'figure' : 'figure changed'}>{value}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** The kind of the task, where it is not called as its step is. */
function taskText(step: string, task: string, named: Words['named']): string {
  const kind = named('kind', task);
  return kind === named('step', step) ? '' : ` · ${kind}`;
}

type When = 'before' | 'after';

/** An option by the name it is proposed with, or else the one it is voted for with. */
function optionText(option: string, named: Words['named']): string {
  const proposed = named('option', option);
  return proposed === option ? named('vote', option) : proposed;
}

function resultText(foreseen: ForeseenView, when: When, { t, named }: Words): string {
  const { outcome, decided } = foreseen[when];
  if (outcome === null) return t('foresight.unknown');
  switch (foreseen.kind) {
    case 'ballot':
      if (decided === null) return named('outcome', outcome);
      return decided ? optionText(outcome, named) : t('foresight.undecided', { option: optionText(outcome, named) });
    case 'review':
      return optionText(outcome, named);
    case 'deadline':
      return named('foresight.deadline', outcome);
    default:
      return named('grade', outcome);
  }
}

function linesOf(foreseen: ForeseenView, when: When, words: Words): readonly Line[] {
  const proof = when === 'before' ? foreseen.beforeProof : foreseen.afterProof;
  if ('tally' in proof) return ballotLines(proof, words);
  if ('dueAt' in proof) return deadlineLines(proof, words);
  return 'parts' in proof ? scoreLines(proof, words) : gradeLines(proof, words);
}

type BallotProof = Extract<ForeseenView, { readonly kind: 'ballot' }>['beforeProof'];
type ScoreProof = Extract<ForeseenView, { readonly kind: 'review' }>['beforeProof'];
type DeadlineProof = Extract<ForeseenView, { readonly kind: 'deadline' }>['beforeProof'];
type GradeProof = Extract<ForeseenView, { readonly kind: 'account' }>['beforeProof'];

function ballotLines({ rule, tally, reasonCode }: BallotProof, words: Words): readonly Line[] {
  const { t, named } = words;
  const fraction = ([top, bottom]: readonly number[]) => `${top}/${bottom}`;
  const whole = tally.options || rule.majorityOf === 'present' ? tally.present : tally.expected;
  return [
    [t('foresight.matter'), named('matter', rule.matter)],
    [
      t('foresight.quorum'),
      t('foresight.quorumIs', {
        body: fraction(rule.quorumOfBody),
        seats: fraction(rule.quorumOfSeats),
        quorum: tally.quorum,
      }),
    ],
    [
      t('foresight.present'),
      t('foresight.presentIs', { present: tally.present, expected: tally.expected, seats: tally.seats }),
    ],
    [t('foresight.votes'), countText({ tally }, t, (_, option) => optionText(option, named))],
    [t('foresight.majority'), t('foresight.majorityIs', { whole })],
    ...(tally.options ? [] : [[t('foresight.tie'), policyText('tieBreak', rule.tieBreak, words)] as const]),
    [t('foresight.early'), policyText('earlyApprove', rule.early, words)],
    [t('foresight.directorLast'), policyText('directorLast', rule.directorLast, words)],
    ...(reasonCode === null ? [] : [[t('foresight.reason'), named('reason', reasonCode)] as const]),
  ];
}

function scoreLines({ total, parts, intensifyFrom, terminateBelow }: ScoreProof, { t, named }: Words): readonly Line[] {
  return [
    [t('foresight.score'), total === null ? t('foresight.unmeasured') : String(total)],
    [t('foresight.thresholds'), t('foresight.thresholdsAre', { from: intensifyFrom, below: terminateBelow })],
    ...parts.map(
      ({ part, weight, value }): Line => [
        named('foresight.part', part),
        value === null ? t('foresight.unmeasured') : t('foresight.partIs', { value, weight }),
      ],
    ),
  ];
}

function deadlineLines({ days, dueAt, closedAt, late }: DeadlineProof, { t }: Words): readonly Line[] {
  return [
    [t('foresight.days'), t('foresight.daysAre', { count: days })],
    [t('foresight.dueAt'), dueText(dueAt)],
    [t('foresight.endedAt'), momentText(closedAt)],
    ...(late === null || late === 0 ? [] : [[t('foresight.late'), t('foresight.lateAre', { count: late })] as const]),
  ];
}

function gradeLines(
  { figureYuan, companyLineYuan, branchLineYuan }: GradeProof,
  { t, named, language }: Words,
): readonly Line[] {
  return [
    [t('foresight.figure'), amountText(figureYuan, language)],
    [t('foresight.line', { grade: named('grade', 'company') }), amountText(companyLineYuan, language)],
    [t('foresight.line', { grade: named('grade', 'branch') }), amountText(branchLineYuan, language)],
  ];
}
