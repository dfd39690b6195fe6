import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { AccountView } from '../../api/contract/accounts.ts';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import type { ReviewOfYear } from '../../api/contract/reviews.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { pick } from '../support/answering.ts';
import { desktop, phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { wrongInAnyLook } from '../support/looks.ts';
import { everySeat, others, type Persons } from '../support/persons.ts';
import { takenOver } from '../support/takenOver.ts';
import { underReview } from '../support/underReview.ts';

/** Where the documentation's pictures are made anew; only with WRITE_PICTURES=1. */
const pictureFolder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const writesPictures = process.env.WRITE_PICTURES === '1';

type Cases = Readonly<
  Record<
    | 'draft'
    | 'screening'
    | 'approving'
    | 'established'
    | 'account'
    | 'client'
    | 'coHolder'
    | 'allocation'
    | 'warned'
    | 'weighing'
    | 'carriedOut'
    | 'leaving'
    | 'leavingAccount'
    | 'toReport'
    | 'toEndorse'
    | 'evaluated'
    | 'pulledOut',
    string
  >
>;
type Place = {
  readonly what: string;
  /** Who looks; nobody is signed in where this is missing. */
  readonly as?: string;
  readonly path: (cases: Cases) => string;
  /** What is there once the page has what it shows. */
  readonly shows: (page: Page) => Locator;
  /** What is done there before it is looked at. */
  readonly acts?: (page: Page) => Promise<void>;
  /** The documentation's pictures of it, in Chinese and light: name and size. */
  readonly pictures?: Readonly<Record<string, typeof desktop>>;
  /** The part of the page that is pictured; else what its window shows. */
  readonly pictured?: (page: Page) => Locator;
};

/** The assessment year whose review is open. */
const reviewed = assessmentYear(Date.now());

const region = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true }).first();
const card = (page: Page) => page.locator('a.card').first();
const row = (page: Page) => page.locator('tbody tr').first();

/** Opens the dialog of a button. */
const dialogBy = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).click();
  await page.getByRole('dialog').locator('input[type=file]').waitFor({ state: 'attached' });
};

