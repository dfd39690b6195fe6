import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';
import type { Answer, Arena } from './arena.ts';
import { drafted, formFor, freshEntity, SUBMISSION, UNITS } from './forms.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

type Contestant = { readonly personId: string; readonly caseId: string };

const race = (name: string, contestants: (arena: Arena, chance: Chance) => Promise<Contestant[]>): Race => ({
  name,
  async round(arena, chance) {
    const all = await contestants(arena, chance);
    const first = await submitAll(arena, chance, all);
    const winner = all[oneTaken('several submit one client', first)];
    if (!winner) throw new Error('nobody submitted');
    await heldByOne(arena, all, winner.caseId);
    if (chance.is(0.4)) await again(arena, chance, all, winner);
    for (const { caseId } of all) await audited(arena, caseId);
    return all.map(({ caseId }) => caseId);
  },
});

async function submitAll({ post }: Arena, chance: Chance, all: readonly Contestant[]): Promise<Answer[]> {
  const waits = all.map(() => chance.between(0, 6));
  const answers = await Promise.all(
    all.map(async ({ personId, caseId }, index) => {
      await pause(waits[index]);
      return post(personId, `/recommendations/${caseId}/submit`, SUBMISSION);
    }),
  );
  for (const answer of answers) told('a submission', answer, 'clientInProgress');
  return answers;
}

/** The winner has the client; the others are drafts as before, and hold nothing. */
async function heldByOne(arena: Arena, all: readonly Contestant[], winner: string): Promise<void> {
  const ids = all.map(({ caseId }) => caseId);
  const holding = await arena.rows<{ id: string }>(
    'SELECT DISTINCT case_id AS id FROM recommendation_entities WHERE case_id = ANY ($1) AND open',
    ids,
  );
  assert.deepEqual(holding, [{ id: winner }], 'one recommendation has the client');
  for (const caseId of ids.filter((id) => id !== winner)) {
    assert.equal((await arena.caseOf(caseId)).state, 'draft', 'who came second keeps his draft');
    assert.deepEqual(await arena.facts(caseId, 'submitted'), [], 'a refused submission is no fact');
  }
}

/** The winner withdraws while the others try again: whoever is taken then is one, and has the client alone. */
async function again(arena: Arena, chance: Chance, all: readonly Contestant[], winner: Contestant): Promise<void> {
  const others = all.filter((each) => each !== winner);
  const afterMs = chance.between(0, 6);
  const [withdrawn, answers] = await Promise.all([
    pause(afterMs).then(() =>
      arena.post(winner.personId, `/recommendations/${winner.caseId}/withdraw`, { reason: '客户撤回意向' }),
    ),
    submitAll(arena, chance, others),
  ]);
  told('the withdrawal', withdrawn);
  await arena.until('the end of what was withdrawn', async () => (await arena.caseOf(winner.caseId)).closed);
  const taken = answers.some((answer) => answer.taken) ? answers : await submitAll(arena, chance, others);
  const next = others[oneTaken('the client is free again', taken)];
  if (next) await heldByOne(arena, others, next.caseId);
}

/** Two to four units, or persons of one unit, submit the same client at once. */
export const oneClient = race('one-client', async (arena, chance) => {
  const client = freshEntity(chance);
  const units = chance.is(0.2)
    ? (['central', 'central'] as const)
    : chance.shuffled(UNITS).slice(0, chance.between(2, 4));
  return Promise.all(
    units.map(async (unit, index) => {
      const personId = index === 1 ? `${unit}-submitter-2` : `${unit}-submitter`;
      return { personId, caseId: await drafted(arena, personId, await formFor(unit, client, [freshEntity(chance)])) };
    }),
  );
});

/**
 * Two units submit two members of one group at once: the group with its members against one of them, or two groups that name the same
 * members in another order, so that they wait for each other's crosswise.
 */
export const oneGroup = race('one-group', async (arena, chance) => {
  const [parent, other, ...members] = Array.from({ length: 6 }, () => freshEntity(chance));
  if (!parent || !other) throw new Error('no group');
  const [one, two] = chance.shuffled(UNITS);
  if (!one || !two) throw new Error('no units');
  const [member] = members;
  const asMember = chance.is(0.5) && member;
  const forms = [
    { unit: one, form: await formFor(one, parent, members) },
    {
      unit: two,
      form: asMember
        ? await formFor(two, member, [])
        : await formFor(two, other, chance.shuffled(members).slice(0, chance.between(1, 4))),
    },
  ];
  return Promise.all(
    forms.map(async ({ unit, form }) => {
      const personId = `${unit}-submitter`;
      return { personId, caseId: await drafted(arena, personId, form) };
    }),
  );
});
