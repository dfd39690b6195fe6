import type { Request } from 'express';
import { z } from 'zod';
import type { BreachState } from '../domain/breach.ts';
import type { MembershipState } from '../domain/membership.ts';
import type { ReassignmentState } from '../domain/reassignment.ts';
import type { RecommendationState } from '../domain/recommendation.ts';

export type Language = 'zh' | 'en';

/** By Accept-Language; Chinese when the caller does not say. */
export const languageOf = (request: Request): Language => (request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh');

/** Words zod's messages in a language, for one parse. */
export const wording = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError } as const;

type Words = { readonly zh: string; readonly en: string };

/** What stands in a refusal as a code: why, and who is needed. Every code of `DomainError` params that people read. */
const reasons: Readonly<Record<string, Words>> = {
  length: { zh: '应为18位', en: 'it has 18 characters' },
  alphabet: { zh: '含有不允许的字符', en: 'it holds a character that is not allowed' },
  check: { zh: '校验位不符', en: 'its check character does not fit' },
  negative: { zh: '不能为负数', en: 'it is negative' },
  finerThanFen: { zh: '不能细于1分', en: 'it is finer than 0.01 yuan' },
  tooLarge: { zh: '过大', en: 'it is too large' },
  notANumber: { zh: '不是数字', en: 'it is not a number' },
  twice: { zh: '有重复', en: 'one is named twice' },
  twoDecimals: { zh: '须带两位小数', en: 'it is written with two decimals' },
  notLater: { zh: '须晚于当前时间', en: 'it must lie in the future' },
  notYet: { zh: '不能晚于今天，请在生效当日登记', en: 'it lies in the future: enter it on the day it takes effect' },
  noUnit: { zh: '没有这个单位', en: 'there is no such unit' },
  noRegion: { zh: '没有这个行政区划', en: 'there is no such region' },
  itself: { zh: '不能是它自己', en: 'it cannot be itself' },
  underItself: { zh: '不能隶属于自己或下级单位', en: 'a unit cannot stand under itself or a unit below it' },
  headquartersOnTop: { zh: '只有公司总部没有上级单位', en: 'headquarters alone stands under nobody' },
  beforeFirst: { zh: '结束日期不能早于开始日期', en: 'it ends before it begins' },
  past: { zh: '不能早于今天', en: 'it has passed already' },
  afterToday: { zh: '须晚于今天', en: 'it must be after today' },
  withinAYear: { zh: '不能超过一年', en: 'it is more than a year from now' },
  overlaps: { zh: '与已登记的请假重叠', en: 'it overlaps an absence entered before' },
  tooLong: { zh: '时间过长', en: 'it is too long' },
  tooDeep: { zh: '嵌套过深', en: 'it is nested too deeply' },
  unstorable: { zh: '含有不可用的字符', en: 'it holds a character that cannot be stored' },
  nextCursor: { zh: '须用上一页返回的 nextCursor', en: 'it is the nextCursor of the page before' },
  keyLength: { zh: '须为 8 至 200 个字符', en: 'it has 8 to 200 characters' },
  noFileName: { zh: '文件名不可用', en: 'its name cannot be that of a file' },
  notASignal: { zh: '信号内容不完整或无法读取', en: 'the signal is incomplete or cannot be read' },
  notOffered: { zh: '此待办没有这种办理方式', en: 'this task is not answered like that' },
  anotherPerson: { zh: '须为登录者本人', en: 'it must be the person who is signed in' },
  atProvider: { zh: '此登录方式须在登录平台验证', en: 'this way of signing in proves who you are at its provider' },
  roleOfAUnit: { zh: '此角色须指明单位', en: 'this role is held in a unit: name it' },
  roleOfNoUnit: { zh: '此角色不属于某个单位', en: 'this role is held in no unit' },
  unknownField: { zh: '不认识的字段', en: 'no such field is known' },
  notAVersion: { zh: '版本须为 1 至 100 个字符', en: 'a version has 1 to 100 characters' },
  notAnObject: { zh: '须为对象', en: 'it must be an object' },
  notAList: { zh: '须为列表', en: 'it must be a list' },
  notABoolean: { zh: '须为是或否（true、false）', en: 'it must be true or false' },
  notACount: { zh: '须为 1 至 10000 的整数', en: 'it must be a whole number from 1 to 10000' },
  notAWeight: { zh: '须为 0 至 100 的整数', en: 'it must be a whole number from 0 to 100' },
  notAScore: { zh: '须为 1 至 100 的整数', en: 'it must be a whole number from 1 to 100' },
  noWeight: {
    zh: '年度评分的权重不能全部为 0，至少一项须计入',
    en: 'the weights of the year’s score are all 0: at least one part must count',
  },
  notBelowIntensify: {
    zh: '建议终止合作的分数须低于建议加强攻关的分数',
    en: 'the score that suggests to terminate must lie below the one that suggests to intensify',
  },
  notAnAmount: { zh: '须为以分计的金额，只含数字', en: 'it must be an amount in fen, digits only' },
  notAFraction: {
    zh: '须为大于 0、不超过 1 的分数（分子、分母）',
    en: 'it must be a fraction [numerator, denominator] above 0 and at most 1',
  },
  belowBranchLine: { zh: '不能低于分公司级标准', en: 'it must not lie below the branch-level line' },
  noYears: { zh: '没有任何年份', en: 'it holds no year' },
  notAYear: { zh: '不是年份', en: 'it is not a year' },
  notADay: { zh: '不是日期', en: 'it is not a day' },
  otherYear: { zh: '不在该年内', en: 'it lies in another year' },
  unreadableTable: {
    zh: '不是可读取的 .xlsx 或 .csv 表格（可能已损坏或加密）',
    en: 'it is no .xlsx or .csv table that can be read (it may be damaged or have a password)',
  },
  noSheet: { zh: '文件中没有这个工作表', en: 'the file has no such sheet' },
  company: { zh: '公司级', en: 'company level' },
  branch: { zh: '分公司级', en: 'branch level' },
  empty: { zh: '文件为空', en: 'the file is empty' },
  repeated: { zh: '有重复', en: 'something is named twice' },
  exists: { zh: '已存在', en: 'it exists already' },
  notInFuture: { zh: '须晚于当前时间', en: 'it must lie in the future' },
  oneOwner: { zh: '文件只能属于一个事项或一次回访', en: 'a file belongs to one case or one visit' },
  notOfThisCase: { zh: '不是本事项的附件', en: 'it is no file of this case' },
  notADepartment: { zh: '不是总部部门', en: 'it is no department of headquarters' },
  inactive: { zh: '不是在职人员', en: 'this person is not in office' },
  yourself: { zh: '是您本人', en: 'it is you yourself' },
  ofRecommendingUnit: { zh: '属于推荐单位', en: 'this person is of the recommending unit' },
  notOfRecommendingUnit: { zh: '不属于推荐单位', en: 'this person is not of the recommending unit' },
  notOfYourUnit: { zh: '不属于您的单位', en: 'this person is not of your unit' },
  alreadyManager: { zh: '已是该大客户的客户经理', en: 'this person is a manager of this account already' },
  refusedBefore: { zh: '委员会在本事项中已不予批准', en: 'the committee has refused this person in this case' },
  recused: { zh: '已回避', en: 'you are recused' },
  checkedByAnother: { zh: '须由另一人复核', en: 'whoever did the first half may not check it' },
  ownSubmission: { zh: '经办人不能审签自己提交的事项', en: 'nobody endorses what he himself submitted' },
  ownUnitMatter: {
    zh: '提出单位人员不参与本单位事项的审核',
    en: 'persons of the unit that put it forward do not examine it',
  },
  notABranch: { zh: '不是公司总部或分公司', en: 'it is neither headquarters nor a branch' },
  departsFromChoice: {
    zh: '方案与首选单位不一致（办法第七条第二款）',
    en: 'the proposal departs from the first choice (Article 7.2)',
  },
  outsideTerritory: {
    zh: '客户不在本单位管辖区域（办法第七条第一款）',
    en: 'the client lies outside your unit’s territory (Article 7.1)',
  },
  ownLeave: { zh: '不能办理本人离任', en: 'nobody records his own leaving' },
  ownRole: { zh: '不能给自己授权', en: 'nobody gives himself a role' },
  ownAppointment: { zh: '不能答复关于本人的提议', en: 'nobody answers a proposal about himself' },
  ownAdministration: {
    zh: '不能终止本人的管理员角色，须由另一名管理员办理',
    en: 'nobody ends an administration of his own: another administrator does',
  },
  roleHeld: { zh: '此人已有这一角色', en: 'this person has the role already' },
  inPast: { zh: '不得早于今日', en: 'it must not lie before today' },
  laterByTwo: {
    zh: '日后生效的席位变动须由两名管理员共同办理（系统默认），请在“双人处置”提议',
    en: 'what changes a seat on a later day takes two administrators (assumption): propose it under "Under two persons"',
  },
  deputyIsAbsent: { zh: '是请假人本人', en: 'this person is the one who is away' },
  deputyOfUnit: {
    zh: '代为登记时，代理人须是请假人本单位的其他人员',
    en: 'entered for somebody, the deputy is another person of his unit',
  },
  administratorIdentity: {
    zh: '管理员不关联外部账号，请使用由两名管理员分别发放密码的本系统账号',
    en: 'administrators are not linked to outside accounts; they use local accounts whose passwords two administrators give out',
  },
  ownIdentity: { zh: '不能关联或解除本人的外部账号', en: 'nobody links or unlinks his own outside account' },
  ownRecord: { zh: '不能变更本人', en: 'nobody changes his own record' },
  ownAccount: {
    zh: '本人的账号须由另一名安全保密管理员办理',
    en: 'another security administrator gives out one’s own account',
  },
  otherHalf: {
    zh: '一次性密码的后半段须由另一名管理员领取',
    en: 'the second half of a one-time password is another administrator’s to take',
  },
  twoAdministrators: {
    zh: '三员分立：系统管理员与安全保密管理员须为两人',
    en: 'system administrator and security administrator are two people',
  },
  ownSeat: { zh: '不能给自己安排席位', en: 'nobody gives himself a seat' },
  administratorSeated: { zh: '有席位的管理员不调整席位', en: 'an administrator who holds a seat changes none' },
  administratorConcerned: {
    zh: '本单位、有席位或已参与办理的管理员不处置本事项',
    en: 'an administrator of its unit, with a seat, or who has worked on it, does not dispose of it',
  },
  officersHoldNoSeat: { zh: '管理员和审计员不担任委员', en: 'administrators and auditors hold no seat' },
  threeOfficers: {
    zh: '三员分立：同一人不得兼任',
    en: 'system administrator, security administrator and auditor are different persons',
  },
  nobodyNamed: { zh: '没有指定替补', en: 'no substitute was named' },
  namedBefore: { zh: '已指定过替补', en: 'substitutes were named before' },
  seatNotFree: { zh: '席位并未空缺或回避', en: 'the seat is neither vacant nor recused' },
  onRoll: { zh: '已在表决名册中', en: 'this person is on the roll already' },
  concerned: { zh: '与本事项有关', en: 'this person is concerned in the matter' },
  seatUnknown: { zh: '名册中没有此席位', en: 'no such seat is on the roll' },
  seatTwice: { zh: '席位重复', en: 'a seat is named twice' },
  recusalDiffers: { zh: '与回避记录不符', en: 'it differs from the recusals on record' },
  seatVacant: { zh: '席位已空缺，只能记为缺席', en: 'the seat is vacant and can only be absent' },
  noOwnVote: { zh: '此人没有本人表决', en: 'this person gave no vote of his own' },
  submitter: { zh: '经办人', en: 'the submitter' },
  unitHead: { zh: '单位负责人', en: 'the head of the unit' },
  marketingDeputy: { zh: '主管营销副经理', en: 'its deputy for marketing' },
  office: { zh: '经营部', en: 'the office' },
  officeHead: { zh: '经营部负责人', en: 'the head of the office' },
  dataClerk: { zh: '资料管理员', en: 'a data clerk' },
  systemAdmin: { zh: '系统管理员', en: 'the system administrator' },
  securityAdmin: { zh: '安全保密管理员', en: 'the security administrator' },
  auditor: { zh: '审计员', en: 'the auditor' },
  holder: { zh: '办理人', en: 'who holds the task' },
  uploader: { zh: '上传人', en: 'who uploaded it' },
  askOffice: { zh: '请与经营部联系', en: 'ask the office' },
  reasonMissing: {
    zh: '与评分建议不同，或不按合同额调整级别的，须说明理由',
    en: 'it departs from what the score suggests, or leaves a grade that the totals do not give: say why',
  },
  unknownClient: { zh: '不是登记在册的另一客户', en: 'it is no other client of the register' },
  unknownUnit: { zh: '没有这个单位', en: 'there is no such unit' },
  holdsAccount: { zh: '该单位正在对接此大客户', en: 'this unit holds the account' },
  inFuture: { zh: '日期还没有到', en: 'this day has not come yet' },
  severityOfWarning: {
    zh: '风险预警须填写程度，其他类别不填',
    en: 'a risk warning has a severity, and nothing else has',
  },
  successorOfMerger: {
    zh: '合并须填写承接单位，其他情形不填',
    en: 'a merger names who takes over, and nothing else does',
  },
  worksOnAccount: {
    zh: '该大客户的对接人员、经营部或委员会',
    en: 'those who work on this account, the office, the committee',
  },
  keepsAccount: {
    zh: '客户经理、对接单位负责人或经营部',
    en: 'the account manager, the holding unit’s head, the office',
  },
  managerOrHead: { zh: '专职客户经理或对接单位负责人', en: 'the account manager or the holding unit’s head' },
  notOfHoldingUnit: { zh: '不属于对接单位', en: 'this person is not of a holding unit' },
  replaced: { zh: '正是被更换的客户经理', en: 'this is the manager who is being replaced' },
  oneForEachAccount: { zh: '须为每个大客户各指定一人', en: 'one manager is named for each of the accounts' },
  notOpen: { zh: '不在待确认之列', en: 'it is none that is still to be ticked' },
  required: { zh: '必填', en: 'it is required' },
  onlyWithUnit: { zh: '仅更换推荐单位时填写', en: 'it is given only where the unit is replaced' },
  severalUnits: { zh: '涉及多个单位，请指明单位', en: 'several units are concerned: name one' },
  onlyCoHolding: {
    zh: '仅共同推荐可以终止，推荐单位只能更换',
    en: 'a co-holding alone may end; the recommending unit is replaced',
  },
  noOtherUnit: { zh: '不是另一个现有单位', en: 'it is no other unit that is there' },
  committee: { zh: '委员会委员', en: 'a member of the committee' },
  worksOnCase: { zh: '本事项办理人员', en: 'those who work on this case' },
};

