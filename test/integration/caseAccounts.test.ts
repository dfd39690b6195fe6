import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountFor, accountToKeep, accountToRead } from '../../cases/accounts.ts';
import { loadActor } from '../../cases/actor.ts';
import { aboutAccount, accountsOf } from '../../cases/caseAccounts.ts';
import { newCase } from '../../cases/newCase.ts';
import { registerProcess } from '../../cases/processes.ts';
import { inCase } from '../../cases/transaction.ts';
import { startCompany } from '../support/company.ts';
import { bulletin } from '../support/tinyProcess/contract.ts';
import { bulletinProcess } from '../support/tinyProcess/definition.ts';

registerProcess(bulletinProcess);
const company = await startCompany({ worker: false });
const { deps } = company;
const { prisma } = deps;

async function account(state = 'active', managedBy = 'branch'): Promise<string> {
  const id = randomUUID();
  await prisma.client.create({ data: { id, name: '云澜示例', nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy, state, establishedOn: new Date(), decisionCaseId: id };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest } });
  const holding = { id, accountId: id, clientId: id, unitId: 'central', managerId: 'central-manager', kind: 'lead' };
  await prisma.holding.create({ data: { ...holding, validFrom: new Date(), decisionCaseId: id } });
  return id;
}

const opened = (accountId: string, alone: string | null) =>
  newCase(deps, bulletin, 'east-submitter', async (tx) => {
    await aboutAccount(tx, accountId, { alone });
  });

test('of cases opened at the same instant under one word an account gets one, and the next when that has ended', async () => {
  const id = await account();
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => opened(id, 'reassignment')));
  const taken = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.caseId] : []));
  const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
  expect([taken.length, refused]).toEqual([1, Array(5).fill('accountBusy')]);
  expect(await prisma.case.count({ where: { accounts: { some: { accountId: id } } } })).toBe(1);
  expect(await inCase(deps, { caseId: taken[0] as string }, (tx) => accountsOf(tx))).toEqual([id]);
  await opened(id, 'exit');
  await opened(id, null);
  await opened(id, null);
  await prisma.caseAccount.updateMany({ where: { caseId: taken[0] as string }, data: { open: false } });
  await opened(id, 'reassignment');
});

test('nothing is opened about an account that was terminated, or that is not', async () => {
  await expect(opened(await account('terminated'), null)).rejects.toMatchObject({ code: 'accountTerminated' });
  await expect(opened('no-such-account', null)).rejects.toMatchObject({ code: 'notFound' });
});

test('a case takes its client from the account', async () => {
  const id = await account();
  const { caseId } = await opened(id, null);
  expect(await prisma.case.findUnique({ where: { id: caseId } })).toMatchObject({ clientId: id });
});

test('an account that is not on the list is known to who has to do with it; its file is for fewer', async () => {
  const [branch, whole, ended] = await Promise.all([account(), account('active', 'company'), account('terminated')]);
  const codeOf = async (work: Promise<unknown>) => work.then(() => 'ok').catch((error) => error.code);
  const may = async (personId: string, id: string) => {
    const actor = await loadActor(deps.pool, personId);
    if (!actor) throw new Error(personId);
    return Promise.all([accountFor, accountToRead, accountToKeep].map((door) => codeOf(door(deps.pool, actor, id))));
  };
  expect(await may('central-manager', branch)).toEqual(['ok', 'ok', 'ok']);
  expect(await may('central-head', branch)).toEqual(['ok', 'ok', 'ok']);
  expect(await may('office-clerk-1', branch)).toEqual(['ok', 'ok', 'ok']);
  expect(await may('director', branch)).toEqual(['ok', 'ok', 'forbidden']);
  expect(await may('east-head', branch)).toEqual(['ok', 'forbidden', 'forbidden']);
  expect(await may('east-head', whole)).toEqual(['ok', 'ok', 'forbidden']);
  expect(await may('east-submitter', branch)).toEqual(['notFound', 'notFound', 'notFound']);
  expect(await may('central-manager', ended)).toEqual(['ok', 'ok', 'accountTerminated']);
});
