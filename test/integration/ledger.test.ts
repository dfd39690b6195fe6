import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { createDraft } from '../../cases/drafts.ts';
import { submit } from '../../cases/submission.ts';
import { verifyStored } from '../../cases/verification.ts';
import { usccWithCheck } from '../../domain/uscc.ts';
import { startApi } from '../support/api.ts';
import { exampleForm, startCompany } from '../support/company.ts';
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

describe('a row is refused, and with it the whole table, where', () => {
  test('a unit or a manager does not exist, has left, or is of another unit', async () => {
    await prisma.unit.create({
      data: {
        id: 'gone',
        code: 'gone',
        kind: 'branch',
        name: '已撤分公司',
        nameEn: 'Gone',
        dissolvedOn: new Date('2025-01-01'),
      },
    });
    await prisma.person.update({ where: { id: 'south-manager-2' }, data: { active: false } });
    await prisma.person.update({ where: { id: 'east-manager-2' }, data: { name: '华东分公司客户经理甲' } });
    expect(
      await codesOf([
        example({ 推荐单位: '无此分公司' }),
        example({ 推荐单位: '已撤分公司', 专职客户经理: '' }),
        example({ 专职客户经理: '无此人' }),
        example({ 推荐单位: '华南分公司', 专职客户经理: '华南分公司客户经理乙' }),
        example({ 专职客户经理: '北方分公司客户经理甲' }),
        example({ 推荐单位: '华东分公司', 专职客户经理: '华东分公司客户经理甲' }),
        example({ 推荐单位: 'east', 专职客户经理: 'east-manager' }),
      ]),
    ).toEqual([
      ['unit: unitUnknown'],
      ['unit: unitDissolved', 'manager: managerVacant'],
      ['manager: managerUnknown'],
      ['manager: managerLeft'],
      ['manager: managerOtherUnit'],
      ['manager: managerAmbiguous'],
      [],
    ]);
  });

  test('a cell is wrong, two rows are one client, a member has no client, or it was established tomorrow', async () => {
    const twice = example();
    const codes = await codesOf([
      example({ 单位代码: '91420100MAEXAMPL8N', '预计后续合同额（万元）': '1.1234567' }),
      twice,
      example({ 单位名称: String(twice.单位名称) }),
      { 单位名称: '某项目公司', 所属客户: '没有这个集团' },
      example({ 确立日期: '2999-01-01', 决定日期: '2999-01-02' }),
      example({ 级别: '分公司级', '预计后续合同额（万元）': '500' }),
    ]);
    expect(codes).toEqual([
      ['code: badUscc', 'expected: badAmount'],
      [],
      ['name: sameClient'],
      ['group: groupUnknown'],
      ['establishedOn: establishedInFuture', 'decidedOn: decidedLater'],
      ['grade: gradeBelow'],
    ]);
  });

  test('its client is being recommended, or is held; and what was so when it is applied stands in the report', async () => {
    const form = exampleForm();
    const inProgress = example({ 单位名称: form.client.name, 单位代码: '' });
    const brought = await ledger([inProgress, example()]);
    expect(brought.body).toMatchObject({ newRows: 2, refusedRows: 0 });
    const caseId = await company.submitted((own) => Object.assign(own, form));
    expect(await apply(brought.body.id)).toMatchObject({ status: 409, body: { code: 'importRefused' } });
    expect((await rowsOf(brought.body.id, 'refused'))[0].findings).toMatchObject([{ code: 'inProgress' }]);
    expect(await prisma.client.count({ where: { name: form.client.name } })).toBe(0);
    await company.carryTo(caseId, 'established');
    expect(await codesOf([inProgress])).toEqual([['name: held']]);
  });
});

