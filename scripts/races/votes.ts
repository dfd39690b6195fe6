import assert from 'node:assert/strict';
import { actsOf, closedAsCounted, directorVotes, give, givenTogether, lastVotes, toldTooLate } from './ballot.ts';
import type { Race } from './race.ts';

const round: Race['round'] = async (arena, chance) => {
  const caseId = await arena.balloting();
  const voters = await arena.votes(caseId);
  const acts = voters.flatMap((voter) => actsOf(chance, voter, 0, 15));
  const given = await givenTogether(
    acts.map((act) => give(arena, act)),
    arena.policy().directorLast ? directorVotes(arena, caseId, chance.another()) : [],
  );
  toldTooLate(given);
  const ballot = await closedAsCounted(arena, caseId, given);
  if (ballot.proof?.closedBy !== 'early')
    assert.equal(lastVotes(given).size, ballot.roll.length, 'whoever votes before the ballot closes is counted');
  return [caseId];
};

/** 13 votes at once, some of them changed or sent twice. */
export const votes13: Race = { name: 'votes-13', round };

/** The same with 43 seats. */
export const votes43: Race = { name: 'votes-43', prepare: (arena) => arena.enlarge(), round };
