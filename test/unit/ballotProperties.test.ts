import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approveRule,
  atOpening,
  type BallotOutcome,
  type BallotRule,
  type Choice,
  closing,
  conclude,
  missing,
  proofOf,
  type RollEntry,
  ratifyRule,
  recompute,
  recuse,
  type Seat,
  type Standing,
  settledOutcome,
  slate,
  tally,
  type Vote,
  vacate,
  votingRefusal,
  wouldChange,
} from '../../domain/ballot.ts';
import { closingOfChoice, concludeChoice, type Question } from '../../domain/choice.ts';
import { list, recused, rollOf, withRule } from './ballotFixtures.ts';

const choices = ['for', 'against', 'abstain'] as const;

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

const standings: fc.Arbitrary<Standing> = fc.record({
  deadlinePassed: fc.boolean(),
  directorsTimePassed: fc.constant(false),
  extended: fc.boolean(),
  runoff: fc.boolean(),
});

type Part = { state: 'seated' | 'recused' | 'vacated' | 'substituted'; choice: Choice | null };

/** A ballot of 2 to 9 seats in any state; of those who may vote at most `silent` have not. */
function ballots(silent: number): fc.Arbitrary<{ roll: readonly RollEntry[]; votes: readonly Vote[] }> {
  const part: fc.Arbitrary<Part> = fc.record({
    state: fc.oneof(
      { weight: 8, arbitrary: fc.constant('seated' as const) },
      fc.constantFrom('recused' as const, 'vacated' as const, 'substituted' as const),
    ),
    choice: fc.option(fc.constantFrom(...choices), { freq: 3 }),
  });
  return fc
    .tuple(fc.array(part, { minLength: 2, maxLength: 9 }), fc.nat(2))
    .map(([parts, skipped]) => {
      const roll: RollEntry[] = [];
      const votes: Vote[] = [];
      const seats = rollOf(skipped + parts.length).slice(skipped);
      parts.forEach(({ state, choice }, index) => {
        const entry = seats[index] as RollEntry;
        if (state === 'seated') roll.push(entry);
        if (state === 'recused') roll.push({ ...entry, recusal: 'declared' });
        if (state === 'vacated') roll.push({ ...entry, vacated: true });
        if (state === 'substituted') {
          const personId = `s-${entry.seatId}`;
          roll.push({ ...entry, recusal: 'rule' }, { ...entry, kind: 'member', personId, substitute: true });
          if (choice) votes.push({ seq: votes.length + 1, personId, choice });
        }
        if (choice && state !== 'vacated' && state !== 'substituted') {
          votes.push({ seq: votes.length + 1, personId: entry.personId, choice });
        }
      });
      return { roll, votes };
    })
    .filter(({ roll, votes }) => missing(roll, votes).length <= silent);
}

/** The voting rule once more, read off the design sentence by sentence and sharing nothing with the product's code. */
function literally(
  rule: BallotRule,
  roll: readonly RollEntry[],
  votes: readonly Vote[],
  runoff: boolean,
): BallotOutcome {
  const latest: Record<string, Vote> = {};
  for (const vote of votes) if ((latest[vote.personId]?.seq ?? 0) < vote.seq) latest[vote.personId] = vote;
  const voters = roll.filter((entry) => entry.recusal === null && !entry.vacated && latest[entry.personId]);
  const choiceOf = (entry: RollEntry) => latest[entry.personId]?.choice;
  const N = roll.filter((entry) => !entry.substitute).length;
  const R = roll.filter((entry) => !entry.substitute && entry.recusal !== null).length;
  const back = roll.filter((entry) => entry.substitute && entry.recusal === null).length;
  const B = N - R + back;
  const P = voters.length;
  const votesFor = voters.filter((entry) => choiceOf(entry) === 'for').length;
  const atLeast = ([over, under]: readonly [number, number], whole: number) => P * under >= whole * over;
  const chairs = (entries: readonly RollEntry[]) =>
    ['director', 'viceDirector'].flatMap((kind) =>
      entries.filter((entry) => entry.kind === kind && !entry.substitute).sort((a, b) => a.order - b.order),
    );
  if (!(atLeast(rule.quorumOfBody, B) && atLeast(rule.quorumOfSeats, N) && P >= 2)) return 'inquorate';
  if (rule.presiderRequired && chairs(voters).length === 0) return 'inquorate';
  const half = (rule.majorityOf === 'body' ? B : P) / 2;
  if (votesFor > half) return 'passed';
  if (votesFor < half || runoff || rule.tieBreak === 'fail') return 'failed';
  if (rule.tieBreak === 'defer') return 'deferred';
  const decisive = chairs(voters)
    .map(choiceOf)
    .find((choice) => choice !== 'abstain');
  return decisive === undefined ? 'deferred' : decisive === 'for' ? 'passed' : 'failed';
}

