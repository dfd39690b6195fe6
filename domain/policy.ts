/**
 * 策略: what the Measures leave open or fix as a figure. A version is effective from an instant and never changes; a case
 * keeps the version it began with. Durations are business days unless `policyShape` says otherwise; amounts are fen as strings.
 */
import { DomainError } from './errors.ts';

export type Fraction = readonly [numerator: number, denominator: number];

type Definition<T> = { readonly value: T; readonly basis: string; readonly zh: string; readonly en: string };
/** The basis of a value the Measures do not state. The product shows it as an assumption, never as a rule of the Measures. */
export const ASSUMPTION = '系统默认';

const days = (value: number, zh: string, en: string): Definition<number> => ({ value, basis: ASSUMPTION, zh, en });

/** How much a part counts in the score of a year's evaluation, beside the other parts. */
const weight = (value: number, zh: string, en: string): Definition<number> => ({
  value,
  basis: ASSUMPTION,
  zh: `年度评分权重：${zh}`,
  en: `Weight in the year's score: ${en}`,
});

const definitions = {
  companyLineFen: {
    value: '20000000000',
    basis: '12',
    zh: '公司级：后续合同成交额，不低于',
    en: 'Company level: subsequent contracts of at least',
  },
  branchLineFen: {
    value: '10000000000',
    basis: '12',
    zh: '分公司级：后续合同成交额，不低于',
    en: 'Branch level: subsequent contracts of at least',
  },
  gradeFigure: {
    value: 'subsequent' as 'subsequent' | 'expected' | 'cumulative' | 'yearly',
    basis: ASSUMPTION,
    zh: '大客户确立后，与级别标准比较的合同额',
    en: 'Once established, the contract figure held against the lines of the grades',
  },
  contractSource: {
    value: 'contractDepartment' as 'contractDepartment' | 'projects',
    basis: ASSUMPTION,
    zh: '合同额有两个来源时，以何者为准',
    en: 'Where contract totals have two sources, the one that counts',
  },
  draftIdleDays: days(180, '草稿闲置后删除', 'An idle draft is deleted after'),
  endorsingDays: days(3, '单位审签', 'Endorsing'),
  screeningDays: days(3, '经营部初审', 'Screening'),
  supplementingDays: days(10, '补充材料，逾期终结', 'Supplementing, then lapsed'),
  evaluatingDays: days(5, '审核评估与会签', 'Evaluating and countersigning'),
  approvingCompanyDays: days(10, '委员会审定（公司级）', 'Approving, company level'),
  approvingBranchDays: days(5, '委员会批准（分公司级）', 'Ratifying, branch level'),
  nominatingDays: days(5, '选派客户经理；逾期由单位负责人以同样期限再办', 'Nominating; then its head as long again'),
  confirmingDays: days(5, '批准客户经理', 'Confirming the manager'),
  maxNominations: days(3, '选派未获批准达到此次数后由主任指定', 'Refused nominations before the director names'),
  appointingDays: days(5, '主任指定客户经理', 'The director names the manager'),
  admissionDays: days(3, '撤换、调整申请的受理', 'Admitting a reassignment'),
  statementDays: days(5, '被撤换方陈述，逾期继续', 'Statement of the one concerned, then it goes on'),
  handoverDays: days(10, '客户移交，逾期上报', 'Handing an account over, then escalated'),
  breachAdmissionDays: days(3, '侵权举报的受理与处理登记', 'Admitting a reported breach; recording what follows'),
  breachStatementDays: days(5, '侵权举报：被举报单位陈述，逾期继续', 'Statement of the accused unit, then it goes on'),
  membershipDays: days(3, '成员单位变更的审核与复核', 'Examining and checking a change of members'),
  firstChoiceDays: days(
    5,
    '承建首选，逐家答复，逾期视为放弃',
    'First choice of a project, unit by unit; silence leaves it',
  ),
  consultationDays: days(5, '承建协商征求意见', 'Consultation on who builds a project'),
  proposingDays: days(
    5,
    '经营部提出承建方案；主任直接决定同',
    'Proposing who builds a project; the director, where he decides, likewise',
  ),
  maxProposals: days(
    3,
    '承建方案未获通过达到此次数后由主任决定',
    'Refused proposals before the director decides who builds',
  ),
  consultDays: days(3, '征求意见', 'Opinions asked'),
  coRecommendationDays: days(5, '共同推荐答复', 'Answering a co-recommendation'),
  visitCompanyDays: days(30, '定期回访间隔（公司级管理）', 'Return visits, managed by the company, every'),
  visitBranchDays: days(60, '定期回访间隔（分公司管理）', 'Return visits, managed by a branch, every'),
  accountReportDays: days(90, '客户信息定时上报间隔', 'Reports on an account, every'),
  vacancyDays: days(7, '客户经理空缺，逐级上报间隔', 'No manager: told one level up each'),
  directorDays: days(2, '主任末位表态', "The director's own time, last"),
  ballotExtensionDays: days(5, '人数不足延期一次', 'Extension when there is no quorum'),
  runoffWithinDays: days(10, '票数相等后另行表决的期限', 'Within which a deferred matter is balloted again'),
  secondBallotDays: days(3, '选项未过半数时的第二轮表决', 'The second ballot, when no option has a majority'),
  weighingDays: days(5, '预警与建议的审议', 'Weighing a warning or proposal'),
  supervisingDays: days(3, '督办：核实措施、关闭方案', 'Supervision: confirming a measure, closing a plan'),
  overdueDays: days(
    5,
    '年度上报逾期，单位负责人、经营部各再办',
    'An overdue yearly report: its head, then the office, each',
  ),
  assessingDays: days(5, '年度评价：经营部评估', "The year's evaluation by the office"),
  reviewDecidingDays: days(10, '年度评价：委员会表决', "The year's decision by the committee"),
  planningDays: days(10, '加强攻关：制定措施方案', 'Drawing up the plan of an intensified account'),
  editionMonths: {
    value: 6,
    basis: ASSUMPTION,
    zh: '大客户名单每隔几个月编制一期',
    en: 'Months from one edition of the list to the next',
  },
  signingDays: days(5, '名单签发', 'Signing an edition of the list'),
  weightTotals: weight(25, '合同额对照级别标准', 'contract totals against the line of the grade'),
  weightPayment: weight(20, '付款', 'payment'),
  weightPerformance: weight(15, '履约', 'performance'),
  weightCooperation: weight(10, '合作', 'cooperation'),
  weightCredit: weight(15, '信用', 'credit'),
  weightVisits: weight(10, '定期回访完成', 'return visits kept'),
  weightPlanned: weight(5, '计划项目', 'planned projects'),
  intensifyFrom: {
    value: 75,
    basis: ASSUMPTION,
    zh: '年度评分不低于此数时建议加强攻关',
    en: 'A score of at least this suggests to intensify',
  },
  terminateBelow: {
    value: 35,
    basis: ASSUMPTION,
    zh: '年度评分低于此数时建议终止合作',
    en: 'A score below this suggests to terminate',
  },
  inquorateDays: days(10, '流会处理，逾期上报', 'Dealing with an inquorate ballot, then escalated'),
  approveQuorum: {
    value: [2, 3] as Fraction,
    basis: ASSUMPTION,
    zh: '审定：到会人数（应到的比例）',
    en: 'Approve: quorum of those entitled',
  },
  approveFloor: {
    value: [1, 2] as Fraction,
    basis: ASSUMPTION,
    zh: '审定：到会人数（席位的比例）',
    en: 'Approve: quorum of the seats',
  },
  ratifyQuorum: {
    value: [1, 2] as Fraction,
    basis: ASSUMPTION,
    zh: '批准：到会人数（应到的比例）',
    en: 'Ratify: quorum of those entitled',
  },
  ratifyFloor: {
    value: [1, 3] as Fraction,
    basis: ASSUMPTION,
    zh: '批准：到会人数（席位的比例）',
    en: 'Ratify: quorum of the seats',
  },
  tieBreak: {
    value: 'defer' as 'defer' | 'castingVote' | 'fail',
    basis: ASSUMPTION,
    zh: '赞成恰为半数时',
    en: 'When exactly half are for',
  },
  directorLast: {
    value: true,
    basis: ASSUMPTION,
    zh: '审定时主任末位表态',
    en: 'The director votes last when approving',
  },
  sealed: { value: true, basis: ASSUMPTION, zh: '表决结束前不公开', en: 'Votes are sealed until closing' },
  earlyApprove: {
    value: false,
    basis: ASSUMPTION,
    zh: '审定：结果已定时提前结束',
    en: 'Approve: close early when nothing can change',
  },
  earlyRatify: {
    value: true,
    basis: ASSUMPTION,
    zh: '批准：结果已定时提前结束',
    en: 'Ratify and confirm: close early when nothing can change',
  },
  checksPerDay: {
    value: 60,
    basis: ASSUMPTION,
    zh: '专属核查：每人每日可查的不同客户',
    en: 'Exclusivity checks: different clients a person a day',
  },
  checkAlarmNames: {
    value: 30,
    basis: ASSUMPTION,
    zh: '专属核查：一日查询不同客户达到此数时告警',
    en: 'Exclusivity checks: different clients in a day that raise an alarm',
  },
  checkAlarmNear: {
    value: 10,
    basis: ASSUMPTION,
    zh: '专属核查：一日近似结果达到此数时告警',
    en: 'Exclusivity checks: near misses in a day that raise an alarm',
  },
  operatorSignals: {
    value: 'refuse' as 'refuse' | 'accept',
    basis: ASSUMPTION,
    zh: '操作员以信号代办',
    en: "Decisions entered by an operator's signal",
  },
  stepUpVote: {
    value: false,
    basis: ASSUMPTION,
    zh: '表决前再次验证身份',
    en: 'Prove again who one is before a vote',
  },
  stepUpOverride: {
    value: true,
    basis: ASSUMPTION,
    zh: '管理员干预前再次验证身份',
    en: 'Prove again who one is before an override',
  },
  stepUpMinutes: {
    value: 5,
    basis: ASSUMPTION,
    zh: '一次身份验证的有效时间，登录也算',
    en: 'How long a proof of identity holds, a sign-in too',
  },
  urgeMinutes: { value: 60, basis: ASSUMPTION, zh: '两次催办的最短间隔', en: 'Shortest time between two urges' },
} as const satisfies Record<string, Definition<string | number | boolean | Fraction>>;

