import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approveRule,
  atOpening,
  type BallotProof,
  type BallotRule,
  type Choice,
  closing,
  conclude,
  missing,
  proofOf,
  ratifyRule,
  type Standing,
  type Vote,
} from '../../domain/ballot.ts';
import { ruleOf } from '../../domain/ballotPolicy.ts';
import { choiceProofOf, closingOfChoice, type Proof, type Question } from '../../domain/choice.ts';
import type { TotalKind, TotalSource } from '../../domain/contractTotals.ts';
import { foreseeBallot, foreseeScore, isSameRule, lineOf, matterUnder } from '../../domain/foresight.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { scoreOf } from '../../domain/score.ts';
import { cast, eleven, recused, rollOf, withRule } from './ballotFixtures.ts';

const closed = { ruleVersion: 1, closedAt: '2026-03-02T09:30:00+08:00' };
const over: Standing = { ...atOpening, deadlinePassed: true, directorsTimePassed: true };
const question: Question = { order: ['maintain', 'intensify', 'terminate'], finalists: null };
const options: Record<Choice, string> = { for: 'maintain', against: 'intensify', abstain: 'terminate' };

const rules: fc.Arbitrary<BallotRule> = fc.record({
  matter: fc.constantFrom('approve', 'ratify', 'confirm'),
  quorumOfBody: fc.constantFrom([2, 3], [1, 2], [1, 3], [3, 4]),
  quorumOfSeats: fc.constantFrom([1, 2], [1, 3]),
  floor: fc.constant(2),
  majorityOf: fc.constantFrom('body', 'present'),
  presiderRequired: fc.boolean(),
  tieBreak: fc.constantFrom('defer', 'castingVote', 'fail'),
  directorLast: fc.boolean(),
  sealed: fc.boolean(),
  early: fc.boolean(),
});

/** A ballot of three to seven seats played vote by vote, until its rule closes it or its extended deadline is over; some vote twice. */
const played = fc
  .record({
    rule: rules,
    size: fc.integer({ min: 3, max: 7 }),
    out: fc.option(fc.constantFrom('D', 'V1', 'A1')),
    acts: fc.array(fc.tuple(fc.nat(6), fc.constantFrom('for', 'against', 'abstain')), { maxLength: 10 }),
    late: fc.nat(10),
    runoff: fc.boolean(),
    isChoice: fc.boolean(),
  })
  .map(({ rule, size, out, acts, late, runoff, isChoice }): Proof => {
    const roll = out ? recused(rollOf(size), out) : rollOf(size);
    const close = (votes: readonly Vote[], at: Standing) =>
      isChoice ? closingOfChoice(rule, question, roll, asOptions(votes), at) : closing(rule, roll, votes, at);
    const prove = (votes: readonly Vote[], standing: Standing, closedBy: 'complete'): Proof =>
      isChoice
        ? choiceProofOf({ ...closed, rule, question, roll, votes: asOptions(votes), standing, closedBy })
        : proofOf({ ...closed, rule, roll, votes, standing, closedBy, higherBody: null });
    const votes: Vote[] = [];
    let standing: Standing = { ...atOpening, runoff };
    const settled = (): Proof | null => {
      const end = close(votes, standing);
      if (end.extend) standing = { ...standing, deadlinePassed: false, extended: true };
      return end.close ? prove(votes, standing, end.reason as 'complete') : null;
    };
    for (const [index, [place, choice]] of acts.entries()) {
      const ended = settled();
      if (ended) return ended;
      if (index === late) standing = { ...standing, deadlinePassed: true };
      const personId = roll[place % size]?.personId as string;
      if (!roll.find((entry) => entry.personId === personId)?.recusal)
        votes.push({ seq: votes.length + 1, personId, choice: choice as Choice });
    }
    standing = { ...standing, deadlinePassed: true, directorsTimePassed: true, extended: true };
    return settled() as Proof;
  });

const asOptions = (votes: readonly Vote[]): Vote<string>[] =>
  votes.map((vote) => ({ ...vote, choice: options[vote.choice] }));

