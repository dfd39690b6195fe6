import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { actsOf, closedAsCounted, directorVotes, give, givenTogether, TOO_LATE, toldTooLate } from './ballot.ts';
import { type Race, told } from './race.ts';

/** A voter votes while it is decided that he is recused: accepted in time, it strikes his vote whenever he gave it. */
export const recusal: Race = {
  name: 'vote-recusal',
  async round(arena, chance) {
    const { post } = arena;
    const caseId = await arena.balloting();
    const voters = chance.shuffled(await arena.votes(caseId));
    const [concerned, ...others] = voters;
    if (!concerned) throw new Error('nobody is asked');
    const declared = await post(concerned.personId, `/tasks/${concerned.taskId}/decisions`, {
      action: 'recuse',
      body: { reason: '与该客户有亲属关系' },
    });
    told('the declaration', declared);
    const task = await arena.task(caseId, 'decideRecusal');
    const decider = String(task.candidates[0]).slice('person:'.length);
    const accepts = chance.is(0.75);
    const decideAfterMs = chance.between(0, 15);
    const acts = [concerned, ...others].flatMap((voter) => actsOf(chance, voter, 0, 15));
    const [decided, given] = await Promise.all([
      pause(decideAfterMs).then(() =>
        post(decider, `/tasks/${task.id}/decisions`, {
          action: accepts ? 'accept' : 'refuse',
          body: accepts ? {} : { reason: '理由不足' },
        }),
      ),
      givenTogether(
        acts.map((act) => give(arena, act)),
        arena.policy().directorLast ? directorVotes(arena, caseId, chance.another()) : [],
      ),
    ]);
    told('the decision on the recusal', decided, 'taskClosed', 'caseEnded');
    const struck = accepts && decided.taken ? [concerned.personId] : [];
    toldTooLate(given, ...(struck.length > 0 ? ['conflicted'] : []));
    for (const { personId, answer, again } of given)
      if (answer.code === 'conflicted' || again?.code === 'conflicted')
        assert.deepEqual([personId], struck, 'only who is recused is told so');
    const after = given.filter(
      ({ personId, answer }) => struck.includes(personId) && answer.taken && answer.body.seq > decided.body.seq,
    );
    assert.deepEqual(after, [], 'no vote is taken of who is recused');
    const ballot = await closedAsCounted(arena, caseId, given, struck);
    const onRoll = ballot.roll.filter((entry) => entry.recusal).map((entry) => entry.personId);
    assert.deepEqual(onRoll, struck, 'who is struck is who was accepted as recused');
    // Decided after the closing, it is told so.
    if (!decided.taken) assert.ok([...TOO_LATE, 'taskClosed'].includes(decided.code as (typeof TOO_LATE)[number]));
    return [caseId];
  },
};
