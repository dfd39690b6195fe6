import { z } from 'zod';
import type { ImportColumn } from '../domain/importTable.ts';
import { choice, dayCell, ifGiven, list, needed, regionCell, text, usccCell, wanCell } from './importCells.ts';

/**
 * A row of the ledger of established key accounts (annex 1 with the decision each rests on): an account, or below it a member of its
 * group, which names its client in `group`.
 */
export const ledgerColumns: readonly ImportColumn[] = [
  {
    key: 'name',
    zh: '单位名称',
    en: 'Client',
    required: true,
    aliases: ['客户名称', '大客户名称', '名称', 'Name'],
    explain: { zh: '营业执照上的全称。', en: 'The full name as on the business licence.' },
    example: '云澜示例集团有限公司',
  },
  {
    key: 'code',
    zh: '单位代码',
    en: 'Code',
    aliases: ['统一社会信用代码', '代码', 'Credit code'],
    isCode: true,
    explain: {
      zh: '18 位统一社会信用代码，单元格为文本格式。没有的留空，代码类型填“其他”。',
      en: 'The unified social credit code of 18 characters, as text. Without one leave it empty and enter "other" as type of code.',
    },
    example: '91420100MAEXAMPL8M',
  },
  {
    key: 'codeType',
    zh: '代码类型',
    en: 'Type of code',
    explain: {
      zh: '“统一社会信用代码”或“其他”；留空按前者。',
      en: '"credit code" or "other"; empty means the first.',
    },
    example: '统一社会信用代码',
  },
  {
    key: 'grade',
    zh: '级别',
    en: 'Grade',
    required: true,
    explain: { zh: '“公司级”或“分公司级”（办法第十二条）。', en: '"company level" or "branch level" (Article 12).' },
    example: '公司级',
  },
  {
    key: 'managedBy',
    zh: '对接层级',
    en: 'Managed by',
    explain: { zh: '“公司级”或“分公司级”；留空同级别。', en: 'As the grade; empty means the same.' },
    example: '公司级',
  },
  {
    key: 'unit',
    zh: '推荐单位',
    en: 'Recommending unit',
    required: true,
    aliases: ['单位', '所属单位'],
    explain: {
      zh: '单位的名称或编号，与“人员与席位”页面一致。',
      en: 'The unit’s name or code, as on the page of people and units.',
    },
    example: '华中分公司',
  },
  {
    key: 'manager',
    zh: '专职客户经理',
    en: 'Account manager',
    aliases: ['客户经理', '专职经理', 'Manager'],
    explain: {
      zh: '推荐单位的在职人员：姓名；有重名的填登录账号。留空记为空缺。',
      en: 'An active person of that unit, by name, or by login where two have it. Empty means vacant.',
    },
    example: '华中分公司客户经理甲',
  },
  {
    key: 'establishedOn',
    zh: '确立日期',
    en: 'Established on',
    required: true,
    aliases: ['确立时间', '批准日期'],
    isCode: true,
    explain: { zh: '如 2024-03-15；不晚于今天。', en: 'Such as 2024-03-15; not in the future.' },
    example: '2024-03-15',
  },
  {
    key: 'document',
    zh: '决定文号',
    en: 'Document of the decision',
    required: true,
    aliases: ['决定依据', '文号', '依据文号'],
    explain: { zh: '确立所依据的文件或会议纪要编号。', en: 'The number of the document or minutes it rests on.' },
    example: '公司发〔2024〕18号',
  },
  {
    key: 'decidedOn',
    zh: '决定日期',
    en: 'Decided on',
    required: true,
    isCode: true,
    explain: { zh: '该文件的日期。', en: 'The day of that document.' },
    example: '2024-03-12',
  },
  {
    key: 'body',
    zh: '决定机构',
    en: 'Decided by',
    required: true,
    aliases: ['批准机构', '审定机构'],
    explain: { zh: '作出决定的机构。', en: 'The body that decided.' },
    example: '大客户管理委员会',
  },
  {
    key: 'expected',
    zh: '预计后续合同额（万元）',
    en: 'Expected subsequent contracts (万元)',
    required: true,
    aliases: ['预计后续合同成交额', '预计合同额', '后续合同成交额'],
    explain: {
      zh: '万元，含税，最多六位小数；不含已签的合同（办法第十二条）。',
      en: 'In 万元 (10,000 yuan), tax-inclusive, six decimals at most; contracts already signed do not count (Article 12).',
    },
    example: '26020',
  },
  {
    key: 'cumulative',
    zh: '累计成交额（万元）',
    en: 'Cumulative contracts (万元)',
    aliases: ['累计合同额', '累计合同成交额'],
    explain: { zh: '万元，含税；可留空。', en: 'In 万元, tax-inclusive; may be empty.' },
    example: '8640.5',
  },
  {
    key: 'region',
    zh: '地区代码',
    en: 'Region',
    aliases: ['地区', '行政区划代码', '区划代码'],
    isCode: true,
    explain: {
      zh: '预计合同所在地，GB/T 2260 六位代码；可留空。',
      en: 'Where the contracts are expected: six digits of GB/T 2260; may be empty.',
    },
    example: '420100',
  },
  {
    key: 'formerNames',
    zh: '曾用名',
    en: 'Former names',
    explain: { zh: '多个用顿号隔开。', en: 'Several are parted by commas.' },
    example: '云澜示例投资有限公司',
  },
  {
    key: 'shortName',
    zh: '简称',
    en: 'Short name',
    explain: { zh: '可留空。', en: 'May be empty.' },
    example: '云澜集团',
  },
  {
    key: 'nature',
    zh: '单位性质',
    en: 'Nature',
    explain: { zh: '如国有企业、民营企业。', en: 'Such as state-owned or private.' },
    example: '国有企业',
  },
  {
    key: 'industry',
    zh: '行业类别',
    en: 'Industry',
    explain: { zh: '可留空。', en: 'May be empty.' },
    example: '基础设施投资',
  },
  {
    key: 'onList',
    zh: '已列入名单',
    en: 'On the list',
    explain: {
      zh: '“是”或“否”：是否在现行大客户名单上；留空按“否”。',
      en: '"yes" or "no": whether the list in force names it; empty means no.',
    },
    example: '是',
  },
  {
    key: 'group',
    zh: '所属客户',
    en: 'Member of',
    aliases: ['所属集团', '集团'],
    explain: {
      zh: '只在成员单位行填写：所属客户的名称或代码。成员单位行只需再填单位名称、单位代码和成员关系。',
      en: 'Only in the row of a member: the name or code of its client. Such a row needs only name, code and relation beside it.',
    },
    example: '',
  },
  {
    key: 'relation',
    zh: '成员关系',
    en: 'Relation',
    explain: {
      zh: '成员单位行填写，如全资子公司、项目公司。',
      en: 'In the row of a member, such as subsidiary or project company.',
    },
    example: '',
  },
];

