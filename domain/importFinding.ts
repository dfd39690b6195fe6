/**
 * What may be wrong with a row of a table that is imported, as one closed list: what happened and why, then what to do. An error keeps
 * the whole table out, a warning is for a person to look at. `{name}` is filled from the finding's `params`, which hold contents of the row.
 */
type Row = {
  readonly level: 'error' | 'warning';
  readonly article?: string;
  readonly zh: string;
  readonly en: string;
};

const rows = {
  missing: {
    level: 'error',
    zh: '必填，未填写。请补充。',
    en: 'This is needed and was left empty. Fill it in.',
  },
  tooLong: {
    level: 'error',
    zh: '超过 {most} 个字。请缩短。',
    en: 'This has more than {most} characters. Shorten it.',
  },
  unstorable: {
    level: 'error',
    zh: '含有不可见的控制字符。请重新录入。',
    en: 'This holds an invisible control character. Type it anew.',
  },
  badUscc: {
    level: 'error',
    zh: '统一社会信用代码有误（{reason}）。请对照营业执照核对；该列单元格须设为“文本”格式。没有此代码的，代码类型填“其他”。',
    en: 'The unified social credit code is wrong ({reason}). Check it against the business licence; the cells of this column must be text. If there is none, enter "other" as type of code.',
  },
  badAmount: {
    level: 'error',
    zh: '金额有误（{reason}）。请填以万元计的数字，最多六位小数（精确到分），不带单位。',
    en: 'The amount is wrong ({reason}). Enter a number of 万元 (10,000 yuan), with at most six decimals, without its unit.',
  },
  badDay: {
    level: 'error',
    zh: '不是日期。请按 2024-03-15 填写。',
    en: 'This is no date. Write it as 2024-03-15.',
  },
  badYear: {
    level: 'error',
    zh: '不是年份。请填四位数字，如 2026。',
    en: 'This is no year. Enter four digits, such as 2026.',
  },
  badChoice: {
    level: 'error',
    zh: '只能填：{allowed}。请更正。',
    en: 'This may only be: {allowed}. Correct it.',
  },
  badRegion: {
    level: 'error',
    zh: '没有这个行政区划代码。请填 GB/T 2260 的六位代码，如 420100。',
    en: 'There is no such region. Enter six digits of GB/T 2260, such as 420100.',
  },
  repeated: {
    level: 'error',
    zh: '与第 {row} 行重复。请保留一行。',
    en: 'This says the same as row {row}. Keep one of them.',
  },
  sameClient: {
    level: 'error',
    article: '7.3',
    zh: '与第 {row} 行是同一客户（名称、曾用名或代码相同）。一个客户只能有一行，请合并。',
    en: 'This is the client of row {row} again (by name, former name or code). A client has one row: merge them.',
  },
  groupUnknown: {
    level: 'error',
    zh: '文件中没有“{group}”这个客户。成员单位行的“所属客户”须与该客户所在行的名称或代码一致。',
    en: 'No row of the file is the client "{group}". A member’s row names its client as the client’s own row does, by name or code.',
  },
  inProgress: {
    level: 'error',
    article: '7.1',
    zh: '该客户正在推荐办理中，不能再作为既有大客户导入。请待该事项办结，或与经营部核实后删除此行。',
    en: 'This client is being recommended at this moment, so it cannot be taken over. Wait until that case has ended, or ask the office and take the row out.',
  },
  held: {
    level: 'error',
    article: '7.3',
    zh: '该客户（或其成员单位）已是大客户，由{holder}对接。请核对；确已确立的，删除此行。',
    en: 'This client, or a member of it, is an established key account held by {holder}. Check it, and take the row out if so.',
  },
  heldThen: {
    level: 'error',
    article: '7.3',
    zh: '该客户在确立日期之后仍由{holder}对接（至 {until}）。同一时间只能有一个单位对接，请核对确立日期。',
    en: 'After the day of establishment this client was still held by {holder} (until {until}). At one time one unit holds a client: check the day.',
  },
  takenOverDifferently: {
    level: 'error',
    zh: '该客户此前已导入（档案编号 {archiveNo}），内容与本行不同。导入不改动已有的大客户，请按相应程序变更，并删除此行。',
    en: 'This client was taken over before ({archiveNo}), with other contents. An import changes no key account that is there: change it by its own procedure, and take the row out.',
  },
  entityShared: {
    level: 'error',
    article: '7.1',
    zh: '名称或代码已分别登记在不同客户名下。请经营部核定归属后再导入。',
    en: 'Its names or codes are registered with different clients. The office decides where it belongs; import it after that.',
  },
  nearName: {
    level: 'warning',
    article: '7.3',
    zh: '与已登记的“{name}”名称相近。请确认不是同一客户；系统不会自动合并。',
    en: 'Much like "{name}", which is registered. Make sure that it is another client; nothing merges by itself.',
  },
  unitUnknown: {
    level: 'error',
    zh: '没有“{unit}”这个单位。请按“人员与席位”页面的单位名称填写。',
    en: 'There is no unit "{unit}". Write it as the page of people and units does.',
  },
  unitDissolved: {
    level: 'error',
    zh: '“{unit}”已撤销。请填承接其业务的单位。',
    en: 'The unit "{unit}" was dissolved. Name the unit that took over its work.',
  },
  managerUnknown: {
    level: 'error',
    zh: '没有“{manager}”这个人员。请填姓名或登录账号；尚未登记的，先在“人员与席位”页面登记。',
    en: 'There is nobody called "{manager}". Enter a name or a login; whoever is not registered yet is entered on the page of people first.',
  },
  managerLeft: {
    level: 'error',
    zh: '“{manager}”已离任，不能任客户经理。请填现任人员；暂无人选的，此格留空（记为空缺）。',
    en: '"{manager}" has left and cannot be the manager. Name who is in charge now, or leave this empty (recorded as vacant).',
  },
  managerOtherUnit: {
    level: 'error',
    article: '7.1',
    zh: '“{manager}”属于{unit}，不属于推荐单位。客户经理由推荐单位选派，请更正。',
    en: '"{manager}" is of {unit}, not of the recommending unit, which chooses the manager. Correct one of them.',
  },
  managerAmbiguous: {
    level: 'error',
    zh: '该单位有 {count} 人叫“{manager}”。请改填登录账号。',
    en: '{count} people of this unit are called "{manager}". Enter the login instead.',
  },
  managerVacant: {
    level: 'warning',
    article: '5',
    zh: '没有填客户经理，导入后记为空缺，由单位负责人暂代。请尽快选派。',
    en: 'No manager is named: the account will be vacant and with the unit’s head. Choose one soon.',
  },
  establishedInFuture: {
    level: 'error',
    zh: '确立日期晚于今天。只能导入已经确立的大客户，请更正。',
    en: 'The day of establishment lies in the future. Only accounts already established are taken over: correct it.',
  },
  decidedLater: {
    level: 'warning',
    zh: '决定日期（{decidedOn}）晚于确立日期。请核对。',
    en: 'The decision ({decidedOn}) is later than the establishment. Check both days.',
  },
  gradeDiffers: {
    level: 'warning',
    article: '12',
    zh: '预计后续合同额 {amount}，按标准应为“{grade}”，与所填级别不同。以原决定为准的，不必更改。',
    en: 'Expected subsequent contracts of {amount} make it "{grade}" by the standard, and another grade is given. Leave it where the decision says so.',
  },
  gradeBelow: {
    level: 'warning',
    article: '12',
    zh: '预计后续合同额 {amount}，未达到分公司级标准。以原决定为准的，不必更改。',
    en: 'Expected subsequent contracts of {amount} are below the branch-level line. Leave it where the decision says so.',
  },
  accountUnknown: {
    level: 'error',
    zh: '没有“{account}”这家大客户。请核对档案编号或单位代码。',
    en: 'There is no key account "{account}". Check the archive number or the credit code.',
  },
  accountEnded: {
    level: 'error',
    article: '10.3',
    zh: '该大客户已终止合作，不再更新。请删除此行。',
    en: 'Cooperation with this key account was terminated, so nothing is updated. Take this row out.',
  },
  yearOfYearly: {
    level: 'error',
    article: '12',
    zh: '年度成交额须填年度，其他口径不填。请更正。',
    en: 'A yearly total names its year, any other names none. Correct it.',
  },
  asOfInFuture: {
    level: 'error',
    zh: '截至日期还没有到。请核对。',
    en: 'The figure stands for a day that has not come yet. Check it.',
  },
  totalTwice: {
    level: 'error',
    zh: '与第 {row} 行是同一大客户的同一项合同额。请只保留一行。',
    en: 'Row {row} is the same total of the same key account. Keep one of them.',
  },
  totalOlder: {
    level: 'error',
    zh: '已导入截至 {asOf} 的数字，比此行新。请核对截至日期。',
    en: 'A figure as of {asOf} was imported already, which is newer. Check the day.',
  },
  totalDiffers: {
    level: 'warning',
    article: '12',
    zh: '与项目登记合计（{amount}）不一致。两者都会保留，请核对。',
    en: 'The projects entered add up to {amount}. Both are kept; compare them.',
  },
} as const satisfies Record<string, Row>;

export type FindingCode = keyof typeof rows;
export type FindingParams = Readonly<Record<string, string | number>>;

/** One thing found in a row; `column` is the key of a column, null where it is about the row as a whole. */
export type Finding = {
  readonly column: string | null;
  readonly code: FindingCode;
  readonly params: FindingParams;
};

export const findingCodes = Object.keys(rows) as readonly FindingCode[];

export const isError = ({ code }: Pick<Finding, 'code'>): boolean => rows[code].level === 'error';

/** What a person reads of a finding. */
export function describeFinding(
  code: FindingCode,
  params: FindingParams,
  language: 'zh' | 'en',
): { readonly level: 'error' | 'warning'; readonly article: string | null; readonly text: string } {
  const row: Row = rows[code];
  const text = row[language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '—'));
  return { level: row.level, article: row.article ?? null, text };
}