type Widen<T> = T extends number ? number : T extends boolean ? boolean : T extends Fraction ? Fraction : T;
export type PolicyKey = keyof typeof definitions;
export type PolicyValues = {
  readonly [K in PolicyKey]: (typeof definitions)[K] extends Definition<infer T> ? Widen<T> : never;
};
export type Policy = { readonly version: number; readonly values: PolicyValues };
/** The keys whose value is a number of business days. */
export type DaysKey = { [K in PolicyKey]: PolicyValues[K] extends number ? K : never }[PolicyKey];

export const policyDefinitions: Readonly<Record<PolicyKey, Definition<string | number | boolean | Fraction>>> =
  definitions;
export const defaultPolicy = Object.fromEntries(
  Object.entries(definitions).map(([key, definition]) => [key, definition.value]),
) as unknown as PolicyValues;

/** What the values that are a choice may be. */
export const policyChoices: Partial<Record<PolicyKey, readonly string[]>> = {
  tieBreak: ['defer', 'castingVote', 'fail'],
  operatorSignals: ['refuse', 'accept'],
  gradeFigure: ['subsequent', 'expected', 'cumulative', 'yearly'],
  contractSource: ['contractDepartment', 'projects'],
};

/** How much each part of the year's score counts; a part that is not to count weighs 0, but not all of them. */
export const scoreWeights = [
  'weightTotals',
  'weightPayment',
  'weightPerformance',
  'weightCooperation',
  'weightCredit',
  'weightVisits',
  'weightPlanned',
] as const satisfies readonly PolicyKey[];