const places: readonly Place[] = [
  {
    what: 'sign-in',
    path: () => '/sign-in',
    shows: (page) => page.locator('.people button').first(),
    pictures: { 'sign-in': desktop },
  },
  { what: 'inbox', as: 'office-clerk-1', path: () => '/inbox?box=group', shows: card, pictures: { inbox: desktop } },
  {
    what: 'inbox with several chosen',
    as: 'office-clerk-2',
    path: () => '/inbox?box=group',
    shows: card,
    acts: async (page) => {
      const screening = page.getByRole('row', { name: '经营部初审' }).getByRole('checkbox');
      await screening.first().check();
      await screening.nth(1).check();
      await page.getByRole('region', { name: '批量办理' }).waitFor();
    },
  },
  {
    what: 'empty inbox',
    as: 'auditor',
    path: () => '/inbox',
    shows: (page) => page.getByRole('main').getByText('暂无待办'),
  },
  { what: 'cases', as: 'director', path: () => '/cases', shows: card, pictures: { cases: desktop } },
  {
    what: 'case with a vote',
    as: 'vice-director-1',
    path: ({ approving }) => `/cases/${approving}`,
    shows: region('待办：委员会表决'),
    pictures: { ballot: desktop, 'ballot-phone': phone },
  },
  {
    what: 'case to be screened',
    as: 'office-clerk-1',
    path: ({ screening }) => `/cases/${screening}`,
    shows: region('待办：经营部初审'),
    pictures: { screening: desktop },
  },
  {
    what: 'case that has ended',
    as: 'director',
    path: ({ established }) => `/cases/${established}`,
    shows: region('审定表决（第 1 轮）'),
    pictures: { case: desktop },
  },
  {
    what: 'approval form',
    as: 'director',
    path: ({ established }) => `/cases/${established}/form`,
    shows: (page) => page.getByRole('article'),
  },
  {
    what: 'case without its contents',
    as: 'system-admin',
    path: ({ approving }) => `/cases/${approving}`,
    shows: region('办理过程'),
  },
  {
    what: 'new recommendation',
    as: 'central-submitter',
    path: () => '/recommendations/new',
    shows: (page) => page.getByLabel('单位名称'),
    pictures: { 'new-recommendation': desktop },
  },
  {
    what: 'form',
    as: 'central-submitter',
    path: ({ draft }) => `/recommendations/${draft}`,
    shows: region('提交推荐'),
    pictures: { form: desktop },
  },
  {
    what: 'form to be read',
    as: 'central-submitter',
    path: ({ established }) => `/recommendations/${established}`,
    shows: (page) => page.getByText('仅供查看'),
  },
  {
    what: 'dashboard',
    as: 'director',
    path: () => '/dashboard',
    shows: region('管辖区域与大客户'),
    pictures: { dashboard: desktop },
  },
  {
    what: 'territories of the dashboard',
    as: 'director',
    path: () => '/dashboard',
    shows: region('管辖区域与大客户'),
    pictures: { 'dashboard-map': desktop },
    pictured: region('管辖区域与大客户'),
  },
  { what: 'dashboard of an overseer', as: 'auditor', path: () => '/dashboard', shows: region('管辖区域与大客户') },
  {
    what: 'dashboard of an account manager',
    as: 'central-manager',
    path: () => '/dashboard',
    shows: region('我负责的大客户'),
  },
  { what: 'desk of an account manager', as: 'central-manager', path: () => '/desk', shows: region('本周要办') },
  {
    what: 'desk of a unit',
    as: 'central-head',
    path: () => '/desk?part=unit',
    shows: region('各客户经理'),
    pictures: { desk: desktop },
  },
  { what: 'desk of the committee', as: 'director', path: () => '/desk?part=company', shows: region('各单位') },
  {
    what: 'mine of an account manager',
    as: 'central-manager',
    path: () => '/me',
    shows: (page) => page.getByText('负责 5 家大客户'),
  },
  {
    what: 'dashboard without figures',
    as: 'finance-expert',
    path: () => '/dashboard',
    shows: (page) => page.getByText('您目前没有这些职务'),
  },
  { what: 'accounts', as: 'central-head', path: () => '/accounts', shows: row, pictures: { accounts: desktop } },
  {
    what: 'account',
    as: 'central-head',
    path: ({ account }) => `/accounts/${account}`,
    shows: (page) => page.getByText('二期十二月招标'),
    pictures: { account: desktop },
  },
  {
    what: 'visits of an account as a calendar',
    as: 'central-manager',
    path: ({ account }) => `/accounts/${account}`,
    shows: region('回访日历'),
    acts: async (page) => {
      await page.setViewportSize(phone);
      await page.evaluate("document.querySelector('.visit-calendar').scrollIntoView({ block: 'center' })");
    },
    pictures: { 'calendar-phone': phone },
  },
  ...(['warnings', 'plans'] as const).map((part) => ({
    what: `account: ${part}`,
    as: 'central-manager',
    path: ({ warned }: Cases) => `/accounts/${warned}?part=${part}`,
    shows: (page: Page) => page.getByText('已完成 0/2 项'),
    ...(part === 'plans' ? { pictures: { plan: desktop } } : {}),
  })),
  {
    what: 'a warning or proposal to be raised',
    as: 'central-manager',
    path: ({ warned }) => `/accounts/${warned}?part=warnings`,
    shows: region('预警与建议'),
    acts: async (page) => {
      await page.getByRole('button', { name: '提出预警或建议' }).click();
      await page.getByRole('dialog').getByLabel('依据和情况').waitFor();
    },
  },
  {
    what: 'a warning to be weighed',
    as: 'office-clerk-1',
    path: ({ weighing }) => `/cases/${weighing}`,
    shows: region('待办：审议预警与建议'),
    acts: async (page) => {
      await page.getByRole('button', { name: '再加一项措施' }).click();
      const second = page.getByRole('group', { name: '措施 2' });
      await pick(second, page, '负责人', '华中分公司客户经理甲');
    },
  },
  {
    what: 'measures of a case to be carried out',
    as: 'central-manager',
    path: ({ carriedOut }) => `/cases/${carriedOut}`,
    shows: region('待办：落实措施'),
  },
  {
    what: 'editions of the list',
    as: 'office-clerk-1',
    path: () => '/editions',
    shows: region('下一期：第2期'),
    acts: async (page) => page.getByText('查看这 4 户').click(),
  },
  {
    what: 'an edition to be begun',
    as: 'office-clerk-1',
    path: () => '/editions',
    shows: region('下一期：第2期'),
    acts: async (page) => {
      await page.getByRole('button', { name: '编制新一期名单' }).click();
      await page.getByRole('dialog').getByLabel('更正哪一期').waitFor();
    },
  },
  {
    what: 'an edition of the list',
    as: 'director',
    path: () => '/editions/1',
    shows: region('公司级大客户名单'),
    acts: async (page) => page.getByText('核验信息').click(),
    pictures: { edition: desktop },
  },
  {
    what: 'yearly report to be filled in',
    as: 'central-manager',
    path: ({ toReport }) => `/cases/${toReport}/yearly-report`,
    shows: region('年度情况'),
    acts: async (page) => {
      await page.setViewportSize(phone);
      await page.getByLabel(/^规模/).fill('特大型');
      await page.locator('.report-before').first().waitFor();
      await page.evaluate("document.querySelector('.report-before').scrollIntoView({ block: 'center' })");
    },
    pictures: { 'report-phone': phone },
  },
  {
    what: 'yearly report to be endorsed',
    as: 'central-head',
    path: ({ toEndorse }) => `/cases/${toEndorse}/yearly-report`,
    shows: region('待办：审签年度上报'),
  },
  { what: 'supervision', as: 'office-clerk-1', path: () => '/supervision', shows: row },
  { what: 'annual reviews', as: 'director', path: () => '/campaigns', shows: row },
  {
    what: 'annual review',
    as: 'auditor',
    path: () => `/campaigns/${reviewed}`,
    shows: row,
    pictures: { campaign: desktop },
  },
  {
    what: 'annual review to be paused',
    as: 'office-clerk-2',
    path: () => `/campaigns/${reviewed}`,
    shows: row,
    acts: async (page) => {
      await page.getByRole('button', { name: '暂停' }).click();
      await page.getByRole('dialog').getByLabel('理由').waitFor();
    },
  },
  {
    what: 'review to be evaluated, with its score',
    as: 'office-clerk-1',
    path: ({ evaluated }) => `/cases/${evaluated}`,
    shows: (page) => page.getByRole('list', { name: '各项得分' }),
  },
  {
    what: 'review to be decided, pulled out by a member and with a dissent',
    as: 'vice-director-1',
    path: ({ pulledOut }) => `/cases/${pulledOut}`,
    shows: region('不同意见'),
    pictures: { 'review-phone': phone },
  },
  {
    what: 'agenda of the annual review',
    as: 'vice-director-1',
    path: () => `/campaigns/${reviewed}/agenda`,
    shows: region('可一并维持现状'),
    pictures: { agenda: desktop },
  },
  {
    what: 'accounts to be maintained in one act',
    as: 'vice-director-2',
    path: () => `/campaigns/${reviewed}/agenda`,
    shows: region('可一并维持现状'),
    acts: async (page) => {
      await page.getByRole('button', { name: '全选' }).click();
      await page.getByRole('button', { name: '所选客户维持现状' }).click();
      await page.getByRole('dialog').getByRole('list').waitFor();
    },
  },
  {
    what: 'results of a bulk vote, one refused',
    as: 'east-head',
    path: () => `/campaigns/${reviewed}/agenda`,
    shows: (page) => region('批量表决结果')(page).getByText('未表决 1 户'),
  },
  {
    what: 'report of the annual review',
    as: 'auditor',
    path: () => `/campaigns/${reviewed}/report`,
    shows: region('各级别评价结果'),
  },
  {
    what: 'a choice among options',
    as: 'vice-director-1',
    path: ({ leaving }) => `/cases/${leaving}`,
    shows: region('选项表决（第 1 轮）'),
    pictures: { 'choice-phone': phone },
  },
  { what: 'kinds of operation', as: 'office-clerk-1', path: () => '/operation-kinds', shows: region('二次经营') },
  {
    what: 'a kind of operation to be added',
    as: 'office-clerk-1',
    path: () => '/operation-kinds',
    shows: region('三次经营'),
    acts: async (page) => {
      await region('三次经营')(page).getByRole('button', { name: '新增类别' }).click();
      await page.getByRole('dialog').getByLabel('中文名称').waitFor();
    },
  },
  { what: 'check of a client', as: 'east-submitter', path: () => '/exclusivity', shows: region('核查') },
  {
    what: 'answer of a check',
    as: 'east-submitter',
    path: () => '/exclusivity',
    shows: region('核查'),
    acts: async (page) => {
      await page.getByLabel('客户名称').fill('武汉示例未名城建集团有限公司');
      await page.getByRole('button', { name: '核查并取得回执' }).click();
      await page.getByRole('region', { name: '核查结果' }).waitFor();
    },
  },
  { what: 'receipts', as: 'office-clerk-1', path: () => '/exclusivity?part=all', shows: card },
  {
    what: 'near names',
    as: 'office-clerk-1',
    path: () => '/exclusivity?part=near',
    shows: (page) => page.getByRole('main').getByText('待判定').first(),
  },
  { what: 'receipt to be verified', as: 'auditor', path: () => '/exclusivity?part=verify', shows: region('验证回执') },
  {
    what: 'group',
    as: 'central-head',
    path: ({ account }) => `/accounts/${account}?part=group`,
    shows: region('成员单位'),
  },
  {
    what: 'reports on an account',
    as: 'central-manager',
    path: ({ account }) => `/accounts/${account}?part=reports`,
    shows: (page) => page.getByText('定期回访').first(),
  },
  ...(['marketing', 'holdings', 'timeline'] as const).map((part) => ({
    what: `account: ${part}`,
    as: 'central-manager',
    path: ({ account }: Cases) => `/accounts/${account}?part=${part}`,
    shows: (page: Page) => page.getByRole('main').getByRole('listitem').first(),
  })),
  {
    what: 'co-holders of an account, and one to be proposed',
    as: 'director',
    path: ({ account }) => `/accounts/${account}?part=coHolders`,
    shows: region('共同推荐单位与客户经理'),
    acts: dialogBy('提议增加'),
  },
  {
    what: 'who builds an account’s projects',
    as: 'central-head',
    path: ({ account }) => `/accounts/${account}?part=allocations`,
    shows: (page) => page.getByText('示例新城综合体'),
  },
  {
    what: 'a mid-year exit to be put forward',
    as: 'central-head',
    path: ({ account }) => `/accounts/${account}?part=warnings`,
    shows: region('预警与建议'),
    acts: dialogBy('提出年中退出'),
  },
  {
    what: 'a breach to be reported',
    as: 'central-head',
    path: ({ account }) => `/accounts/${account}?part=group`,
    shows: region('成员单位'),
    acts: dialogBy('举报侵权'),
  },
  {
    what: 'case about a co-holder, with a vote',
    as: 'vice-director-1',
    path: ({ coHolder }) => `/cases/${coHolder}`,
    shows: region('事项内容'),
  },
  {
    what: 'case about who builds a project',
    as: 'central-head',
    path: ({ allocation }) => `/cases/${allocation}`,
    shows: (page) => page.getByText('其他单位管辖区域'),
  },
  {
    what: 'a visit to be entered',
    as: 'central-manager',
    path: ({ account }) => `/accounts/${account}/visits/new`,
    shows: (page) => page.getByRole('checkbox').first(),
    pictures: { 'visit-phone': phone },
  },
  {
    what: 'visits of a manager',
    as: 'central-manager',
    path: () => '/visits',
    shows: region('我的营销任务'),
    pictures: { visits: desktop },
  },
  {
    what: 'visits of nobody’s manager',
    as: 'director',
    path: () => '/visits',
    shows: (page) => page.getByText('您目前没有负责'),
  },
  { what: 'policy', as: 'office-head', path: () => '/policy', shows: row, pictures: { policy: desktop } },
  { what: 'people', as: 'director', path: () => '/people', shows: row, pictures: { people: desktop } },
  { what: 'mine', as: 'director', path: () => '/me', shows: row, pictures: { mine: desktop } },
  {
    what: 'accounts to sign in with',
    as: 'security-admin',
    path: () => '/local-accounts',
    shows: (page) => page.getByRole('button', { name: '发放账号' }),
  },
  {
    what: 'import',
    as: 'data-clerk',
    path: () => '/imports',
    shows: region('导入表格'),
    acts: async (page) => {
      const buffer = Buffer.from('单位名称,级别,推荐单位\n岭南示例集团有限公司,公司级,无此分公司\n');
      await page.locator('input[type=file]').setInputFiles({ name: '台账.csv', mimeType: 'text/csv', buffer });
      await region('检查报告')(page).waitFor();
    },
  },
  { what: 'clients', as: 'office-clerk-1', path: () => '/clients', shows: card },
  { what: 'client', as: 'office-clerk-1', path: ({ client }) => `/clients/${client}`, shows: region('信息档案') },
  { what: 'policy versions', as: 'director', path: () => '/policy?part=versions', shows: region('第 1 版') },
  { what: 'policy compared', as: 'director', path: () => '/policy?part=compare', shows: region('比较') },
  { what: 'new policy', as: 'office-head', path: () => '/policy/new', shows: region('级别标准') },
  {
    what: 'no policy to come',
    as: 'director',
    path: () => '/policy?part=foresight',
    shows: (page) => page.getByText('目前没有待生效的版本'),
  },
  {
    what: 'what new values would change',
    as: 'office-head',
    path: () => '/policy/new',
    shows: region('级别标准'),
    acts: async (page) => {
      await page.getByLabel(/^分公司级：/).fill('19000');
      await page.getByLabel(/^年度评分不低于此数/).fill('100');
      await page.getByLabel(/^年度评分低于此数/).fill('99');
      await page.getByRole('button', { name: '看看将会改变什么' }).click();
      await page.locator('.foresight-sides').first().waitFor();
    },
  },
  { what: 'calendars', as: 'office-clerk-1', path: () => '/calendars', shows: region('导入日历') },
  { what: 'seats to appoint', as: 'security-admin', path: () => '/people', shows: row },
  { what: 'persons', as: 'system-admin', path: () => '/people?part=persons', shows: row },
  { what: 'units', as: 'system-admin', path: () => '/people?part=units', shows: card },
  { what: 'person', as: 'security-admin', path: () => '/people/central-head', shows: region('角色与席位') },
  {
    what: 'a manager whose accounts are all to be reassigned',
    as: 'office-clerk-1',
    path: () => '/people/central-manager',
    shows: region('角色与席位'),
    acts: dialogBy('调整名下大客户（5 户）'),
  },
  { what: 'unit', as: 'system-admin', path: () => '/units/central', shows: region('管辖区域') },
  { what: 'delegations', as: 'director', path: () => '/delegations', shows: region('委托') },
  { what: 'absences', as: 'office-clerk-1', path: () => '/delegations?part=absences', shows: region('全公司请假') },
  { what: 'more', as: 'director', path: () => '/more', shows: card },
  {
    what: 'overview of the system administrator',
    as: 'system-admin',
    path: () => '/overview',
    shows: (page) => page.getByText('所有事项与其流程一致'),
  },
  {
    what: 'overview of the security administrator',
    as: 'security-admin',
    path: () => '/overview',
    shows: (page) => page.getByText('没有等您确认的提议'),
  },
  { what: 'overview of the auditor', as: 'auditor', path: () => '/overview', shows: region('封存与核验') },
  {
    what: 'what needs attention',
    as: 'system-admin',
    path: () => '/workflows',
    shows: (page) => page.getByText('所有事项与其流程一致'),
  },
  {
    what: 'workflows',
    as: 'system-admin',
    path: () => '/workflows?part=all',
    shows: row,
    pictures: { workflows: desktop },
  },
  {
    what: 'proposals',
    as: 'security-admin',
    path: () => '/proposals',
    shows: (page) => page.getByText('没有待确认的提议'),
  },
  { what: 'health', as: 'system-admin', path: () => '/health', shows: row },
  { what: 'roles', as: 'security-admin', path: () => '/roles', shows: row },
  { what: 'denials', as: 'auditor', path: () => '/audit?part=denials', shows: (page) => page.getByRole('search') },
  { what: 'seals', as: 'auditor', path: () => '/audit?part=heads', shows: region('封存与核验') },
  {
    what: 'workflow',
    as: 'system-admin',
    path: ({ established }) => `/workflows/recommendation:${established}`,
    shows: (page) => page.getByText('流程完成'),
    pictures: { workflow: desktop },
  },
  {
    what: 'workflow, event by event',
    as: 'system-admin',
    path: ({ established }) => `/workflows/recommendation:${established}?part=raw`,
    shows: (page) => page.getByText('workflowExecutionStarted'),
  },
  { what: 'audit', as: 'auditor', path: () => '/audit', shows: row, pictures: { audit: desktop } },
  {
    what: 'help',
    as: 'director',
    path: () => '/help/voting',
    shows: (page) => page.getByRole('heading', { level: 2, name: '委员会表决' }),
    pictures: { help: desktop },
  },
  {
    what: 'accounts of other systems',
    as: 'security-admin',
    path: () => '/identities',
    shows: (page) => page.getByText('还没有关联的账号'),
  },
  { what: 'no page', as: 'director', path: () => '/nowhere', shows: (page) => page.getByText('没有这个页面') },
];

