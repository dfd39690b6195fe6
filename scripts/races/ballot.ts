import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';
import type { Answer, Arena, Ballot, Door } from './arena.ts';
import { audited, told } from './race.ts';

export const choices = ['for', 'against', 'abstain'] as const;
export type Choice = (typeof choices)[number];

/** One vote as its voter gives it: when, by which door, and whether his phone sends it twice. */
export type Act = {
  readonly personId: string;
  readonly taskId: string;
  readonly choice: Choice;
  readonly afterMs: number;
  readonly twice: boolean;
  readonly door: Door;
};

/** What a voter knows himself: how he voted, and what he was told, where he sent it twice by the second too. */
export type Given = Act & { readonly answer: Answer; readonly again: Answer | undefined };

/** Every answer that a vote may get once its ballot has closed, or its time is over. */
export const TOO_LATE = ['ballotClosed', 'caseEnded', 'voteFinal', 'voteOverdue'] as const;

/** A voter's votes: one, or another right after it. */
export function actsOf(chance: Chance, voter: { personId: string; taskId: string }, from: number, to: number): Act[] {
  return Array.from({ length: chance.is(0.25) ? 2 : 1 }, () => ({
    ...voter,
    choice: chance.of(choices),
    afterMs: chance.between(from, to),
    twice: chance.is(0.2),
    door: voter.personId.startsWith('branch-') ? 'api' : chance.of(['ui', 'api'] as const),
  }));
}

/** Gives a vote, or twice at once with the same key: then both are taken, as one, or neither; refused, each is told what stands against it at its moment. */
export async function give({ post }: Arena, act: Act): Promise<Given> {
  await pause(act.afterMs);
  const key = randomUUID();
  const path = `/tasks/${act.taskId}/decisions`;
  const body = { action: 'vote', body: { choice: act.choice } };
  const [answer, again] = await Promise.all(
    Array.from({ length: act.twice ? 2 : 1 }, () => post(act.personId, path, body, { door: act.door, key })),
  );
  if (!answer) throw new Error('nothing was sent');
  if (again) {
    assert.equal(again.taken, answer.taken, `a request sent twice is taken or not: ${answer.code}, ${again.code}`);
    if (answer.taken) assert.equal(again.body.seq, answer.body.seq, 'a request sent twice is one act');
  }
  return { ...act, answer, again };
}

/** The director votes last 末位表态: as soon as he is asked, unless the ballot closes without him. */
export async function directorVotes(arena: Arena, caseId: string, chance: Chance): Promise<Given[]> {
  const drawn = {
    choice: chance.of(choices),
    afterMs: chance.between(0, 10),
    twice: chance.is(0.5),
    door: 'ui' as const,
  };
  const turn = await arena.until('the director’s turn', async () => {
    const [vote] = (await arena.votes(caseId)).filter(({ personId }) => personId === 'director');
    if (vote) return vote;
    return (await arena.ballot(caseId)).status === 'closed' ? 'closed' : null;
  });
  return turn === 'closed' ? [] : [await give(arena, { ...turn, ...drawn })];
}

/** The votes of all who vote at once, and the director's, who waits for them. */
export async function givenTogether(others: readonly Promise<Given>[], last: Promise<Given[]> | []): Promise<Given[]> {
  const [given, directors] = await Promise.all([Promise.all(others), last]);
  return [...given, ...directors];
}

/** What was taken is stored, once each and as it was told; what was refused is not; nothing else is. */
export async function storedAsTold({ facts }: Arena, caseId: string, given: readonly Given[]): Promise<void> {
  const stored = (await facts(caseId, 'voted')).filter(({ enteredBy }) => enteredBy === null);
  const told = given
    .filter(({ answer }) => answer.taken)
    .map(({ answer, personId }) => ({ seq: answer.body.seq as number, personId }))
    .sort((one, other) => one.seq - other.seq);
  assert.deepEqual(
    stored.map(({ seq, actorId }) => ({ seq, personId: actorId })),
    told,
    'the votes stored are those that were acknowledged',
  );
}

