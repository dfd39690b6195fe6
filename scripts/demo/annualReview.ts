import type { AgendaItem, BulkVoteView } from '../../api/contract/agenda.ts';
import type { CampaignReport } from '../../api/contract/campaignReport.ts';
import type { CampaignView } from '../../api/contract/campaigns.ts';
import type { ReviewOfYear } from '../../api/contract/reviews.ts';
import type { PlanView } from '../../api/contract/suggestions.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import type { ReviewOption } from '../../domain/review.ts';
import { Difference, expectSame } from './calls.ts';
import { ballotOf, expectProof, voteAlike } from './committee.ts';
import { accountOf, expectAnswer, holdersOf } from './holders.ts';
import type { LedgerAccount } from './ledger.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo, until } from './waiting.ts';

const MANAGER = 'east-manager';
const HEAD = 'east-head';
const CLERK = 'office-clerk-1';
const DIRECTOR = 'director';
const RIVAL = 'south-submitter';

type Four = readonly [LedgerAccount, LedgerAccount, LedgerAccount, LedgerAccount];

const reported = { changes: '经营情况稳定，联系人无变化', performance: 4, cooperation: 4, credit: 4 };

/**
 * 年度评价 (Article 10.3): the year's campaign is opened with every account; of these four two are maintained in one act, one is intensified, and with
 * one cooperation ends. Others stay to be reported on, so that the demonstration can be run again.
 */
export async function tellAnnualReview(scene: Scene, accounts: Four): Promise<void> {
  const { story } = scene;
  story.title('年度评价：上报、评估、决定', 'The annual review: reported, evaluated, decided');
  const year = await open(scene, accounts);
  if (year === null) return;
  const before = await reportOf(scene, year);
  const options: readonly ReviewOption[] = ['maintain', 'maintain', 'intensify', 'terminate'];
  const cases = await evaluated(scene, year, accounts, options);
  const [kept, alsoKept, pursued, ended] = cases as [string, string, string, string];
  await maintainInOneAct(scene, year, [kept, alsoKept]);
  await intensify(scene, pursued, accounts[2]);
  await terminate(scene, ended, accounts[3]);
  await expectReport(scene, year, before);
}

/** There is one campaign a year: where this year's was opened before, the accounts come late. @returns its year; null where it takes nobody in any more */
async function open({ calls, story }: Scene, accounts: readonly LedgerAccount[]): Promise<number | null> {
  const { year, opened } = await calls.post<{ year: number; opened: boolean }>(CLERK, '/campaigns', {});
  const told = { zh: `开始 ${year} 考核年度评价，全部大客户参加`, en: 'opened, with every account' };
  if (opened) story.step({ ...told, by: CLERK, article: '10.3' });
  const again = await calls.post<{ year: number; opened: boolean }>(CLERK, '/campaigns', {});
  expectSame('再次开始 · opened again', again, { year, opened: false });
  story.check('每个考核年度只有一次年度评价，谁来开始都一样', 'one a year, whoever opens it');
  const { state, mayAct } = await calls.get<CampaignView>(CLERK, `/campaigns/${year}`);
  if (state !== 'running' || !mayAct) {
    story.note('本年度评价已暂停或结束，以下步骤从略 · it is paused or over: the rest is left out');
    return null;
  }
  if (opened) return year;
  for (const { id } of accounts) {
    const late = { accountId: id, reason: '台账导入后补充评价' };
    await calls.post(CLERK, `/campaigns/${year}/accounts`, late);
  }
  story.step({ zh: `补充 ${accounts.length} 户参加`, en: 'added late', by: CLERK, article: '10.3' });
  return year;
}

/** Each account is reported on, endorsed, scored, and an outcome proposed. @returns the cases, in the order of the accounts */
async function evaluated(
  scene: Scene,
  year: number,
  accounts: readonly LedgerAccount[],
  options: readonly ReviewOption[],
): Promise<readonly string[]> {
  const { calls, story } = scene;
  const cases = await Promise.all(accounts.map(({ id }) => caseOf(scene, year, id)));
  const ofEach = async (act: (caseId: string, index: number) => ReturnType<typeof answers>) =>
    (await Promise.all(cases.map(act)))[0] as Awaited<ReturnType<typeof answers>>;
  const report = await ofEach((id) => answers(scene, MANAGER, id, 'reportYear', 'report', reported));
  story.step({ zh: `客户经理上报 ${cases.length} 户`, en: 'reported on by their manager', ...report });
  const endorsed = await ofEach((id) => answers(scene, HEAD, id, 'endorseReport', 'endorse'));
  story.step({ zh: '单位负责人审签', en: 'endorsed by the head of the unit', ...endorsed });
  const proposed = await ofEach((id, index) =>
    answers(scene, CLERK, id, 'assess', 'assess', { option: options[index], reason: '依据评分和全年合作情况' }),
  );
  await Promise.all(cases.map((id) => comesTo(scene, id, 'deciding')));
  const scores = await Promise.all(
    cases.map(async (id) => {
      const { matter } = await calls.caseOf(CLERK, id);
      return matter?.process === 'review' ? matter.score?.total : null;
    }),
  );
  if (scores.some((score) => typeof score !== 'number'))
    throw new Difference(`没有评分 · without a score: ${JSON.stringify(scores)}`);
  story.step({ zh: '经营部提出评价意见', en: 'an outcome is proposed for each', ...proposed });
  story.check(`自动评分 ${scores.join('、')}（满分 100），逐项列明依据`, 'scored by rule, part by part');
  return cases;
}

