import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { localDay } from '../../domain/calendar.ts';
import type { Chance } from '../system/random.ts';
import { accepted, CLERK, type HeldAccount, held, toTheEnd, toTheSuccessor, untilTheLastVote } from './accounts.ts';
import type { Answer, Arena } from './arena.ts';
import { audited, type Race, told } from './race.ts';

/** Within how long after the last vote what is done about the account falls. */
const AROUND_MS = 150;

const warning = { kind: 'riskWarning', severity: 'high', grounds: '业主资金链紧张' };
const visit = { place: '客户单位', met: ['董事长'], summary: '例行回访', nextStep: '无' };

/**
 * Cooperation with an account ends while warnings about it are raised and visits entered (Articles 6.1, 6.3): what came before the end is on record
 * and lapses with it, what came after is refused, and nothing stays open about an account that is no more.
 */
export const ending: Race = {
  name: 'account-ending',
  async round(arena, chance) {
    const account = await held(arena, chance);
    const { id, unit } = account;
    const caseId = await toTheEnd(arena, account);
    const lastVote = await untilTheLastVote(arena, caseId, 'ended');
    const moments = momentsOf(chance, 3);
    const raisers = moments.map(() => chance.of([`${unit}-head`, CLERK]));
    const [, raised, visited] = await Promise.all([
      lastVote().then((answer) => accepted('the last vote', answer)),
      atEach(moments, (index) =>
        arena.post(raisers[index] ?? CLERK, `/accounts/${id}/suggestions`, warning, { process: index % 2 }),
      ),
      atEach(momentsOf(chance, 3), (index) => enterVisit(arena, account, `${unit}-manager`, index % 2)),
    ]);
    // Whoever has nothing to do with it any more does not see it; the office is told why.
    const late = ['accountTerminated', 'notFound', 'forbidden'];
    for (const answer of [...raised, ...visited]) told('a warning or a visit', answer, ...late);
    await arena.until('the end', async () => (await arena.caseOf(caseId)).state === 'ended');
    const afterwards = await arena.post(CLERK, `/accounts/${id}/suggestions`, warning);
    assert.equal(afterwards.code, 'accountTerminated', 'nothing new is opened about it');

    const warnings = raised.flatMap(({ taken, body }): string[] => (taken ? [body.caseId] : []));
    await arena.until('what was open to lapse', async () => {
      const all = await Promise.all(warnings.map((each) => arena.caseOf(each)));
      return all.every(({ closed }) => closed);
    });
    for (const each of warnings) assert.equal((await arena.caseOf(each)).state, 'lapsed', 'it ends with the account');
    await nothingLeft(arena, id, { warnings: warnings.length, visits: takenOf(visited) });
    for (const each of [caseId, ...warnings]) await audited(arena, each);
    return [caseId, ...warnings];
  },
};

/**
 * One manager follows another while both enter visits: each visit lies in the holding of who entered it, and who is not in charge enters
 * none (Articles 5, 6.1).
 */
export const handingOver: Race = {
  name: 'visit-handover',
  async round(arena, chance) {
    const account = await held(arena, chance);
    const { id, unit } = account;
    const [before, after] = [`${unit}-manager`, `${unit}-manager-2`];
    const caseId = await toTheSuccessor(arena, account, after);
    const lastVote = await untilTheLastVote(arena, caseId, 'for');
    const [, ofOld, ofNew] = await Promise.all([
      lastVote().then((answer) => accepted('the last vote', answer)),
      atEach(momentsOf(chance, 3), (index) => enterVisit(arena, account, before, index % 2)),
      atEach(momentsOf(chance, 3), (index) => enterVisit(arena, account, after, index % 2)),
    ]);
    for (const answer of [...ofOld, ...ofNew]) told('a visit', answer, 'forbidden');
    await arena.until('the handover', async () => (await arena.caseOf(caseId)).state === 'handover');
    assert.equal((await enterVisit(arena, account, before)).code, 'forbidden', 'who was in charge enters nothing more');
    accepted('the successor’s visit', await enterVisit(arena, account, after));

    const holdings = await arena.rows<{ managerId: string; from: Date; to: Date | null }>(
      `SELECT manager_id AS "managerId", valid_from AS "from", valid_to AS "to" FROM holdings WHERE account_id = $1 ORDER BY valid_from`,
      id,
    );
    assert.deepEqual(
      holdings.map(({ managerId, to }) => [managerId, to?.getTime() ?? null]),
      [
        [before, holdings[1]?.from.getTime()],
        [after, null],
      ],
      'one follows the other, at one instant',
    );
    const visits = await arena.rows<{ byId: string; managerId: string }>(
      `SELECT v.by_id AS "byId", h.manager_id AS "managerId" FROM visits v JOIN holdings h ON h.id = v.holding_id WHERE v.account_id = $1`,
      id,
    );
    assert.equal(visits.length, takenOf([...ofOld, ...ofNew]) + 1, 'a visit that was taken is on record, and no other');
    assert.deepEqual(
      visits.filter(({ byId, managerId }) => byId !== managerId),
      [],
      'a visit lies in the holding of who entered it',
    );
    await audited(arena, caseId);
    return [caseId];
  },
};

const momentsOf = (chance: Chance, count: number): number[] =>
  Array.from({ length: count }, () => chance.between(0, AROUND_MS));

const atEach = (moments: readonly number[], act: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(
    moments.map(async (afterMs, index) => {
      await pause(afterMs);
      return act(index);
    }),
  );

const takenOf = (answers: readonly Answer[]): number => answers.filter(({ taken }) => taken).length;

const enterVisit = (arena: Arena, { id }: HeldAccount, personId: string, process = 0): Promise<Answer> =>
  arena.post(
    personId,
    `/accounts/${id}/visits`,
    { visitedOn: localDay(Date.now()), form: { ...visit, ours: [personId] } },
    { process },
  );

/** Nobody holds the account, nothing is open about it, and on record is what was taken. */
async function nothingLeft(
  { rows }: Arena,
  accountId: string,
  taken: { readonly warnings: number; readonly visits: number },
): Promise<void> {
  const [left] = await rows<{ state: string; held: number; open: number; warnings: number; visits: number }>(
    `SELECT a.state, (SELECT count(*)::int FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL) AS held,
       (SELECT count(*)::int FROM case_accounts x JOIN cases c ON c.id = x.case_id WHERE x.account_id = a.id AND c.closed_at IS NULL) AS open,
       (SELECT count(*)::int FROM suggestions s WHERE s.account_id = a.id) AS warnings,
       (SELECT count(*)::int FROM visits v WHERE v.account_id = a.id) AS visits
     FROM accounts a WHERE a.id = $1`,
    accountId,
  );
  assert.deepEqual(left, { state: 'terminated', held: 0, open: 0, ...taken }, 'what is left of an account that ended');
}
