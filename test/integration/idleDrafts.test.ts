import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { attach as attachUpload, storeUpload } from '../../cases/attachments.ts';
import { addComment } from '../../cases/comments.ts';
import { readDraft } from '../../cases/drafts.ts';
import { settleIdleDrafts, startIdleDrafts } from '../../cases/idleDrafts.ts';
import { removeOrphans } from '../../cases/orphanFiles.ts';
import { submit } from '../../cases/submission.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { temporaryName } from '../../platform/durableFile.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const { prisma } = company.deps;
const folder = await mkdtemp(join(tmpdir(), 'approvals-idle-'));
const files = await attachmentFolder(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const settleAt = (days: number) => settleIdleDrafts(company.deps, files, inDays(days));
const announcements = (caseId: string) => prisma.notification.count({ where: { caseId, kind: 'draftExpiring' } });

async function attach(caseId: string): Promise<string> {
  const upload = { owner: { caseId }, purpose: 'other', name: '意向书.txt', maxBytes: 1000 };
  const source = (async function* () {
    yield Buffer.from('合作意向');
  })();
  const stored = await storeUpload(company.deps, files, { ...upload, source });
  return (await attachUpload(company.deps, 'central-submitter', stored)).id;
}

test('an idle draft is announced a fortnight before its end, once', async () => {
  const caseId = await company.draft();
  await settleAt(160);
  expect(await announcements(caseId)).toBe(0);
  await settleAt(168);
  await settleAt(170);
  expect(await announcements(caseId)).toBe(1);
  expect((await company.caseRow(caseId)).state).toBe('draft');
});

test('once its time is over it ends as lapsed; form, key and files are gone, its facts stay', async () => {
  const caseId = await company.draft();
  const fileId = await attach(caseId);
  await settleAt(168);
  await settleAt(183);
  const row = await company.caseRow(caseId);
  expect(row).toMatchObject({ state: 'lapsed', title: '' });
  expect(row.closedAt).not.toBeNull();
  expect(existsSync(join(folder, fileId))).toBe(false);
  await expect(company.deps.keys.get(`case:${caseId}`)).rejects.toMatchObject({ code: 'keyDestroyed' });
  await expect(readDraft(company.deps, caseId)).rejects.toMatchObject({ code: 'keyDestroyed' });
  const facts = await prisma.fact.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
  expect(facts.map((fact) => fact.kind)).toEqual(['drafted', 'attached', 'silent', 'concluded']);
  const stored = await prisma.recommendation.findUniqueOrThrow({ where: { caseId } });
  expect(stored).toMatchObject({ proposedGrade: '', expectedFen: 0n });
  expect(stored.form).toHaveLength(0);
});

test('nobody loses a draft without his fortnight, however late he is told', async () => {
  const caseId = await company.draft();
  await settleAt(400);
  await settleAt(410);
  expect((await company.caseRow(caseId)).state).toBe('draft');
  await settleAt(416);
  expect((await company.caseRow(caseId)).state).toBe('lapsed');
});

test('whatever is done to an announced draft begins its days anew', async () => {
  const caseId = await company.draft();
  await settleAt(-1);
  await prisma.recommendation.update({
    where: { caseId },
    data: { announcedAt: inDays(-20), updatedAt: inDays(-200) },
  });
  await addComment(company.deps, { personId: 'central-submitter', caseId, text: '仍在办理' });
  await settleAt(1);
  expect((await company.caseRow(caseId)).state).toBe('draft');
});

test('what a crash left half-erased is erased by the next round', async () => {
  const caseId = await company.draft();
  const fileId = await attach(caseId);
  await settleAt(168);
  const broken = { ...files, remove: () => Promise.reject(new Error('died')) };
  await expect(settleIdleDrafts(company.deps, broken, inDays(183))).rejects.toThrow('died');
  expect(existsSync(join(folder, fileId))).toBe(true);
  expect((await settleAt(183)).erased).toBeGreaterThan(0);
  expect(existsSync(join(folder, fileId))).toBe(false);
});

test('a draft that was submitted is no longer a draft left idle', async () => {
  const caseId = await company.draft();
  await submit(company.deps, { personId: 'central-submitter', caseId, key: randomUUID() });
  await settleAt(400);
  await settleAt(500);
  expect((await company.caseRow(caseId)).state).toBe('endorsing');
});

test('what an upload left behind whose process died goes away with the rounds, and nothing else does', async () => {
  const fileId = await attach(await company.draft());
  const [left, underWay] = [temporaryName(join(folder, 'left')), temporaryName(join(folder, 'under-way'))];
  for (const path of [left, underWay]) await writeFile(path, 'sealed');
  for (const path of [left, join(folder, fileId)]) await utimes(path, inDays(-2), inDays(-2));
  const rounds = startIdleDrafts(company.deps, files);
  await rounds.stop();
  expect([left, underWay, join(folder, fileId)].map((path) => existsSync(path))).toEqual([false, true, true]);
});

test('files that nothing refers to go after a day; the others, fresh ones, and those of another database stay', async () => {
  const caseId = await company.draft();
  const kept = [await attach(caseId), await attach(caseId)];
  const upload = { owner: { caseId }, purpose: 'other', name: '意向书.txt', maxBytes: 1000 };
  const orphan = async (age: number): Promise<string> => {
    const source = (async function* () {
      yield Buffer.from('合作意向');
    })();
    const { id } = await storeUpload(company.deps, files, { ...upload, source });
    await utimes(join(folder, id), inDays(-age), inDays(-age));
    return id;
  };
  for (const id of kept) await utimes(join(folder, id), inDays(-2), inDays(-2));
  const [old, fresh] = [await orphan(2), await orphan(0)];
  expect(await removeOrphans(company.deps, files, DAY)).toBe(1);
  expect([old, fresh, ...kept].map((id) => existsSync(join(folder, id)))).toEqual([false, true, true, true]);
  const strangers = await Promise.all(Array.from({ length: 20 }, () => orphan(2)));
  expect(await removeOrphans(company.deps, files, DAY)).toBe(0);
  expect(strangers.every((id) => existsSync(join(folder, id)))).toBe(true);
});