/** Where a case stands, as the console names it (web/locales). */
const states: Readonly<Record<RecommendationState | ReassignmentState | BreachState | MembershipState, Words>> = {
  draft: { zh: '草稿', en: 'Draft' },
  endorsing: { zh: '单位审签', en: 'Endorsement by the unit' },
  screening: { zh: '经营部初审', en: 'Screening by the office' },
  supplementing: { zh: '补充材料', en: 'Supplement' },
  evaluating: { zh: '审核评估', en: 'Evaluation' },
  approving: { zh: '委员会表决', en: 'Ballot of the committee' },
  nominating: { zh: '选派客户经理', en: 'Nominating the manager' },
  confirming: { zh: '批准客户经理', en: 'Confirming the manager' },
  established: { zh: '已确立', en: 'Established' },
  rejected: { zh: '未通过', en: 'Rejected' },
  ineligible: { zh: '不符合标准', en: 'Ineligible' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  lapsed: { zh: '逾期终结', en: 'Lapsed' },
  admission: { zh: '受理审查', en: 'Admission' },
  statement: { zh: '陈述意见', en: 'Statement' },
  removing: { zh: '撤换表决', en: 'Ballot on the removal' },
  hearing: { zh: '听取陈述', en: 'Hearing' },
  ending: { zh: '终止表决', en: 'Ballot on the end' },
  handover: { zh: '工作交接', en: 'Handover' },
  completed: { zh: '已办结', en: 'Completed' },
  dismissed: { zh: '不予调整', en: 'Dismissed' },
  deciding: { zh: '委员会表决', en: 'Ballot of the committee' },
  concluding: { zh: '登记处理结果', en: 'Recording what follows' },
  upheld: { zh: '侵权成立', en: 'Upheld' },
  unfounded: { zh: '不成立', en: 'Unfounded' },
  examining: { zh: '经营部审核', en: 'Examination by the office' },
  checking: { zh: '复核', en: "Second person's check" },
  changed: { zh: '已变更', en: 'Changed' },
  refused: { zh: '未同意', en: 'Refused' },
};

/** A lifecycle's state in words; one of a process that has none here is given back as it is. */
export const stateInWords = (state: string, language: Language): string =>
  (states as Readonly<Record<string, Words>>)[state]?.[language] ?? state;

/** Codes in words, several with commas between; what is no code, such as an id beside one, is given back as it is. */
export function wordsOf(codes: string, language: Language): string {
  const worded = codes.split(', ').map((part) =>
    part
      .split(' ')
      .map((code) => reasons[code]?.[language] ?? code)
      .join(' ')
      .trim(),
  );
  return worded.join(language === 'zh' ? '、' : ', ');
}
