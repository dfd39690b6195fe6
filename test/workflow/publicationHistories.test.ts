import { expect, test } from 'vitest';
import { beginEdition } from '../../cases/publications.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { publication } from '../../domain/publication.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way an edition of the list can go, on a clock of its own; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps } = company;
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

test('every ending of an edition has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(publication)));
});
