import { expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);

test('names like a published key account’s are hints with their reason, and refuse nothing', async () => {
  const caseId = await company.submitted((form) => {
    form.client.name = '武汉云岭示例城市建设集团有限公司';
    form.client.formerNames = ['武汉示例旧名置业有限公司'];
  });
  const check = async (name: string) => {
    const { body } = await api.post('/clients/check', { as: 'east-submitter', body: { name } });
    return [body.result, body.names];
  };
  // In progress, and established but not published yet: that there is something is told, and not what.
  expect(await check('武汉云岭示例城市建设有限公司')).toEqual(['near', []]);
  await company.carryTo(caseId, 'established');
  expect(await check('武汉云岭示例城市建设有限公司')).toEqual(['near', []]);
  await company.deps.prisma.account.updateMany({ where: { decisionCaseId: caseId }, data: { onList: true } });
  const name = '武汉云岭示例城市建设集团有限公司';
  const account = await company.deps.prisma.account.findFirstOrThrow();
  const held = { holder: expect.objectContaining({ id: 'central' }), accountId: account.id };
  expect(await check('武汉云岭示例城市建设有限公司')).toEqual(['near', [{ name, why: 'sameCore', ...held }]]);
  expect(await check('武汉示例旧名置业集团有限公司')).toEqual([
    'near',
    [{ name: '武汉示例旧名置业有限公司', why: 'formerName', ...held }],
  ]);
  expect(await check('武汉云岭示例城市建投有限公司')).toEqual(['near', [{ name, why: 'similar', ...held }]]);
  expect(await check('与它无关的公司')).toEqual(['free', []]);
});
