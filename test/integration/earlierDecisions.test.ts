import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDraft } from '../../cases/drafts.ts';
import { submit } from '../../cases/submission.ts';
import { startApi } from '../support/api.ts';
import { exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const form = exampleForm();

const earlierThan = async (caseId: string, as: string) => {
  const { status, body } = await api.get(`/cases/${caseId}/earlier`, { as });
  return { status, items: (body.items ?? []) as { case: { id: string }; linked: boolean; shared: string[] }[], body };
};
const idsOf = async (caseId: string, as: string) => (await earlierThan(caseId, as)).items.map((row) => row.case.id);

async function taken(personId: string, unit: string, linkedCaseId: string | null = null): Promise<string> {
  const { caseId } = await createDraft(company.deps, personId, { ...form, recommendingUnit: unit }, linkedCaseId);
  const territory = unit === '华中分公司' ? {} : { outsideTerritoryReason: '长期跟踪' };
  await submit(company.deps, { personId, caseId, key: randomUUID(), ...territory });
  return caseId;
}

describe('earlier decisions on a client', () => {
  let refused = '';
  let again = '';
  let foreign = '';
  beforeAll(async () => {
    refused = await taken('central-submitter', '华中分公司');
    await company.carryTo(refused, 'approving');
    await company.answer(refused, 'south-deputy', 'vote', 'recuse', { reason: '有利害关系' });
    await company.answer(refused, 'director', 'decideRecusal', 'accept');
    await company.voteAll(refused, 'approving', 'against');
    await company.state(refused, 'rejected');
    again = await taken('central-submitter', '华中分公司', refused);
    await company.task(again, 'endorse');
    await api.post(`/recommendations/${again}/withdraw`, { as: 'central-submitter', body: { reason: '暂不推荐' } });
    await company.state(again, 'withdrawn');
    foreign = await taken('east-submitter', '华东分公司');
    await company.state(foreign, 'endorsing');
  });

  test('are told to the committee and the office with what was decided and how it was voted, the latest first', async () => {
    for (const as of ['office-clerk-1', 'vice-director-1']) {
      const { items, body } = await earlierThan(foreign, as);
      expect(items.map((row) => row.case.id)).toEqual([again, refused]);
      expect(body.items[1]).toMatchObject({
        case: { state: 'rejected', unit: { id: 'central' } },
        expectedYuan: form.expectedSubsequentYuan,
        ballots: [{ matter: 'approve', outcome: 'failed', for: 0, against: 10 }],
      });
      expect(items[1]?.shared).toContain(form.client.uscc);
    }
  });

  test('say which recommendation takes up which', async () => {
    const { items } = await earlierThan(again, 'central-submitter');
    expect(items.map((row) => [row.case.id, row.linked])).toEqual([[refused, true]]);
    expect((await earlierThan(refused, 'central-submitter')).items).toMatchObject([{ linked: true }]);
  });

  test('of another unit are not told to a unit, not even that there are any', async () => {
    expect(await idsOf(foreign, 'east-submitter')).toEqual([]);
    expect(await idsOf(again, 'central-submitter-2')).toEqual([refused]);
  });

  test('are not told to who was recused in them', async () => {
    expect(await idsOf(foreign, 'south-deputy')).toEqual([again]);
  });

  test('are not for who may not read the case, or not what it holds', async () => {
    expect((await earlierThan(foreign, 'central-submitter')).status).toBe(404);
    expect((await earlierThan(foreign, 'auditor')).status).toBe(403);
  });
});
