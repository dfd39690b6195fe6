import { expect, test } from 'vitest';
import { editionOf, hashOf } from '../../cases/editions.ts';
import { beginEdition } from '../../cases/publications.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const { deps } = company;
const { prisma } = deps;
const CLERK = 'office-clerk-1';
const notice = { readers: '公司领导及各单位负责人', secrecyLevel: '普通商密', secrecyTerm: '3年' };

const edition = (caseId: string) => prisma.edition.findUniqueOrThrow({ where: { caseId }, include: { lines: true } });

async function signing(caseId: string): Promise<void> {
  await company.answer(caseId, CLERK, 'compileList', 'put', notice);
  await company.voteAll(caseId, 'companyPart', 'for');
  await company.voteAll(caseId, 'branchPart', 'for');
  await company.task(caseId, 'signList');
}

test('an edition is approved and ratified part by part, signed, numbered, and never changes again; an account that ends before is struck out', async () => {
  // Newly established, it comes onto the list by this edition.
  const branch = await heldAccount(deps);
  const struck = await heldAccount(deps, { onList: true });
  const companyLevel = await heldAccount(deps, { onList: true, grade: 'company' });
  const off = await heldAccount(deps);
  await prisma.account.update({ where: { id: off }, data: { delistedCaseId: 'decided' } });
  const begun = await Promise.allSettled([1, 2, 3].map(() => beginEdition(deps, { personId: CLERK })));
  const [first] = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(begun.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  await expect(beginEdition(deps, { personId: CLERK })).rejects.toMatchObject({ code: 'editionOpen' });
  const caseId = first?.caseId ?? '';
  await signing(caseId);
  await prisma.account.update({ where: { id: struck }, data: { onList: false, delistedCaseId: 'decided' } });
  await company.answer(caseId, 'director', 'signList', 'sign');
  await company.state(caseId, 'published');

  const published = await edition(caseId);
  expect(published).toMatchObject({ number: 1, open: false, signedBy: 'director', previousHash: null });
  expect(published.lines.map(({ accountId, part, struckWhy }) => [accountId, part, struckWhy]).sort()).toEqual(
    [
      [branch, 'branch', null],
      [companyLevel, 'company', null],
      [struck, 'branch', 'delisted'],
    ].sort(),
  );
  const { onList } = await prisma.account.findUniqueOrThrow({ where: { id: branch } });
  expect(onList).toBe(true);
  expect(hashOf(await editionOf(deps.pool, caseId)).equals(Buffer.from(published.hash ?? []))).toBe(true);
  await expect(prisma.edition.update({ where: { caseId }, data: { readers: 'x' } })).rejects.toThrow(
    'edition_is_published',
  );
  await expect(prisma.editionLine.deleteMany({ where: { caseId } })).rejects.toThrow('edition_is_published');

  const { caseId: second } = await beginEdition(deps, 'calendar', { corrects: 1 });
  await signing(second);
  await company.answer(second, 'director', 'signList', 'sign');
  await company.state(second, 'published');
  const next = await edition(second);
  expect(next).toMatchObject({ number: 2, corrects: 1 });
  expect(Buffer.from(next.previousHash ?? []).equals(Buffer.from(published.hash ?? []))).toBe(true);
});