const grades = { company: ['公司级', 'company level'], branch: ['分公司级', 'branch level'] } as const;
const codeTypes = { uscc: ['统一社会信用代码', 'credit code'], other: ['其他', 'other'] } as const;
const yesNo = { yes: ['是', 'yes', '√', 'true', 'y'], no: ['否', 'no', 'false', 'n'] } as const;

const naming = (codeType: 'uscc' | 'other') => ({
  name: needed(text(200)),
  code: ifGiven(codeType === 'other' ? text(50) : usccCell),
  codeType: ifGiven(choice(codeTypes)),
});

const account = (codeType: 'uscc' | 'other') =>
  z.object({
    ...naming(codeType),
    grade: needed(choice(grades)),
    managedBy: ifGiven(choice(grades)),
    unit: needed(text(200)),
    manager: ifGiven(text(200)),
    establishedOn: needed(dayCell),
    document: needed(text(200)),
    decidedOn: needed(dayCell),
    body: needed(text(200)),
    expected: needed(wanCell),
    cumulative: ifGiven(wanCell),
    region: ifGiven(regionCell),
    formerNames: ifGiven(list(200)),
    shortName: ifGiven(text(200)),
    nature: ifGiven(text(200)),
    industry: ifGiven(text(200)),
    onList: ifGiven(choice(yesNo)),
  });

const member = (codeType: 'uscc' | 'other') =>
  z.object({ ...naming(codeType), group: needed(text(200)), relation: ifGiven(text(200)) });

export type LedgerAccount = z.infer<ReturnType<typeof account>>;
export type LedgerMember = z.infer<ReturnType<typeof member>>;
export type LedgerRow = LedgerAccount | LedgerMember;

export const isMember = (row: LedgerRow): row is LedgerMember => 'group' in row;

/** How a row is read: one that names a client of the file is a member of it. */
export function ledgerRowSchema(cells: Readonly<Record<string, string>>): z.ZodType<LedgerRow> {
  const codeType = ['其他', 'other'].includes((cells.codeType ?? '').toLowerCase()) ? 'other' : 'uscc';
  return cells.group ? member(codeType) : account(codeType);
}