describe('a closed ballot under other values', () => {
  test('comes to what it came to where they are the same, whatever it was', () => {
    fc.assert(
      fc.property(played, fc.boolean(), (proof, sealed) => {
        expect(foreseeBallot(proof, { ...proof.rule, sealed }).differs).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  test('with every vote in and the deadline over, it differs exactly where counting by hand does', () => {
    const choices = ['for', 'against', 'abstain', null] as const;
    const roll = rollOf(5);
    let differing = 0;
    for (const [base, other] of [
      [approveRule, { quorumOfBody: [1, 1] }],
      [approveRule, { majorityOf: 'present' }],
      [approveRule, { tieBreak: 'castingVote' }],
      [ratifyRule, { quorumOfSeats: [4, 5] }],
      [ratifyRule, { tieBreak: 'fail' }],
    ] as const) {
      const rule = withRule(base, { early: false, directorLast: false });
      const next = withRule(rule, other as Partial<BallotRule>);
      for (let code = 0; code < 4 ** 5; code++) {
        const votes = roll.flatMap(({ personId }, index) => {
          const choice = choices[Math.floor(code / 4 ** index) % 4];
          return choice ? [{ seq: index + 1, personId, choice }] : [];
        });
        const at = closing(rule, roll, votes, over);
        if (!at.close) continue;
        const closedBy = at.reason as 'deadline';
        const proof = proofOf({ ...closed, rule, roll, votes, standing: over, closedBy, higherBody: null });
        const foreseen = foreseeBallot(proof, next);
        const byHand = conclude(next, roll, votes, { runoff: false }).outcome;
        if (byHand === 'inquorate') expect([foreseen.closes, foreseen.result]).toEqual(['later', null]);
        else expect([foreseen.closes, foreseen.result?.outcome]).toEqual(['here', byHand]);
        expect(foreseen.differs).toBe(byHand !== proof.outcome);
        differing += foreseen.differs ? 1 : 0;
      }
    }
    expect(differing).toBeGreaterThan(100);
  });

  const proven = (rule: BallotRule, votes: readonly Vote[], standing: Standing = over, roll = eleven): BallotProof => {
    const { close, reason } = closing(rule, roll, votes, standing);
    expect(close).toBe(true);
    return proofOf({ ...closed, rule, roll, votes, standing, closedBy: reason as 'complete', higherBody: null });
  };

  test('takes the tie-break of the other rule, as the director voted', () => {
    const rule = withRule(ratifyRule, { early: false });
    const tied = proven(rule, cast('for', 'D B1 B2 C1', 'against', 'V1 V2 C2 F1'));
    expect(tied.outcome).toBe('deferred');
    expect(foreseeBallot(tied, withRule(rule, { tieBreak: 'castingVote' }))).toMatchObject({
      closes: 'here',
      result: { outcome: 'passed' },
      differs: true,
      count: { reasonCode: 'castingVoteFor' },
    });
  });

  test('would not have closed where its quorum is not met, and no vote is made up', () => {
    const rule = withRule(ratifyRule, { early: false });
    const proof = proven(rule, cast('for', 'D V1 V2 B1 B2 C1'));
    expect(foreseeBallot(proof, withRule(rule, { quorumOfBody: [3, 4] }))).toMatchObject({
      closes: 'later',
      result: null,
      differs: true,
    });
  });

  test('that closed early goes on where the rule no longer closes early, and comes to the same all the same', () => {
    const votes = cast('for', 'D V1 V2 B1 B2 C1 C2');
    const proof = proven(ratifyRule, votes, atOpening);
    expect(proof.closedBy).toBe('early');
    expect(missing(eleven, votes).length).toBeGreaterThan(0);
    expect(foreseeBallot(proof, withRule(ratifyRule, { early: false }))).toMatchObject({
      closes: 'later',
      result: { outcome: 'passed' },
      differs: false,
    });
  });

  test('that would have closed early does not count what came after', () => {
    const votes = [
      ...cast('for', 'D V1 V2 B1 B2 C1 C2'),
      ...cast('against', 'D V1 V2 B1 B2 C1 C2').map((vote) => ({ ...vote, seq: vote.seq + 20 })),
    ];
    const proof = proven(withRule(ratifyRule, { early: false }), votes);
    expect(proof.outcome).toBe('failed');
    expect(foreseeBallot(proof, ratifyRule)).toMatchObject({ closes: 'earlier', result: { outcome: 'passed' } });
  });

  test('that was extended for want of a quorum is not told by votes that may have come too late', () => {
    const rule = withRule(ratifyRule, { early: false });
    const votes = cast('for', 'D V1 B1', 'against', 'B2 C1 C2 F1');
    const proof = proven(rule, votes, { ...over, extended: true });
    expect(proof.outcome).toBe('failed');
    const lower = withRule(rule, { quorumOfBody: [1, 5], quorumOfSeats: [1, 5] });
    expect(foreseeBallot(proof, lower)).toMatchObject({ closes: 'earlier', result: null, differs: true });
  });

  test('of a recorded meeting is counted as its minutes have it, closed then as it was', () => {
    const facts = { ...closed, rule: approveRule, roll: eleven, standing: atOpening, higherBody: null };
    const proof = proofOf({ ...facts, votes: cast('for', 'D V1 V2 B1'), closedBy: 'recording' });
    expect(proof.outcome).toBe('inquorate');
    const lower = withRule(approveRule, { quorumOfBody: [1, 3], quorumOfSeats: [1, 5], majorityOf: 'present' });
    expect(foreseeBallot(proof, lower)).toMatchObject({ closes: 'here', result: { outcome: 'passed' } });
  });

  test('that a higher body decided stays decided by it, where there is still no quorum', () => {
    const facts = { ...closed, rule: approveRule, roll: eleven, standing: { ...over, extended: true } };
    const higherBody = { outcome: 'passed', evidenceId: 'minutes' } as const;
    const proof = proofOf({ ...facts, votes: cast('for', 'D V1'), closedBy: 'higherBody', higherBody });
    expect(foreseeBallot(proof, withRule(approveRule, { tieBreak: 'fail' }))).toMatchObject({
      result: { outcome: 'passed' },
      differs: false,
    });
    const lower = withRule(approveRule, { quorumOfBody: [1, 11], quorumOfSeats: [1, 11], directorLast: false });
    expect(foreseeBallot(proof, lower).differs).toBe(true);
  });
});

test('whether votes are sealed makes no other rule of it', () => {
  const rule = ruleOf('approve', defaultPolicy);
  expect(isSameRule(rule, ruleOf('approve', { ...defaultPolicy, sealed: false }))).toBe(true);
  expect(isSameRule(rule, ruleOf('approve', { ...defaultPolicy, tieBreak: 'fail' }))).toBe(false);
});

test('a recommendation is put as the act of the grade it would have; below the lines as it was', () => {
  expect(matterUnder('approve', 15_000_000_000n, defaultPolicy)).toBe('ratify');
  expect(matterUnder('ratify', 20_000_000_000n, defaultPolicy)).toBe('approve');
  expect(matterUnder('ratify', 9_999_999_999n, defaultPolicy)).toBe('ratify');
  expect(matterUnder('approve', 9_999_999_999n, defaultPolicy)).toBe('approve');
});

describe('a score under other values', () => {
  const inputs = {
    totalsFen: '9000000000',
    lineFen: defaultPolicy.branchLineFen,
    receivableFen: '1000',
    receivedFen: '500',
    performance: 3,
    cooperation: 4,
    credit: 3,
    visitsDone: 4,
    visitsDue: 6,
    plannedFen: '5000000000',
  };
  const score = scoreOf(inputs, defaultPolicy);

  const as = { year: 2025, grade: 'branch', managedBy: 'branch', days: 360, kept: defaultPolicy } as const;

  test('is the same where they are the same', () => {
    expect(foreseeScore(score, as, defaultPolicy)).toMatchObject({ after: score, differs: false });
  });

  test('counts the visits due by the other interval, unless they were counted over something else', () => {
    const monthly = { ...defaultPolicy, visitBranchDays: 30 };
    const visitsOf = ({ after }: { after: typeof score }) => after.parts.find(({ part }) => part === 'visits')?.value;
    expect(visitsOf(foreseeScore(score, as, defaultPolicy))).toBe(66);
    expect(visitsOf(foreseeScore(score, as, monthly))).toBe(33);
    expect(foreseeScore(score, as, { ...monthly, intensifyFrom: score.total ?? 0 })).toMatchObject({
      after: { inputs: { visitsDue: 12 }, suggests: 'maintain' },
      differs: false,
    });
    // Managed by the company since: then the six that were due are not those of its interval.
    expect(foreseeScore(score, { ...as, managedBy: 'company' }, monthly).after.inputs.visitsDue).toBe(6);
  });

  test('counts contract totals by the other figure and source, where all were kept', () => {
    const total = (kind: TotalKind, source: TotalSource, fen: string, of: number | null = null) => ({
      ...{ kind, source, fen, year: of },
    });
    const totals = [
      total('expected', 'projects', '5000000000'),
      total('cumulative', 'projects', '3000000000'),
      total('cumulative', 'contractDepartment', '9000000000'),
      total('yearly', 'projects', '1000000000', 2025),
    ];
    const kept = scoreOf({ ...inputs, totals }, defaultPolicy);
    const under = (change: object) => foreseeScore(kept, as, { ...defaultPolicy, ...change }).after;
    expect(under({ gradeFigure: 'yearly' }).inputs).toMatchObject({
      totalsFen: '1000000000',
      plannedFen: '5000000000',
    });
    expect(under({ gradeFigure: 'cumulative', contractSource: 'contractDepartment' }).inputs.totalsFen).toBe(
      '9000000000',
    );
    expect(foreseeScore(score, as, { ...defaultPolicy, gradeFigure: 'yearly' }).after.inputs.totalsFen).toBe(
      inputs.totalsFen,
    );
  });

  test('suggests otherwise with other thresholds, weights or lines', () => {
    expect(score.suggests).toBe('maintain');
    const under = (change: object) => foreseeScore(score, as, { ...defaultPolicy, ...change });
    expect(under({ intensifyFrom: 50 })).toMatchObject({ after: { suggests: 'intensify' }, differs: true });
    expect(under({ terminateBelow: 70 })).toMatchObject({ after: { suggests: 'terminate' }, differs: true });
    expect(under({ weightTotals: 500 })).toMatchObject({ after: { suggests: 'intensify' }, differs: true });
    expect(under({ branchLineFen: '90000000000', terminateBelow: 45 }).after.inputs.lineFen).toBe('90000000000');
    expect(lineOf('company', defaultPolicy)).toBe(defaultPolicy.companyLineFen);
  });
});
