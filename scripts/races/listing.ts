import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { accepted, CLERK, exitForm, held, OTHER_CLERK, toTheEnd, untilTheLastVote } from './accounts.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

const relisting = { grounds: '已与债权人和解，恢复履约', source: '（2026）示例破1号之二' };

/**
 * An account that was taken off the list is to come back onto it, and cooperation with it is to end, at once and over both API processes (Article 4.6):
 * one of it is opened, the others are told why not, and when that is withdrawn the next may be.
 */
export const listing: Race = {
  name: 'relisting-exit',
  async round(arena, chance) {
    const account = await held(arena, chance);
    const { id, unit } = account;
    const exitId = await toTheEnd(arena, account);
    accepted('the last vote', await (await untilTheLastVote(arena, exitId, 'delisted'))());
    await arena.until('the account to be off the list', async () => (await arena.caseOf(exitId)).closed);

    const askers = chance.shuffled([CLERK, OTHER_CLERK, `${unit}-manager`, `${unit}-head`]);
    const ask = (personId: string, index: number) =>
      index % 2 === 0
        ? arena.post(personId, `/accounts/${id}/relistings`, relisting, { process: chance.between(0, 1) })
        : arena.post(personId, `/accounts/${id}/exits`, exitForm, { process: chance.between(0, 1) });
    const askAll = async (): Promise<{ readonly caseId: string; readonly asker: string }> => {
      const answers = await Promise.all(
        askers.map(async (personId, index) => {
          await pause(chance.between(0, 6));
          const answer = await ask(personId, index);
          told('a relisting or an exit', answer, 'accountBusy');
          return answer;
        }),
      );
      const winner = oneTaken('both are put forward', answers);
      return { caseId: answers[winner]?.body.caseId, asker: askers[winner] ?? '' };
    };
    const first = await askAll();
    await onlyOpen(first.caseId);
    const back = { reason: '不再需要' };
    accepted('the withdrawal', await arena.post(first.asker, `/recommendations/${first.caseId}/withdraw`, back));
    await arena.until('its end', async () => (await arena.caseOf(first.caseId)).closed);
    const next = await askAll();
    await onlyOpen(next.caseId);
    for (const each of [exitId, first.caseId, next.caseId]) await audited(arena, each);
    return [exitId, first.caseId, next.caseId];

    /** This case alone is about the account's place on the list, nothing else was begun, and the account is as it was. */
    async function onlyOpen(caseId: string): Promise<void> {
      const open = await arena.rows<{ caseId: string }>(
        'SELECT c.id AS "caseId" FROM case_accounts x JOIN cases c ON c.id = x.case_id WHERE x.account_id = $1 AND c.closed_at IS NULL',
        id,
      );
      assert.deepEqual(open, [{ caseId }], 'one case is about the account and the list');
      const [stands] = await arena.rows<{ state: string; onList: boolean; delisted: string | null }>(
        'SELECT state, on_list AS "onList", delisted_case_id AS delisted FROM accounts WHERE id = $1',
        id,
      );
      assert.deepEqual(stands, { state: 'active', onList: false, delisted: exitId }, 'nothing is half done');
    }
  },
};