/** Between which whole numbers a value lies, and what is said of one that does not. */
export function rangeOf(key: PolicyKey): readonly [least: number, most: number, otherwise: string] {
  if ((scoreWeights as readonly string[]).includes(key)) return [0, 100, 'notAWeight'];
  if (key === 'intensifyFrom' || key === 'terminateBelow') return [1, 100, 'notAScore'];
  return [1, 10_000, 'notACount'];
}

/** Reads a whole policy record. @throws DomainError `invalid` or `unknownField`, naming the value. */
export function parsePolicy(input: unknown): PolicyValues {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refused('values', 'notAnObject');
  const given = input as Record<string, unknown>;
  for (const key of Object.keys(given))
    if (!(key in definitions)) throw new DomainError('unknownField', { field: key }, key);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(definitions) as PolicyKey[]) result[key] = parseValue(key, given[key]);
  const values = result as unknown as PolicyValues;
  if (BigInt(values.companyLineFen) < BigInt(values.branchLineFen)) throw refused('companyLineFen', 'belowBranchLine');
  if (scoreWeights.every((key) => values[key] === 0)) throw refused(scoreWeights[0], 'noWeight');
  if (values.terminateBelow >= values.intensifyFrom) throw refused('terminateBelow', 'notBelowIntensify');
  return values;
}

function parseValue(key: PolicyKey, value: unknown): unknown {
  const standard = definitions[key].value;
  const allowed = policyChoices[key];
  if (allowed) {
    if (typeof value === 'string' && allowed.includes(value)) return value;
    throw refused(key, allowed.join(' | '));
  }
  if (typeof standard === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw refused(key, 'notABoolean');
  }
  if (typeof standard === 'number') {
    const [least, most, otherwise] = rangeOf(key);
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value;
    throw refused(key, otherwise);
  }
  if (typeof standard === 'string') {
    if (typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value)) return value;
    throw refused(key, 'notAnAmount');
  }
  const pair = value as unknown[];
  const sound =
    Array.isArray(value) && pair.length === 2 && pair.every((n) => Number.isInteger(n) && (n as number) > 0);
  if (sound && (pair[0] as number) <= (pair[1] as number)) return [pair[0], pair[1]];
  throw refused(key, 'notAFraction');
}

const refused = (field: string, reason: string) => new DomainError('invalid', { field, reason }, field);