describe('at the same instant', () => {
  test('of two ledgers with one client one is taken over, and of the other nothing', async () => {
    const shared = example();
    const [one, other] = [
      await ledger([shared, example()]),
      await ledger([example(), { ...shared, 专职客户经理: '' }]),
    ];
    const answers = await Promise.all([apply(one.body.id), apply(other.body.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('importRefused');
    expect(await prisma.account.count({ where: { client: { name: String(shared.单位名称) } } })).toBe(1);
  });

  test('of a ledger and a recommendation of one client one has it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const form = exampleForm();
      const brought = await ledger([example({ 单位名称: form.client.name, 单位代码: '' })]);
      const { caseId } = await createDraft(company.deps, 'central-submitter', form);
      const [applied, submitted] = await Promise.all([
        apply(brought.body.id),
        submit(company.deps, { personId: 'central-submitter', caseId, key: randomUUID() }).then(
          () => 'taken',
          (error: { code: string }) => error.code,
        ),
      ]);
      const accounts = await prisma.account.count({ where: { client: { name: form.client.name } } });
      if (applied.status === 200) expect([accounts, submitted]).toEqual([1, expect.stringMatching(/^client/)]);
      else expect([accounts, submitted, applied.body.code]).toEqual([0, 'taken', 'importRefused']);
    }
  });

  test('of two who apply one table one does, and the other is told that it is done', async () => {
    const brought = await ledger([example()]);
    const answers = await Promise.all([apply(brought.body.id), apply(brought.body.id, 'office-clerk-2')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('alreadyTakenOver');
  });
});

test('a workbook is mapped by hand, kept as it came, and gone for good once it is withdrawn', async () => {
  const row = example();
  const headings = Object.keys(row).map((heading) => (heading === '单位名称' ? '甲方' : heading));
  const bytes = await writeWorkbook([['大客户一览'], headings, Object.values(row)], { sheet: '台账' }).toBuffer();
  const brought = await bring(api, 'data-clerk', 'ledger', new Uint8Array(bytes), { name: '台账.xlsx' });
  expect(brought.body).toMatchObject({ refusedRows: 1, table: { fileName: '台账.xlsx', mapping: { headingRow: 2 } } });
  const { id, table } = brought.body;
  const mapping = { ...table.mapping, columns: { ...table.mapping.columns, name: headings.indexOf('甲方') } };
  const path = `/imports/${id}/mapping`;
  expect(await api.post(path, { as: 'data-clerk', body: { ...mapping, sheet: '别的' } })).toMatchObject({
    status: 422,
  });
  const mapped = await api.post(path, { as: 'data-clerk', body: mapping });
  expect(mapped.body, JSON.stringify(mapped.body)).toMatchObject({ refusedRows: 0, newRows: 1 });
  const file = await fetch(`${api.url}/api/v1/imports/${id}/file`, {
    headers: { Authorization: `Bearer ${api.tokens['office-clerk-1']?.token}` },
  });
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
  expect(await api.post(`/imports/${id}/withdrawal`, { as: 'data-clerk' })).toMatchObject({ status: 200 });
  expect((await api.get(`/imports/${id}`, { as: 'data-clerk' })).body).toMatchObject({
    state: 'withdrawn',
    table: null,
  });
  expect(await apply(id)).toMatchObject({ status: 409, body: { code: 'importClosed' } });
  await expect(keys.get(`import:${id}`)).rejects.toThrow();
  expect(await api.deps.files.storedHash(id)).toBe(null);
});

test.each([
  ['no such kind', 'nothing', 'a\n1', 'x.csv', 404, 'notFound'],
  ['a file that is no table', 'ledger', 'PK\x03\x04', 'x.xlsx', 422, 'invalid'],
  ['another kind of file', 'ledger', 'x', 'x.pdf', 422, 'fileTypeRefused'],
])('%s is refused', async (_, kind, content, name, status, code) => {
  const answer = await bring(api, 'data-clerk', kind, content, { name });
  expect(answer).toMatchObject({ status, body: { code } });
});

test('hundreds of rows are taken over in a few statements, and every account gets its execution', async () => {
  const rows = Array.from({ length: 300 }, () => example());
  const brought = await ledger(rows);
  expect(brought.body).toMatchObject({ rows: 300, newRows: 300 });
  expect((await apply(brought.body.id)).body).toMatchObject({ state: 'applied', newRows: 300 });
  const entries = await prisma.ledgerEntry.findMany({
    where: { importId: brought.body.id },
    orderBy: { rowNo: 'asc' },
  });
  expect(new Set(entries.map(({ rowNo }) => rowNo)).size).toBe(300);
  const [first] = entries;
  await company.until(
    'the first account’s execution',
    async () => (await prisma.account.findUniqueOrThrow({ where: { id: String(first?.accountId) } })).clockAt,
  );
  // Its clock begins now: nobody is told of what fell due before.
  expect(await prisma.accountNotice.count({ where: { accountId: String(first?.accountId) } })).toBe(0);
}, 240_000);
