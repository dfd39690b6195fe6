import { expect, test } from 'vitest';
import { openCampaign } from '../../cases/campaigns.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const { deps, client } = company;
const { prisma } = deps;
const year = assessmentYear(Date.now());

const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };

const reviewOf = (accountId: string) =>
  company.until('the review', async () => {
    const row = await prisma.review.findUnique({ where: { year_accountId: { year, accountId } } });
    return row?.caseId ? { ...row, caseId: row.caseId } : null;
  });

async function evaluated(accountId: string): Promise<string> {
  const { caseId } = await reviewOf(accountId);
  await company.answer(caseId, 'central-manager', 'reportYear', 'report', report);
  await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
  await company.task(caseId, 'assess');
  return caseId;
}

test('one campaign a year, whoever opens it; each account is decided once, and the campaign closes with the last', async () => {
  const accounts = [await heldAccount(deps), await heldAccount(deps), await heldAccount(deps)] as const;
  const opened = await Promise.all([
    openCampaign(deps, { personId: 'office-clerk-1' }),
    openCampaign(deps, 'calendar'),
    openCampaign(deps, { personId: 'office-clerk-1' }),
  ]);
  expect(opened.filter((each) => each.opened)).toHaveLength(1);
  await expect(openCampaign(deps, { personId: 'central-head' })).rejects.toMatchObject({ code: 'forbidden' });

  const [kept, pursued, ended] = accounts;
  const outcomes = { [kept]: 'maintain', [pursued]: 'intensify', [ended]: 'terminate' };
  for (const [accountId, option] of Object.entries(outcomes)) {
    const caseId = await evaluated(accountId);
    await company.answer(caseId, 'office-clerk-1', 'assess', 'assess', { option, reason: '依据评分' });
    await company.voteAll(caseId, 'deciding', option);
  }
  await company.until('its end', async () =>
    (await prisma.campaign.findUnique({ where: { year } }))?.state === 'closed' ? true : null,
  );
  expect(await client.workflow.getHandle(`annualReview:${year}`).result()).toBe('closed');
  const account = (id: string) => prisma.account.findUniqueOrThrow({ where: { id } });
  expect([(await account(kept)).state, (await account(pursued)).state, (await account(ended)).state]).toEqual([
    'active',
    'intensified',
    'terminated',
  ]);
  const rows = await prisma.review.findMany({ where: { year } });
  expect(rows.map(({ accountId, outcome, decided }) => [accountId, outcome, decided]).sort()).toEqual(
    Object.entries(outcomes)
      .map(([id, option]) => [id, option, true])
      .sort(),
  );
});