/** The review of an account, once its manager is asked to report. */
const caseOf = ({ calls }: Scene, year: number, accountId: string): Promise<string> =>
  until('年度评价事项 · the review', async () => {
    const { items } = await calls.get<{ items: ReviewOfYear[] }>(CLERK, `/accounts/${accountId}/reviews`);
    const caseId = items.find((each) => each.year === year)?.caseId;
    if (!caseId) return null;
    return (await calls.caseOf(CLERK, caseId)).holders.length > 0 ? caseId : null;
  });

/** 维持现状 of many accounts is one act of a member, and of each account it is a vote on record. */
async function maintainInOneAct(scene: Scene, year: number, cases: readonly string[]): Promise<void> {
  const { calls, story } = scene;
  const { roll } = await ballotOf(calls, CLERK, cases[0] as string, 'deciding');
  const voters = roll.flatMap(({ recusal, person }) => (recusal === null && person.id !== DIRECTOR ? [person.id] : []));
  let first: BulkVoteView | null = null;
  for (const personId of [...voters, DIRECTOR]) {
    const { items } = await calls.get<{ items: AgendaItem[] }>(personId, `/campaigns/${year}/agenda`);
    const mine = items.filter(({ caseId, inBulk }) => inBulk && cases.includes(caseId));
    // The ballots close as soon as their outcome is certain.
    if (mine.length === 0) break;
    const taskIds = mine.map(({ vote }) => vote?.taskId);
    const { id } = await calls.post<{ id: string }>(personId, `/campaigns/${year}/bulk-votes`, { taskIds });
    const given = await until('一次表决 · the act', async () => {
      const seen = await calls.get<BulkVoteView>(personId, `/bulk-votes/${id}`);
      return seen.state === 'finished' ? seen : null;
    });
    expectSame('一次表决 · what became of it', [given.done, given.refused], [mine.length, 0]);
    first ??= given;
    if (first === given)
      story.step({
        zh: `委员一次表决维持 ${given.done} 户`,
        en: 'maintained in one act',
        by: personId,
        article: '10.3',
      });
  }
  for (const caseId of cases) {
    await comesTo(scene, caseId, 'maintained');
    await expectProof(scene, caseId, await ballotOf(calls, CLERK, caseId, 'deciding'));
  }
}

/** 加强攻关: decided singly; a plan is drawn up, and its measures are supervised. */
async function intensify(scene: Scene, caseId: string, { id }: LedgerAccount): Promise<void> {
  const { calls, story } = scene;
  const last = await voteAlike(scene, caseId, 'deciding', 'intensify');
  const { stateKey } = await comesTo(scene, caseId, 'planning');
  story.step({ zh: '单独表决：加强攻关', en: 'decided singly: to intensify', ...last }, stateKey);
  const measures = [
    { text: '每季度高层互访', ownerId: HEAD, dueOn: addDays(localDay(Date.now()), 60) },
    { text: '跟踪二期招标计划', ownerId: MANAGER, dueOn: addDays(localDay(Date.now()), 30) },
  ];
  const plan = { aim: '明年新签合同额 2 亿元', measures };
  const planned = await answers(scene, MANAGER, caseId, 'planPursuit', 'plan', { plan });
  const carried = await comesTo(scene, caseId, 'carryingOut');
  const told = { zh: `制定攻关方案，措施 ${measures.length} 项`, en: 'a pursuit plan, with its measures' };
  story.step({ ...told, ...planned }, carried.stateKey);
  const { items } = await calls.get<{ items: PlanView[] }>(MANAGER, `/accounts/${id}/plans`);
  expectSame(
    '加强攻关的大客户与方案 · the account and its plan',
    [(await accountOf(scene, id)).state, items.map((each) => [each.state, each.measures.length])],
    ['intensified', [['underway', measures.length]]],
  );
  story.check('每项措施有责任人和期限，经营部督办', 'each has its owner and its day, and is supervised');
}

/** 终止合作: nobody holds the client any more, and its archive stays. */
async function terminate(scene: Scene, caseId: string, { id, code }: LedgerAccount): Promise<void> {
  const { calls, story } = scene;
  await expectAnswer(scene, RIVAL, { code }, 'inProgress');
  const last = await voteAlike(scene, caseId, 'deciding', 'terminate');
  const { stateKey } = await comesTo(scene, caseId, 'terminated');
  story.step({ zh: '单独表决：终止合作', en: 'decided singly: to end it', ...last }, stateKey);
  const after = await accountOf(scene, id);
  expectSame('终止后的大客户 · the account afterwards', [after.state, holdersOf(after)], ['terminated', []]);
  await expectAnswer(scene, RIVAL, { code }, 'free');
  story.check('专属对接随之结束，其他单位可以推荐；档案保留', 'its exclusivity is gone; its archive stays');
  const { items } = await calls.get<{ items: ReviewOfYear[] }>(CLERK, `/accounts/${id}/reviews`);
  expectSame('历年评价 · on record', items[0]?.outcome, 'terminate');
}

const reportOf = ({ calls }: Scene, year: number): Promise<CampaignReport> =>
  calls.get<CampaignReport>('auditor', `/campaigns/${year}/report`);

/** What the campaign has come to so far counts what was decided here. */
async function expectReport(scene: Scene, year: number, before: CampaignReport): Promise<void> {
  const { story } = scene;
  const { total } = await reportOf(scene, year);
  const { maintain, intensify, terminate } = before.total;
  expectSame(
    '评价报告 · the report',
    [total.maintain, total.intensify, total.terminate],
    [maintain + 2, intensify + 1, terminate + 1],
  );
  const outcomes = `维持现状 ${total.maintain}、加强攻关 ${total.intensify}、终止合作 ${total.terminate}`;
  story.check(`评价报告：共 ${total.accounts} 户，${outcomes}，未办结 ${total.open}`, 'the report of the campaign');
}
