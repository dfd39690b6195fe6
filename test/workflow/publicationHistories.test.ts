import { expect, test } from 'vitest';
import { beginEdition } from '../../cases/publications.ts';
import { localDay } from '../../domain/calendar.ts';
import { nextEditionOn } from '../../domain/edition.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { publication } from '../../domain/publication.ts';
import { PUBLICATION_SCHEDULE } from '../../worker/schedules.ts';
import { PUBLICATION_STARTER } from '../../workflows/contracts/publication.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { saveHistory } from '../support/histories.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way an edition of the list can go, on a clock of its own; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps, client } = company;
const { prisma } = deps;
const CLERK = 'office-clerk-1';
const notice = { readers: '公司领导及各单位负责人', secrecyLevel: '普通商密', secrecyTerm: '3年' };
await heldAccount(deps, { onList: true });
await heldAccount(deps, { onList: true, grade: 'company' });

async function compiling(): Promise<string> {
  const { caseId } = await beginEdition(deps, { personId: CLERK });
  await company.task(caseId, 'compileList');
  return caseId;
}
async function put(caseId: string): Promise<string> {
  await company.answer(caseId, CLERK, 'compileList', 'put', notice);
  await company.task(caseId, 'vote');
  return caseId;
}
async function passed(caseId: string): Promise<string> {
  await put(caseId);
  await company.voteAll(caseId, 'companyPart', 'for');
  await company.voteAll(caseId, 'branchPart', 'for');
  await company.task(caseId, 'signList');
  return caseId;
}

const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  [
    'published-after-refusals-and-return',
    'published',
    async () => {
      const caseId = await put(await compiling());
      await company.voteAll(caseId, 'companyPart', 'against');
      await put(caseId);
      await company.voteAll(caseId, 'companyPart', 'for');
      await company.voteAll(caseId, 'branchPart', 'against');
      await passed(caseId);
      await company.answer(caseId, 'director', 'signList', 'return', { reason: '更正知悉范围' });
      await passed(caseId);
      await company.answer(caseId, 'director', 'signList', 'sign');
      return caseId;
    },
  ],
  ['withdrawn-compiling', 'withdrawn', async () => takenBack(company, CLERK, await compiling())],
  ['withdrawn-voting', 'withdrawn', async () => takenBack(company, CLERK, await put(await compiling()))],
  ['withdrawn-signing', 'withdrawn', async () => takenBack(company, CLERK, await passed(await compiling()))],
  ['lapsed-by-administrators', 'lapsed', async () => endedByAdministrators(company, await compiling())],
];

test.each(paths)('an edition: %s ends as %s, and no workflow task failed on the way', async (name, ending, walk) => {
  await keepWalk(company, publication, { name: `publication-${name}`, caseId: await walk(), ending });
});

test('where the director does not sign for five days a vice director does, and not before; the edition names him', async () => {
  const caseId = await passed(await compiling());
  const { dueAt } = await company.task(caseId, 'signList');
  const sign = () => company.answer(caseId, 'vice-director-1', 'signList', 'sign');
  await expect(sign()).rejects.toMatchObject({ code: 'notCandidate' });
  await company.passTo(dueAt);
  await company.until('a vice director’s turn', async () => (await company.facts(caseId, 'escalated')).length > 0);
  await sign();
  await keepWalk(company, publication, { name: 'publication-signed-by-a-vice-director', caseId, ending: 'published' });
  expect(await prisma.edition.findUniqueOrThrow({ where: { caseId } })).toMatchObject({ signedBy: 'vice-director-1' });
});

test('what the calendar starts begins one edition where one is due, and is kept for the replay gate', async () => {
  const { cutoffAt } = await prisma.edition.findFirstOrThrow({
    where: { number: { not: null } },
    orderBy: { number: 'desc' },
  });
  const start = async (name: string) => {
    const handle = await client.workflow.start(PUBLICATION_STARTER, {
      ...{ taskQueue: company.taskQueue, workflowId: `${PUBLICATION_SCHEDULE}-workflow-${name}`, args: [] },
    });
    await handle.result();
    return handle;
  };
  const open = () => prisma.edition.count({ where: { open: true } });
  await start('early');
  expect(await open()).toBe(0);
  await company.passTo(new Date(`${nextEditionOn(localDay(cutoffAt.getTime()), 6)}T00:10:00+08:00`));
  const due = await start('due');
  await start('again');
  expect(await open()).toBe(1);
  const history = await due.fetchHistory();
  await saveHistory('publicationStarter-due', due.workflowId, { moves: [], kinds: [] }, history);
});

test('every ending of an edition has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(publication)));
});
