import type { PlanView } from '../../api/contract/suggestions.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { expectSame } from './calls.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const MANAGER = 'central-manager';
const EXPERT = 'finance-expert';
const CLERK = 'office-clerk-1';
const OTHER_CLERK = 'office-clerk-2';
const RIVAL = 'east-submitter';

const warning = {
  kind: 'riskWarning',
  severity: 'high',
  grounds: '二期工程进度款已逾期两个月，业主资金趋紧',
  measures: '先对账催收，回款前不再投新标',
};

/** A warning is weighed, and its plan carried out under supervision (Article 6.3). */
export async function tellSuggestion(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('风险预警：审议、落实与督办', 'A risk warning: weighed, carried out, supervised');
  const path = `/accounts/${accountId}`;
  await calls.refused(RIVAL, `${path}/suggestions`, warning, 'notFound');
  const { caseId } = await calls.post<{ caseId: string }>(MANAGER, `${path}/suggestions`, warning);
  const raised = await comesTo(scene, caseId, 'weighing');
  story.step({ zh: '客户经理提出风险预警', en: 'a warning is raised', by: MANAGER, article: '6.3' }, raised.stateKey);
  story.check('其他单位不能提出，也看不到', 'not by another unit, which does not see it either');

  const dueOn = addDays(localDay(Date.now()), 10);
  const measures = [
    { text: '与业主逐笔对账，取得书面确认', ownerId: MANAGER, dueOn },
    { text: '测算停建对应收款的影响', ownerId: EXPERT, dueOn },
  ];
  const plan = { aim: '收回逾期进度款', measures };
  const weighed = await answers(scene, CLERK, caseId, 'weigh', 'accept', { plan });
  const { stateKey } = await comesTo(scene, caseId, 'carryingOut');
  const accepted = { zh: `经营部采纳，定措施 ${measures.length} 项，各有责任人和期限`, en: 'accepted, with its plan' };
  story.step({ ...accepted, ...weighed }, stateKey);

  for (const owner of [MANAGER, EXPERT]) {
    const reported = await answers(scene, owner, caseId, 'carryOut', 'report', { note: '已办，凭据存档' });
    story.step({ zh: '责任人报告措施已落实', en: 'a measure is reported done', ...reported });
    const confirmed = await answers(scene, OTHER_CLERK, caseId, 'supervise', 'confirmMeasure');
    story.step({ zh: '督办：经营部核实', en: 'and confirmed by the office', ...confirmed });
  }
  const result = { result: 'achieved', opinion: '逾期款项已全部收回' };
  const closed = await answers(scene, CLERK, caseId, 'closePlan', 'closePlan', result);
  const ended = await comesTo(scene, caseId, 'closed');
  story.step({ zh: '措施方案办结：已达到目标', en: 'closed: what it aimed at is reached', ...closed }, ended.stateKey);

  const { items } = await calls.get<{ items: PlanView[] }>(MANAGER, `${path}/plans`);
  const seen = items.map(({ state, result: came, measures: all }) => [state, came, all.map((each) => each.state)]);
  expectSame('措施方案 · the plan', seen, [['closed', 'achieved', ['done', 'done']]]);
  story.check('两项措施均已由经营部核实，方案办结', 'both measures confirmed, the plan closed');
}
