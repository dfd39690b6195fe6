import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { chanceFrom } from '../system/random.ts';
import { accepted, CLERK, type HeldAccount, held, toTheSuccessor, untilTheLastVote } from './accounts.ts';
import type { Answer, Arena } from './arena.ts';
import { audited, type Race, told } from './race.ts';

/** Within how long after the last vote the reports fall, in milliseconds. */
const AROUND_MS = 150;

const reported = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };
let year = 0;

/**
 * One manager follows another while both give the yearly report of the account (Articles 5, 10.3): it is given once, by whoever is in charge, and
 * the review goes on.
 */
export const reporting: Race = {
  name: 'report-handover',
  async prepare(arena) {
    // Nobody reports on this one: the annual review stays open, and every round adds its own account.
    await held(arena, chanceFrom(1));
    year = accepted('the annual review', await arena.post(CLERK, '/campaigns', {})).year;
  },
  async round(arena, chance) {
    const account = await held(arena, chance);
    const { id, unit } = account;
    const [before, after] = [`${unit}-manager`, `${unit}-manager-2`];
    const reviewId = await reviewOf(arena, account);
    const { id: taskId } = await arena.task(reviewId, 'reportYear');
    const report = async (personId: string, process: number): Promise<Answer> => {
      const answer = await arena.post(
        personId,
        `/tasks/${taskId}/decisions`,
        { action: 'report', body: reported },
        { process },
      );
      told('a report', answer, 'notFound', 'notCandidate', 'taskClosed');
      return answer;
    };
    const caseId = await toTheSuccessor(arena, account, after);
    const lastVote = await untilTheLastVote(arena, caseId, 'for');
    const answers = await Promise.all([
      lastVote(),
      ...[before, after, after].map(async (personId, index) => {
        await pause(chance.between(0, AROUND_MS));
        return report(personId, index % 2);
      }),
    ]);
    accepted('the last vote', answers[0] as Answer);
    await arena.until('the handover', async () => (await arena.caseOf(caseId)).state === 'handover');
    const late = await report(before, 0);
    assert.ok(!late.taken, 'who was in charge reports nothing more');
    const taken = answers.slice(1).filter((answer) => answer.taken).length;
    if (taken === 0) await arena.until('the successor’s report', async () => (await report(after, 1)).taken);

    await arena.until('the review to go on', async () => (await arena.caseOf(reviewId)).state === 'endorsing');
    const facts = await arena.facts(reviewId, 'decided');
    assert.deepEqual(
      facts.map(({ action }) => action),
      ['report'],
      'it is reported once',
    );
    assert.ok([before, after].includes(String(facts[0]?.actorId)), 'by one of the two');
    const [held2] = await arena.rows<{ managerId: string }>(
      `SELECT manager_id AS "managerId" FROM holdings WHERE account_id = $1 AND valid_to IS NULL`,
      id,
    );
    assert.equal(held2?.managerId, after, 'the successor is in charge');
    for (const each of [reviewId, caseId]) await audited(arena, each);
    return [reviewId, caseId];
  },
};

/** Has the account take part in the annual review. @returns its case */
async function reviewOf(arena: Arena, { id }: HeldAccount): Promise<string> {
  const late = { accountId: id, reason: '台账导入后补充' };
  accepted('the account', await arena.post(CLERK, `/campaigns/${year}/accounts`, late));
  return arena.until('the review', async () => {
    const [row] = await arena.rows<{ caseId: string | null }>(
      'SELECT case_id AS "caseId" FROM reviews WHERE account_id = $1',
      id,
    );
    return row?.caseId;
  });
}