/** Each voter's last vote that was taken. */
export function lastVotes(given: readonly Given[]): Map<string, Choice> {
  const taken = given
    .filter(({ answer }) => answer.taken)
    .sort((one, other) => one.answer.body.seq - other.answer.body.seq);
  return new Map(taken.map(({ personId, choice }) => [personId, choice]));
}

/** What 审定 comes to by its rule, counted from what the voters know: nothing of the product counts here. */
export function outcomeOf(
  counted: ReadonlyMap<string, Choice>,
  seats: number,
  recused: number,
  tieBreak: string,
): string {
  const body = seats - recused;
  const inFavour = [...counted.values()].filter((choice) => choice === 'for').length;
  if (counted.size < Math.max(Math.ceil((2 * body) / 3), Math.ceil(seats / 2), 2)) return 'inquorate';
  if (2 * inFavour === body) return tieBreak === 'fail' ? 'failed' : 'deferred';
  return 2 * inFavour > body ? 'passed' : 'failed';
}

/**
 * A closed ballot has the outcome its voters count themselves, with one vote a person; closed early, that outcome whatever those who
 * had not voted might have done. It closed once, after every vote, and its case has gone on.
 */
export async function closedAsCounted(
  arena: Arena,
  caseId: string,
  given: readonly Given[],
  recused: readonly string[] = [],
): Promise<Ballot> {
  const ballot = await arena.until('the end of the ballot', async () => {
    const found = await arena.ballot(caseId);
    return found.status === 'closed' && found;
  });
  await storedAsTold(arena, caseId, given);
  const closings = await arena.facts(caseId, 'ballotClosed');
  assert.equal(closings.length, 1, 'a ballot closes once');
  const late = (await arena.facts(caseId, 'voted')).filter(({ seq }) => seq > (ballot.closedSeq ?? 0));
  assert.deepEqual(late, [], 'no vote is taken after the ballot closed');
  const counted = lastVotes(given.filter(({ personId }) => !recused.includes(personId)));
  const proved = new Map(
    ballot.proof?.votes.filter((vote) => vote.counted).map((vote) => [vote.personId, vote.choice]),
  );
  assert.deepEqual(sorted(proved), sorted(counted), 'of each voter his last vote counts');
  assert.equal(ballot.proof?.votes.filter((vote) => vote.counted).length, counted.size, 'one counted vote a person');
  // Once the others' time is over, only the director may still vote.
  const mayVote = (id: string): boolean => id === 'director' || !ballot.proof?.standing.deadlinePassed;
  const silent = ballot.roll
    .map(({ personId }) => personId)
    .filter((id) => !recused.includes(id) && !counted.has(id) && mayVote(id));
  const ways = ballot.proof?.closedBy === 'early' ? choices : [null];
  for (const way of ways) {
    const all = new Map([...counted, ...(way ? silent.map((id) => [id, way] as const) : [])]);
    const outcome = outcomeOf(all, ballot.roll.length, recused.length, arena.policy().tieBreak);
    assert.equal(ballot.outcome, outcome, 'the outcome is what the voters count');
  }
  await wentOn(arena, caseId, ballot);
  await audited(arena, caseId);
  return ballot;
}

async function wentOn({ until, caseOf, openTask }: Arena, caseId: string, { outcome }: Ballot): Promise<void> {
  if (outcome === 'passed' || outcome === 'failed') {
    const { state } = await until('the end of the case', async () => {
      const found = await caseOf(caseId);
      return found.closed && found;
    });
    assert.equal(state, outcome, 'the case ends as its ballot');
  } else
    await until('the step after the ballot', () =>
      openTask(caseId, outcome === 'deferred' ? 'scheduleRunoff' : 'resolveInquorate'),
    );
}

const sorted = (votes: ReadonlyMap<string, unknown>) => [...votes].sort(([one], [other]) => (one < other ? -1 : 1));

/** Everybody's refusals are of the ballot's end, where it ended before them. */
export function toldTooLate(given: readonly Given[], ...codes: readonly string[]): void {
  for (const { personId, answer, again } of given)
    for (const each of [answer, ...(again ? [again] : [])]) told(`${personId}’s vote`, each, ...TOO_LATE, ...codes);
}
