import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { drafted, formFor, freshEntity, SUBMISSION, UNITS } from './forms.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

/**
 * Units ask whether a client is free while two submit it: whoever was told that it is free has a lower number than the submission that took it,
 * whoever was told that it is in progress a higher one (Article 7.3).
 */
export const checks: Race = {
  name: 'checks',
  async round(arena, chance) {
    const client = freshEntity(chance);
    const member = freshEntity(chance);
    const units = chance.shuffled(UNITS);
    const rivals = await Promise.all(
      units.slice(0, 2).map(async (unit) => {
        const personId = `${unit}-submitter`;
        return { personId, caseId: await drafted(arena, personId, await formFor(unit, client, [member])) };
      }),
    );
    const asking = units.map((unit) => ({
      personId: `${unit}-head`,
      ...chance.of([client, member]),
      wait: chance.between(0, 8),
    }));
    const [submitted, asked] = await Promise.all([
      Promise.all(
        rivals.map(async ({ personId, caseId }) => {
          await pause(chance.between(0, 6));
          return arena.post(personId, `/recommendations/${caseId}/submit`, SUBMISSION);
        }),
      ),
      Promise.all(
        asking.map(async ({ personId, name, uscc, wait }) => {
          await pause(wait);
          const body = chance.is(0.5) ? { name } : { code: uscc };
          return arena.post(personId, '/exclusivity-checks', body);
        }),
      ),
    ]);
    for (const answer of submitted) told('a submission', answer, 'clientInProgress');
    const winner = rivals[oneTaken('two submit while others ask', submitted)];
    if (!winner) throw new Error('nobody submitted');
    const [taken] = await arena.rows<{ no: number }>(
      'SELECT receipt_no AS no FROM exclusivity_checks WHERE case_id = $1',
      winner.caseId,
    );
    for (const answer of asked) {
      told('a check', answer, 'checkLimit');
      if (!answer.taken) continue;
      const { receiptNo, outcome } = answer.body.receipt as { receiptNo: number; outcome: string };
      const before = receiptNo < Number(taken?.no);
      assert.equal(
        outcome === 'inProgress',
        !before,
        `receipt ${receiptNo} says ${outcome}, and ${taken?.no} took the client`,
      );
    }
    await audited(arena, winner.caseId);
    return rivals.map(({ caseId }) => caseId);
  },
};