type Act = Choice | 'silent' | 'recused';
type Way = { roll: readonly RollEntry[]; votes: readonly Vote[] };

/** Every way the missing could act, one person at a time. */
function everyWay(rule: BallotRule, way: Way, at: Standing): readonly Way[] {
  const canVote = (entry: RollEntry) =>
    votingRefusal({ ...rule, directorLast: false }, way.roll, [], entry.personId, at) === null;
  const isLast = (entry: RollEntry) => rule.directorLast && entry.kind === 'director' && !entry.substitute;
  return missing(way.roll, way.votes).reduce<readonly Way[]>(
    (ways, entry) => {
      const acts: readonly Act[] =
        canVote(entry) || isLast(entry) ? [...choices, 'silent', 'recused'] : ['silent', 'recused'];
      return ways.flatMap(({ roll, votes }) =>
        acts.map((act) => {
          if (act === 'silent') return { roll, votes };
          if (act === 'recused') return { roll: recuse(roll, entry.personId, { closed: false }).roll, votes };
          return { roll, votes: [...votes, { seq: 100 + votes.length, personId: entry.personId, choice: act }] };
        }),
      );
    },
    [way],
  );
}

describe('the outcome', () => {
  test('is the design’s, for every vote of five seats, every recusal of one, and every tie-break', () => {
    const roll = rollOf(5);
    const states = [null, ...choices];
    for (const base of [approveRule, ratifyRule]) {
      for (const tieBreak of ['defer', 'castingVote', 'fail'] as const) {
        const rule = withRule(base, { tieBreak });
        for (const out of [null, 'D', 'V1', 'A1']) {
          const seated = out === null ? roll : recused(roll, out);
          for (let code = 0; code < 4 ** 5; code++) {
            const votes = roll.flatMap(({ personId }, index) => {
              const choice = states[Math.floor(code / 4 ** index) % 4];
              return choice ? [{ seq: index + 1, personId, choice }] : [];
            });
            const { outcome } = conclude(rule, seated, votes, { runoff: false });
            if (outcome !== literally(rule, seated, votes, false))
              expect({ rule, out, votes, outcome }).toBe('as designed');
          }
        }
      }
    }
  });

  test('is the design’s, for any rule and any ballot with vacated seats and substitutes', () => {
    fc.assert(
      fc.property(rules, ballots(9), fc.boolean(), (rule, { roll, votes }, runoff) => {
        const seated = roll.filter((entry) => !entry.vacated);
        const vacated = roll.filter((entry) => entry.vacated);
        expect(conclude(rule, [...seated, ...vacated], votes, { runoff }).outcome).toBe(
          literally(rule, roll, votes, runoff),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('does not depend on the order in which votes and seats are read', () => {
    fc.assert(
      fc.property(rules, ballots(9), fc.boolean(), (rule, { roll, votes }, runoff) => {
        const changed = [...votes, ...votes.map((vote) => ({ ...vote, seq: vote.seq + 50, choice: 'for' as const }))];
        const again = conclude(rule, roll.toReversed(), changed.toReversed(), { runoff });
        expect(again).toEqual(conclude(rule, roll, changed, { runoff }));
      }),
    );
  });

  test('never gets worse for the proposal when a vote against becomes a vote for', () => {
    const rank: Record<BallotOutcome, number> = { inquorate: 0, failed: 1, deferred: 2, passed: 3 };
    fc.assert(
      fc.property(rules, ballots(9), fc.nat(8), fc.boolean(), (rule, { roll, votes }, index, runoff) => {
        const better = votes.map((vote, place) => (place === index ? { ...vote, choice: 'for' as const } : vote));
        const before = conclude(rule, roll, votes, { runoff }).outcome;
        const after = conclude(rule, roll, better, { runoff }).outcome;
        const wasAgainst = votes[index]?.choice === 'against';
        if (wasAgainst) expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      }),
    );
  });

  test('is passed only by more than half of those present, whoever was missing or recused', () => {
    fc.assert(
      fc.property(rules, ballots(9), (rule, { roll, votes }) => {
        const result = conclude(withRule(rule, { tieBreak: 'defer' }), roll, votes, { runoff: false });
        if (result.outcome !== 'passed') return;
        expect(2 * result.tally.for).toBeGreaterThan(result.tally.P);
        expect(result.tally.P).toBeGreaterThanOrEqual(Math.max(2, result.tally.N / 3));
      }),
    );
  });
});

describe('the quorum', () => {
  test('only a recusal lowers it, and never below its part of all seats', () => {
    fc.assert(
      fc.property(rules, ballots(9), fc.nat(8), (rule, { roll, votes }, index) => {
        const seat = roll[index % roll.length] as RollEntry;
        const before = tally(rule, roll, votes);
        expect(tally(rule, vacate(roll, votes, seat.seatId), votes).quorum).toBe(before.quorum);
        expect(tally(rule, roll, []).quorum).toBe(before.quorum);
        const after = tally(rule, recuse(roll, seat.personId, { closed: false }).roll, votes);
        expect(after.quorum).toBeLessThanOrEqual(before.quorum);
        const [over, under] = rule.quorumOfSeats;
        expect(after.quorum * under).toBeGreaterThanOrEqual(after.N * over);
      }),
    );
  });
});

describe('closing early', () => {
  test('happens if and only if every way the missing could act gives the same outcome', () => {
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(rules, ballots(4), standings, (rule, ballot, at) => {
        const outcomes = new Set(
          everyWay(rule, ballot, at).map((way) => conclude(rule, way.roll, way.votes, at).outcome),
        );
        const [only] = outcomes;
        const expected = outcomes.size === 1 && only !== 'inquorate' ? only : null;
        seen[`${expected}`] = (seen[`${expected}`] ?? 0) + 1;
        expect(settledOutcome(rule, ballot.roll, ballot.votes, at)).toBe(expected);
      }),
      { numRuns: 1500 },
    );
    expect(Object.keys(seen).sort()).toEqual(['deferred', 'failed', 'null', 'passed']);
  });

  test('never closes a ballot that a later vote, silence or recusal could turn', () => {
    fc.assert(
      fc.property(rules, ballots(4), fc.boolean(), (rule, ballot, runoff) => {
        const at = { ...atOpening, runoff };
        if (closing(rule, ballot.roll, ballot.votes, at).reason !== 'early') return;
        const now = conclude(rule, ballot.roll, ballot.votes, at).outcome;
        for (const way of everyWay(rule, ballot, at)) expect(conclude(rule, way.roll, way.votes, at).outcome).toBe(now);
      }),
      { numRuns: 1000 },
    );
  });

  test('a choice closes early if and only if every way gives the same decision', () => {
    const question: Question = { order: ['maintain', 'intensify', 'terminate'], finalists: null };
    const optionOf: Record<Choice, string> = { for: 'maintain', against: 'intensify', abstain: 'terminate' };
    const asOptions = (votes: readonly Vote[]) => votes.map((vote) => ({ ...vote, choice: optionOf[vote.choice] }));
    fc.assert(
      fc.property(rules, ballots(3), (given, ballot) => {
        const rule = withRule(given, { early: true, directorLast: false });
        const { close, reason } = closingOfChoice(rule, question, ballot.roll, asOptions(ballot.votes));
        const decisions = new Set(
          everyWay(rule, ballot, atOpening).map(
            (way) => concludeChoice(rule, question, way.roll, asOptions(way.votes)).option,
          ),
        );
        const settled = decisions.size === 1 && !decisions.has(null);
        if (reason === 'early') expect(settled).toBe(true);
        if (settled) expect(close).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a ballot played vote by vote', () => {
  test('always ends: it closes by its extended deadline at the latest, and its proof recomputes', () => {
    fc.assert(
      fc.property(rules, ballots(9), fc.boolean(), (rule, { roll, votes }, runoff) => {
        const standing: Standing = { deadlinePassed: true, directorsTimePassed: true, extended: true, runoff };
        const end = closing(rule, roll, votes, standing);
        expect(end).toMatchObject({ close: true, extend: false, directorsTurn: false });
        if (end.reason === 'extension' || end.reason === 'waiting') throw new Error(end.reason);
        const proof = proofOf({
          ruleVersion: 1,
          rule,
          roll,
          votes,
          standing,
          closedBy: end.reason,
          closedAt: '2026-03-02T09:30:00+08:00',
          higherBody: null,
        });
        expect(recompute(JSON.parse(JSON.stringify(proof))).differences).toEqual([]);
      }),
    );
  });

  test('closes at the vote after which nobody is missing, at the latest', () => {
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 2, max: 9 }),
        fc.array(fc.constantFrom(...choices), { minLength: 9 }),
        (rule, size, given) => {
          const roll = rollOf(size).toReversed();
          const votes = roll.map(({ personId }, index) => ({
            seq: index + 1,
            personId,
            choice: given[index] as Choice,
          }));
          const closings = votes.map((_, index) => closing(rule, roll, votes.slice(0, index + 1)));
          const firstClosed = closings.findIndex(({ close }) => close);
          expect(closings.at(-1)?.close).toBe(true);
          expect(rule.early || firstClosed === size - 1).toBe(true);
        },
      ),
    );
  });
});

describe('what would change it', () => {
  test('names the fewest votes, and among them the fewest presiders: no smaller change of that kind gives another outcome', () => {
    fc.assert(
      fc.property(rules, ballots(4), (rule, { roll, votes }) => {
        const proof = proofOf({
          ruleVersion: 1,
          rule,
          roll,
          votes,
          standing: atOpening,
          closedBy: 'recording',
          closedAt: '2026-03-02T09:30:00+08:00',
          higherBody: null,
        });
        const named = new Map(
          wouldChange(proof).map((change) => [
            `${change.from}→${change.to}`,
            10 * change.votes + change.including.length,
          ]),
        );
        const counted = new Map(votes.map((vote) => [vote.personId, vote.choice]));
        const active = roll.filter((entry) => !entry.recusal && !entry.vacated);
        for (const from of [...choices, 'silent' as const]) {
          const group = active.filter((entry) => (counted.get(entry.personId) ?? 'silent') === from);
          for (const to of choices.filter((choice) => choice !== from)) {
            let fewest: number | undefined;
            for (let mask = 1; mask < 2 ** group.length; mask++) {
              const turned = group.filter((_, index) => mask & (1 << index));
              const ids = turned.map((entry) => entry.personId);
              const recast = [
                ...votes.filter((vote) => !ids.includes(vote.personId)),
                ...ids.map((personId, index) => ({ seq: 100 + index, personId, choice: to })),
              ];
              if (conclude(rule, roll, recast, atOpening).outcome === proof.outcome) continue;
              const size = 10 * turned.length + turned.filter((entry) => entry.kind !== 'member').length;
              fewest = Math.min(fewest ?? size, size);
            }
            expect(named.get(`${from}→${to}`)).toBe(fewest);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the slate', () => {
  test('has every person once, in his highest seat, and loses no seat', () => {
    const seats: fc.Arbitrary<Seat[]> = fc
      .array(fc.record({ kind: fc.constantFrom('director', 'viceDirector', 'member'), person: fc.nat(5) }), {
        maxLength: 12,
      })
      .map((drawn) =>
        drawn.map(({ kind, person }, index) => ({
          seatId: `s${index}`,
          kind,
          order: index,
          unitId: null,
          personId: `p${person}`,
        })),
      );
    const rank = { director: 0, viceDirector: 1, member: 2 };
    fc.assert(
      fc.property(seats, (filled) => {
        const { roll, dropped } = slate(filled, list);
        expect(new Set(roll.map((entry) => entry.personId)).size).toBe(roll.length);
        expect(roll.length + dropped.length).toBe(filled.length);
        for (const lower of dropped) {
          const higher = roll.find((entry) => entry.personId === lower.personId) as RollEntry;
          expect(rank[higher.kind] - rank[lower.kind] || higher.order - lower.order).toBeLessThan(0);
        }
      }),
    );
  });
});
