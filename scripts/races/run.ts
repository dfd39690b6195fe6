import { performance } from 'node:perf_hooks';
import type { Verification } from '../../cases/verification.ts';
import type { PolicyValues } from '../../domain/policy.ts';
import { underLoad } from '../bench/load.ts';
import { type Chance, chanceFrom } from '../system/random.ts';
import type { Arena } from './arena.ts';
import { checks } from './checks.ts';
import { deadline } from './deadline.ts';
import { byAll, byApi, byBoth, bySignal, byUi } from './duplicates.ts';
import { ending, handingOver } from './endings.ts';
import { listing } from './listing.ts';
import type { Race } from './race.ts';
import { reassignments } from './reassignments.ts';
import { recordings } from './recordings.ts';
import { recusal } from './recusal.ts';
import { reporting } from './reviews.ts';
import { builders, coHolders } from './sharing.ts';
import { oneClient, oneGroup } from './submissions.ts';
import { transfers } from './transfers.ts';
import { votes13, votes43 } from './votes.ts';

/** In the order they are run; the committee grows with the last, and stays so. */
export const races: readonly Race[] = [
  votes13,
  deadline,
  recusal,
  recordings,
  oneClient,
  oneGroup,
  checks,
  transfers,
  // Before the others that have accounts: those it begins with all take part in the annual review.
  reporting,
  reassignments,
  coHolders,
  builders,
  handingOver,
  ending,
  listing,
  byUi,
  byApi,
  byBoth,
  bySignal,
  byAll,
  votes43,
];

/** Rounds that run beside each other, and those that share a policy. */
const IN_FLIGHT = 6;
const A_POLICY = 60;

export type Round = { readonly race: string; readonly round: number };
export type RaceReport = {
  readonly name: string;
  readonly rounds: number;
  readonly wallMs: number;
  readonly answers: ReadonlyMap<string, number>;
  readonly failures: readonly (Round & { readonly why: string })[];
  /** Case → the round it was of. */
  readonly cases: ReadonlyMap<string, Round>;
};

/** Runs a race so often, or one round of it. What is chosen follows from the seed; what comes of it is the machine's. */
export async function runRace(
  arena: Arena,
  race: Race,
  { seed, times, only }: { readonly seed: number; readonly times: number; readonly only?: number | undefined },
): Promise<RaceReport> {
  const failures: RaceReport['failures'][number][] = [];
  const cases = new Map<string, Round>();
  await race.prepare?.(arena);
  arena.answersGiven();
  const began = performance.now();
  const rounds = only === undefined ? Array.from({ length: times }, (_, index) => index + 1) : [only];
  // A short run changes its policy once, too.
  const sharing = Math.min(A_POLICY, Math.ceil(times / 2));
  for (let start = 0; start < rounds.length; start += sharing) {
    const together = rounds.slice(start, start + sharing);
    await arena.decree(policyFor(chanceFrom(seedOf(seed, race.name, -Math.floor(((together[0] ?? 1) - 1) / sharing)))));
    await underLoad(together, IN_FLIGHT, async (round) => {
      try {
        for (const caseId of await race.round(arena, chanceFrom(seedOf(seed, race.name, round))))
          cases.set(caseId, { race: race.name, round });
      } catch (error) {
        failures.push({ race: race.name, round, why: error instanceof Error ? error.message : String(error) });
      }
    });
  }
  const wallMs = performance.now() - began;
  return { name: race.name, rounds: rounds.length, wallMs, answers: arena.answersGiven(), failures, cases };
}

const policyFor = (chance: Chance): Partial<PolicyValues> => ({
  directorLast: chance.is(0.5),
  earlyApprove: chance.is(0.25),
  sealed: chance.is(0.7),
  tieBreak: chance.of(['defer', 'fail']),
});

/** A number for each round of each race (FNV-1a). */
function seedOf(seed: number, name: string, round: number): number {
  let mixed = 0x811c9dc5 ^ seed;
  for (const letter of `${name}:${round}`) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
  return mixed >>> 0;
}

/** What verification found, with the round whose case it is about. */
export const foundIn = ({ findings }: Verification, reports: readonly RaceReport[]): string[] =>
  findings.map(({ check, at, problem }) => {
    const caseId = at.startsWith('case ') ? at.slice('case '.length) : '';
    const round = reports.map(({ cases }) => cases.get(caseId)).find((found) => found);
    return `${check}: ${at}${round ? ` (${round.race} ${round.round})` : ''}: ${problem}`;
  });