const { persons, browsing } = await startConsole();
let cases: Cases;

beforeAll(async () => {
  const found = await situations(persons);
  const more = await takenOver(persons, ['沅江示例轨道交通集团有限公司', '澄江示例水务集团有限公司']);
  await persons.ask('office-clerk-1', 'POST', '/campaigns', {});
  const [first, second] = await Promise.all([
    reported(persons, found),
    evaluated(persons, [...more, found.leavingAccount]),
  ]);
  cases = { ...found, ...first, ...second };
});

/** A case in each of the places that the pages show. */
async function situations(
  persons: Persons,
): Promise<Omit<Cases, 'toReport' | 'toEndorse' | 'evaluated' | 'pulledOut'>> {
  const submitted = async (change: Parameters<typeof exampleForm>[0]) => {
    const caseId = await persons.drafted(exampleForm(change));
    await persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
    await persons.decide('central-head', caseId, 'endorse', 'endorse', { opinion: '同意推荐' });
    await persons.taskOf('office-clerk-1', caseId, 'screen');
    return caseId;
  };
  const established = await persons.approving(exampleForm());
  for (const personId of [...others, 'director'])
    await persons.decide(personId, established, 'vote', 'vote', {
      choice: personId === 'east-head' ? 'against' : 'for',
    });
  await persons.confirmed(established);
  const approving = await persons.approving(exampleForm(named('澄江示例轨道交通投资有限公司')));
  for (const personId of others.slice(1, 5))
    await persons.decide(personId, approving, 'vote', 'vote', { choice: 'for', reason: '同意' });
  const screening = await submitted(named('临岳示例高新区建设发展有限公司'));
  await submitted(named('衡川示例水务集团有限公司'));
  await submitted(named('湘滨示例产业园区开发有限公司'));
  const draft = await persons.drafted(exampleForm(named('云麓示例文旅投资有限公司')));
  const accounts = await persons.ask<{ items: readonly AccountView[] }>('central-head', 'GET', '/accounts');
  const [account] = accounts.items;
  const manager = (path: string, body: unknown) =>
    persons.ask('central-manager', 'POST', `/accounts/${account?.id}/${path}`, body);
  const today = localDay(Date.now());
  const form = { place: '客户单位', met: ['董事长'], summary: '二期十二月招标', nextStep: '送业绩证明' };
  await manager('visits', { visitedOn: today, form });
  await manager('visits/plan', { plannedOn: addDays(today, 9) });
  await manager('marketing-tasks', { what: '邀请业主来访', dueOn: addDays(today, 20), ownerId: 'central-manager' });
  const begun = async (as: string, path: string, body: unknown) =>
    (await persons.ask<{ caseId: string }>(as, 'POST', `/accounts/${account?.id}/${path}`, body)).caseId;
  const coHolder = await begun('director', 'co-holders', {
    ...{ unitId: 'east', regionCodes: ['310000', '320000'], volumeYuan: '860000000.00' },
    reason: '客户在华东三地同时启动四个项目，一家单位难以覆盖。',
  });
  await persons.taskOf('vice-director-1', coHolder, 'vote');
  const project = { projectName: '示例新城综合体', regionCode: '440100', amountYuan: '320000000.00' };
  const allocation = await begun('central-head', 'allocations', project);
  await persons.taskOf('central-head', allocation, 'chooseFirst');
  const about = { account: account?.id ?? '', client: account?.client.id ?? '' };
  await published(persons);
  const more = await warnedAndLeaving(persons);
  return { established, approving, screening, draft, coHolder, allocation, ...about, ...more };
}

