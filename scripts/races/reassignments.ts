import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';
import { CLERK, type HeldAccount, held, OTHER_CLERK } from './accounts.ts';
import type { Answer, Arena } from './arena.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

const form = {
  ground: 'personnel',
  of: 'manager',
  adjustment: 'transfer',
  effectiveOn: '2026-12-01',
  document: '人字〔2026〕18号',
};

/** Two to four ask for a reassignment of one account at once, over both API processes: one case is opened, and the next when it has ended. */
export const reassignments: Race = {
  name: 'reassignments',
  async round(arena, chance) {
    const account = await held(arena, chance);
    const all = [CLERK, OTHER_CLERK, 'director', `${account.unit}-head`];
    const askers = chance.shuffled(all).slice(0, chance.between(2, all.length));
    const first = await askAll(arena, chance, account, askers);
    const winner = oneTaken('several ask for one account', first);
    const caseId: string = first[winner]?.body.caseId;
    await openFor(arena, account, caseId);

    const back = `/recommendations/${caseId}/withdraw`;
    const [withdrawn, early] = await Promise.all([
      pause(chance.between(0, 6)).then(() => arena.post(askers[winner] ?? '', back, { reason: '不再需要' })),
      askAll(arena, chance.another(), account, askers),
    ]);
    told('the withdrawal', withdrawn);
    await arena.until('the end of what was withdrawn', async () => (await arena.caseOf(caseId)).closed);
    const then = early.some(({ taken }) => taken) ? early : await askAll(arena, chance, account, askers);
    const next: string = then[oneTaken('the account is free again', then)]?.body.caseId;
    await openFor(arena, account, next);
    for (const each of [caseId, next]) await audited(arena, each);
    return [caseId, next];
  },
};

function askAll(arena: Arena, chance: Chance, { id }: HeldAccount, askers: readonly string[]): Promise<Answer[]> {
  return Promise.all(
    askers.map(async (personId, index) => {
      await pause(chance.between(0, 6));
      const answer = await arena.post(personId, `/accounts/${id}/reassignments`, { form }, { process: index % 2 });
      told('a reassignment', answer, 'accountBusy');
      return answer;
    }),
  );
}

/** This case is the open one of the account, nobody else's left a trace, and its holder is who he was. */
async function openFor({ rows }: Arena, { id, unit }: HeldAccount, caseId: string): Promise<void> {
  const open = await rows<{ caseId: string }>(
    `SELECT case_id AS "caseId" FROM case_accounts WHERE account_id = $1 AND alone = 'reassignment' AND open`,
    id,
  );
  assert.deepEqual(open, [{ caseId }], 'one case is about who holds the account');
  const holders = await rows<{ managerId: string }>(
    `SELECT manager_id AS "managerId" FROM holdings WHERE account_id = $1 AND valid_to IS NULL`,
    id,
  );
  assert.deepEqual(holders, [{ managerId: `${unit}-manager` }], 'the manager stays until his successor is confirmed');
}
