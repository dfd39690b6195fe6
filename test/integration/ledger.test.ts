import { randomInt, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { usccWithCheck } from '../../domain/uscc.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { bring, csv } from '../support/tables.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool, keys } = company.deps;

/** A code nobody else has. */
const code = (): string => usccWithCheck(`91420100M${String(randomInt(10 ** 8)).padStart(8, '0')}`);
const example = (change: Record<string, string> = {}): Record<string, string> => {
  const serial = randomUUID().slice(0, 8);
  return {
    单位名称: `岭南示例${serial}集团有限公司`,
    单位代码: code(),
    级别: '公司级',
    推荐单位: '华中分公司',
    专职客户经理: '华中分公司客户经理甲',
    确立日期: '2024-03-15',
    决定文号: '公司发〔2024〕18号',
    决定日期: '2024-03-12',
    决定机构: '大客户管理委员会',
    '预计后续合同额（万元）': '26020.123456',
    地区代码: '420100',
    ...change,
  };
};
const ledger = (rows: Record<string, string>[], as = 'data-clerk') => bring(api, as, 'ledger', csv(rows));
const apply = (id: string, as = 'office-clerk-1') => api.post(`/imports/${id}/application`, { as });
const rowsOf = async (id: string, only?: string) =>
  (await api.get(`/imports/${id}/rows${only ? `?only=${only}` : ''}`, { as: 'data-clerk' })).body.items;
const codesOf = async (rows: Record<string, string>[]): Promise<string[][]> => {
  const brought = await ledger(rows);
  expect(brought.status, JSON.stringify(brought.body)).toBe(201);
  const reported: { findings: { column: string | null; code: string }[] }[] = await rowsOf(brought.body.id);
  return reported.map(({ findings }) => findings.map((each) => `${each.column}: ${each.code}`));
};

test('a ledger is checked by one person, applied by another, and its accounts rest on the decisions it names', async () => {
  const client = example({ 曾用名: '岭南旧名甲、岭南旧名乙', 已列入名单: '是', '累计成交额（万元）': '8,640.5' });
  const member = {
    单位名称: `${client.单位名称}项目公司`,
    单位代码: code(),
    所属客户: String(client.单位代码),
    成员关系: '项目公司',
  };
  const vacant = example({ 专职客户经理: '', 推荐单位: '华东分公司' });
  const brought = await ledger([client, member, vacant]);
  expect(brought.status, JSON.stringify(brought.body)).toBe(201);
  expect(brought.body).toMatchObject({ state: 'checked', rows: 3, newRows: 3, refusedRows: 0, mayApply: false });
  const id = brought.body.id;
  expect((await apply(id, 'data-clerk')).status).toBe(403);
  const applied = await apply(id);
  expect(applied.status, JSON.stringify(applied.body)).toBe(200);
  expect(applied.body).toMatchObject({ state: 'applied', appliedBy: { id: 'office-clerk-1' } });

  const account = await prisma.account.findFirstOrThrow({
    where: { client: { name: String(client.单位名称) } },
    include: { ledgerEntry: true, holdings: true, regions: true, client: { include: { entities: true } } },
  });
  expect(account).toMatchObject({
    grade: 'company',
    managedBy: 'company',
    state: 'active',
    onList: true,
    decisionCaseId: null,
    ledgerEntry: { importId: id, rowNo: 2, document: '公司发〔2024〕18号', body: '大客户管理委员会' },
    holdings: [{ unitId: 'central', managerId: 'central-manager', kind: 'lead', validTo: null }],
    regions: [{ regionCode: '420100', expectedFen: 26020123456n }],
  });
  expect(account.ledgerEntry?.cumulativeFen).toBe(8640500000n);
  expect(account.holdings[0]?.validFrom.toISOString()).toBe('2024-03-14T16:00:00.000Z');
  expect(account.client.entities.map((each) => each.name).sort()).toEqual([client.单位名称, member.单位名称].sort());
  const shown = await api.get(`/accounts/${account.id}`, { as: 'east-head' });
  expect(shown.body).toMatchObject({ decisionCaseId: null, takenOver: { document: '公司发〔2024〕18号' } });
  expect(await prisma.account.findFirst({ where: { client: { name: String(vacant.单位名称) } } })).toMatchObject({
    state: 'vacant',
    onList: false,
  });

  // The same file again changes nothing, whoever brings it, and neither do its rows among others.
  expect(await ledger([client, member, vacant], 'office-clerk-2')).toMatchObject({
    status: 409,
    body: { code: 'alreadyTakenOver' },
  });
  expect(await apply(id, 'office-clerk-2')).toMatchObject({ status: 409, body: { code: 'alreadyTakenOver' } });
  const more = await ledger([vacant, example(), client, member]);
  expect(more.body).toMatchObject({ newRows: 1, refusedRows: 0 });
  expect((await apply(more.body.id)).status).toBe(200);
  expect(await prisma.account.count({ where: { ledgerEntry: { isNot: null } } })).toBe(3);
  expect(await codesOf([example({ ...client, 级别: '分公司级' }), member])).toEqual([
    ['name: takenOverDifferently', 'grade: gradeDiffers'],
    [],
  ]);

  const acts = await prisma.auditEntry.findMany({ where: { act: { startsWith: 'import.' } } });
  expect(acts.map(({ act }) => act)).toEqual(
    expect.arrayContaining(['import.checked', 'import.applied', 'import.read']),
  );
  const { findings } = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  expect(findings).toEqual([]);
});
