import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { actsOf, type Choice, choices, give, outcomeOf, storedAsTold, toldTooLate } from './ballot.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

const CLERKS = ['office-clerk-1', 'office-clerk-2', 'office-head'] as const;

/**
 * Two clerks record one meeting 代录 at once, and more than one checks it while members may still vote themselves: one recording, checked by
 * one other, and never over a member's own vote.
 */
export const recordings: Race = {
  name: 'recordings',
  async round(arena, chance) {
    const { post } = arena;
    const caseId = await arena.balloting();
    const { id: recordId } = await arena.task(caseId, 'record');
    const { roll } = await arena.ballot(caseId);
    const voters = chance.shuffled(await arena.votes(caseId));
    const recorders = chance.shuffled(CLERKS).slice(0, 2);
    const sheets = await Promise.all(
      recorders.map(async (personId) => ({
        personId,
        afterMs: chance.between(0, 5),
        body: {
          meetingOn: '2026-11-20',
          minutesAttachmentId: await arena.minutes(personId, caseId),
          seats: roll.map(({ seatId }) => ({ seatId, mark: chance.of([...choices, 'absent' as const]) })),
        },
      })),
    );
    const recorded = await Promise.all(
      sheets.map(async ({ personId, afterMs, body }) => {
        await pause(afterMs);
        return post(personId, `/tasks/${recordId}/decisions`, { action: 'record', body });
      }),
    );
    for (const answer of recorded) told('a recording', answer, 'taskClosed');
    const sheet = sheets[oneTaken('two clerks record one meeting', recorded)];
    if (!sheet) throw new Error('nothing was recorded');

    const check = await arena.task(caseId, 'checkRecording');
    const live = voters.slice(0, chance.between(0, 2)).flatMap((voter) => actsOf(chance, voter, 0, 12));
    const checkers = CLERKS.map((personId) => ({ personId, afterMs: chance.between(0, 12) }));
    const [confirmed, given] = await Promise.all([
      Promise.all(
        checkers.map(async ({ personId, afterMs }) => {
          await pause(afterMs);
          return post(personId, `/tasks/${check.id}/decisions`, { action: 'confirm', body: {} });
        }),
      ),
      Promise.all(live.map((act) => give(arena, act))),
    ]);
    for (const [index, answer] of confirmed.entries()) {
      const own: boolean = checkers[index]?.personId === sheet.personId;
      assert.ok(!(own && answer.taken), 'nobody checks his own recording');
      told('a check', answer, 'taskClosed', 'caseEnded', ...(own ? ['separation'] : ['votedThemselves']));
    }
    toldTooLate(given);
    await storedAsTold(arena, caseId, given);
    const isVoted = given.some(({ answer }) => answer.taken);
    if (confirmed.some(({ taken }) => taken)) {
      oneTaken('a recording is checked', confirmed);
      assert.ok(!isVoted, 'a recording is not entered over a member’s own vote');
      await closedAsRecorded(sheet);
    } else {
      assert.ok(isVoted, 'a recording that nothing stands against is entered');
      assert.equal((await arena.ballot(caseId)).status, 'open');
    }
    await audited(arena, caseId);
    return [caseId];

    async function closedAsRecorded({ personId, body }: (typeof sheets)[number]): Promise<void> {
      const marks = new Map<string, Choice>(
        body.seats.flatMap(({ seatId, mark }) => {
          const voter = roll.find((entry) => entry.seatId === seatId)?.personId;
          return mark === 'absent' || voter === undefined ? [] : [[voter, mark] as const];
        }),
      );
      const entered = await arena.facts(caseId, 'voted');
      assert.deepEqual(
        entered.map((fact) => [fact.actorId, fact.enteredBy]).sort(),
        [...marks.keys()].map((voter) => [voter, personId]).sort(),
        'each vote of the minutes is entered once, for its member, by its recorder',
      );
      const { status, outcome, proof } = await arena.ballot(caseId);
      assert.deepEqual([status, proof?.closedBy], ['closed', 'recording']);
      assert.equal(
        outcome,
        outcomeOf(marks, roll.length, 0, arena.policy().tieBreak),
        'the outcome is what the minutes say',
      );
    }
  },
};