/** The first edition of the list, with what is established so far. */
async function published(persons: Persons): Promise<void> {
  const { caseId } = await persons.ask<{ caseId: string }>('office-clerk-1', 'POST', '/editions', {});
  const notice = {
    noticeNo: '公司经营〔2026〕8号',
    readers: '公司领导及各单位负责人',
    secrecyLevel: '普通商密',
    secrecyTerm: '3年',
  };
  await persons.decide('office-clerk-1', caseId, 'compileList', 'put', notice);
  await persons.allFor(caseId, 'signing', everySeat());
  await persons.decide('director', caseId, 'signList', 'sign');
  await persons.allFor(caseId, 'published', []);
}

/** Of the year's reviews one that its manager has to report on, and one that the head of his unit has to endorse. */
async function reported(persons: Persons, { account, warned }: Pick<Cases, 'account' | 'warned'>) {
  const reviewOf = (accountId: string) =>
    vi.waitFor(
      async () => {
        const path = `/accounts/${accountId}/reviews`;
        const { items } = await persons.ask<{ items: readonly Pick<ReviewOfYear, 'caseId'>[] }>(
          'central-manager',
          'GET',
          path,
        );
        if (!items[0]?.caseId) throw new Error('its review has not begun');
        return items[0].caseId;
      },
      { timeout: 60_000, interval: 100 },
    );
  const [toReport, toEndorse] = [await reviewOf(account), await reviewOf(warned)];
  const archive = { client: { nature: '国有企业', size: '大型' }, credit: { payment: '拖欠两期进度款' } };
  const report = { changes: '付款变慢，其余无变化', performance: 4, cooperation: 4, credit: 2, archive };
  await persons.decide('central-manager', toEndorse, 'reportYear', 'report', report);
  await persons.taskOf('central-head', toEndorse, 'endorseReport');
  return { toReport, toEndorse };
}

