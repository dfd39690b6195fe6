import { randomUUID } from 'node:crypto';
import { withdraw } from '../../cases/ending.ts';
import { copy } from '../../cases/verbs.ts';
import { fillDatabase } from '../../scripts/fill/fill.ts';
import { branchLevel, type Company } from './company.ts';

/** Fills a company's database with closed and open cases, copied from some that went their way through the engine. */
export async function fillCompany(company: Company, filling: { cases: number; open: number }): Promise<void> {
  const { deps } = company;
  const personId = 'central-submitter';
  const [established, rejected, ineligible, withdrawn, voting, screening] = await Promise.all([
    company.submitted(branchLevel),
    company.submitted(branchLevel),
    company.submitted(branchLevel),
    company.submitted(branchLevel),
    company.submitted(branchLevel),
    company.submitted(branchLevel),
  ]);
  await copy(deps, { personId, caseId: withdrawn, to: ['technology-expert'] });
  await withdraw(deps, { personId, caseId: withdrawn, reason: '客户撤回意向', key: randomUUID() });
  await Promise.all([company.state(withdrawn, 'withdrawn'), company.carryTo(ineligible, 'screening')]);
  await company.answer(ineligible, 'office-clerk-1', 'screen', 'ineligible', { reason: '不符合推荐条件' });
  await company.carryTo(rejected, 'approving');
  await company.voteAll(rejected, 'approving', 'against');
  await company.state(rejected, 'rejected');
  await company.carryTo(established, 'established');
  await company.carryTo(voting, 'approving');
  await company.carryTo(screening, 'screening');
  await fillDatabase(company.databaseUrl, deps.keys, filling);
}