/** Of the year’s reviews one to be evaluated, one to be maintained, and one that a member pulled out before another voted on both in one act. */
async function evaluated(persons: Persons, [first = '', kept = '', pulled = '']: readonly string[]) {
  const MEMBER = 'east-head';
  const [toEvaluate, maintained, pulledOut] = await Promise.all([
    underReview(persons, first),
    underReview(persons, kept, 'maintain'),
    underReview(persons, pulled, 'maintain'),
  ]);
  await persons.ask('south-deputy', 'POST', `/cases/${pulledOut}/pull-out`, {
    reason: '客户已进入破产程序，须先看清债权。',
  });
  await persons.ask('north-head', 'POST', `/cases/${pulledOut}/dissents`, { reason: '债权已申报，应终止合作。' });
  const votes = await Promise.all([maintained, pulledOut].map((caseId) => persons.taskOf(MEMBER, caseId, 'vote')));
  const taskIds = votes.map(({ id }) => id);
  await persons.ask(MEMBER, 'POST', `/campaigns/${reviewed}/bulk-votes`, { taskIds });
  return { evaluated: toEvaluate, pulledOut };
}

/** A warning with its plan, another before the office, and a mid-year exit before the committee. */
async function warnedAndLeaving(persons: Persons) {
  const [warned = '', leavingAccount = ''] = await takenOver(persons, [
    '珠溪示例城建集团有限公司',
    '岭南示例置业集团有限公司',
  ]);
  const begun = async (accountId: string | undefined, things: string, body: object) =>
    (await persons.ask<{ caseId: string }>('central-manager', 'POST', `/accounts/${accountId}/${things}`, body)).caseId;
  const grounds = '业主已拖欠两期进度款，分包单位停工。';
  const carriedOut = await begun(warned, 'suggestions', { kind: 'riskWarning', severity: 'high', grounds });
  const dueOn = addDays(localDay(Date.now()), 10);
  const measures = [
    { text: '发函催收并约见董事长，商定分期付款', ownerId: 'central-manager', dueOn },
    { text: '核查业主资信与涉诉情况', ownerId: 'legal-expert', dueOn },
  ];
  const plan = { aim: '春节前收回拖欠的进度款', measures };
  await persons.decide('office-clerk-1', carriedOut, 'weigh', 'accept', { plan });
  await persons.taskOf('central-manager', carriedOut, 'carryOut');
  const weighing = await begun(warned, 'suggestions', { kind: 'pursuitProposal', grounds: '建议高层互访。' });
  const exit = {
    ground: 'insolvency',
    since: '2026-01-05',
    source: '（2026）鄂01破申12号',
    grounds: '法院已受理破产申请。',
  };
  const left = await begun(leavingAccount, 'exits', exit);
  const proof = new FormData();
  proof.set('caseId', left);
  proof.set('purpose', 'evidence');
  proof.set('file', new Blob(['法院公告']), '公告.txt');
  await persons.ask('central-manager', 'POST', '/attachments', proof);
  await persons.decide('office-clerk-1', left, 'admitExit', 'admit');
  await persons.decide('central-manager', left, 'stateManager', 'state', { statement: '债权已申报，建议终止合作。' });
  await persons.decide('central-head', left, 'stateUnit', 'state', { statement: '同意客户经理的意见。' });
  await persons.taskOf('vice-director-1', left, 'vote');
  return { warned, carriedOut, weighing, leaving: left, leavingAccount };
}

function named(name: string) {
  return (form: RecommendationForm) => {
    form.client.name = name;
    form.client.shortName = name.slice(0, 4);
    form.client.formerNames = [];
  };
}

test.concurrent.each(places)('$what: fits, is accessible and in order in every look', async (place) => {
  const { as, path, shows, acts, pictures = {}, pictured } = place;
  const { page, faults } = as ? await browsing.signedIn(as) : await browsing.watchedPage();
  await page.goto(path(cases));
  await shows(page).waitFor();
  await acts?.(page);
  for (const [name, viewport] of Object.entries(writesPictures ? pictures : {})) {
    await page.setViewportSize(viewport);
    await (pictured?.(page) ?? page).screenshot({ path: join(pictureFolder, `${name}.png`) });
  }
  const found = await wrongInAnyLook(page);
  await page.context().close();
  expect([...found, ...faults]).toEqual([]);
});
