import type { WorkflowView } from '../../api/contract/workflows.ts';
import { localDay } from '../../domain/calendar.ts';
import { expectSame } from './calls.ts';
import { ballotOf, recusedUnits, voteAlike } from './committee.ts';
import { accountOf, expectAnswer, holdersOf } from './holders.ts';
import type { LedgerAccount } from './ledger.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo, until } from './waiting.ts';

const MANAGER = 'east-manager';
const HEAD = 'east-head';
const CLERK = 'office-clerk-1';
const RIVAL = 'south-submitter';

const insolvency = () => ({
  ground: 'insolvency',
  since: localDay(Date.now()),
  source: '（2026）示例破1号',
  grounds: '法院已受理其破产申请',
});

/** 年中退出 (系统默认): the account that was taken over from the ledger is insolvent, and cooperation with it ends. */
export async function tellExit(scene: Scene, { id, code }: LedgerAccount): Promise<void> {
  const { calls, story } = scene;
  story.title('年中退出：维持、调出名单或终止合作', 'A mid-year exit: kept, off the list, or ended');
  const before = await accountOf(scene, id);
  expectSame('退出前的对接 · who holds it before', holdersOf(before), [['lead', 'east', MANAGER]]);
  await expectAnswer(scene, RIVAL, { code }, 'inProgress');
  const { caseId } = await calls.post<{ caseId: string }>(MANAGER, `/accounts/${id}/exits`, insolvency());
  const proposed = await comesTo(scene, caseId, 'admission');
  story.step(
    { zh: '客户破产，提出退出', en: 'put forward: it is insolvent', by: MANAGER, article: '系统默认' },
    proposed.stateKey,
  );
  const task = await until('admitExit', async () => (await calls.tasks(CLERK, caseId))[0] ?? null);
  await calls.refused(CLERK, `/tasks/${task.id}/decisions`, { action: 'admit', body: {} }, 'exitProofMissing');
  story.check('没有裁定书等证明材料，不能提交委员会', 'nothing goes to the committee on hearsay');
  await calls.upload(MANAGER, caseId, 'evidence', '信用信息查询记录.pdf');
  const admitted = await answers(scene, CLERK, caseId, 'admitExit', 'admit');
  const heard = await comesTo(scene, caseId, 'statement');
  story.step({ zh: '补交证明材料，经营部受理', en: 'with its proof it is admitted', ...admitted }, heard.stateKey);

  const statement = '情况属实，已停止投标并申报债权';
  const [stated] = await Promise.all([
    answers(scene, HEAD, caseId, 'stateUnit', 'state', { statement }),
    answers(scene, MANAGER, caseId, 'stateManager', 'state', { statement }),
  ]);
  const deciding = await comesTo(scene, caseId, 'deciding');
  story.step({ zh: '对接单位和客户经理说明', en: 'unit and manager are heard', ...stated }, deciding.stateKey);
  const last = await voteAlike(scene, caseId, 'deciding', 'ended');
  const { stateKey } = await comesTo(scene, caseId, 'ended');
  // Of a choice the count is told once nothing is to be decided on it any more.
  const ballot = await ballotOf(calls, CLERK, caseId, 'deciding');
  const { tally } = ballot;
  const counts = tally.options?.map(({ votes }) => votes);
  expectSame(
    '表决结果、回避、计票 · outcome, recused, count',
    [ballot.outcome, recusedUnits(ballot), counts],
    ['ended', ['east'], [0, 0, tally.present]],
  );
  const decided = { zh: '委员会三项择一：终止合作', en: 'of three the committee chooses to end it' };
  story.step({ ...decided, ...last }, stateKey);
  story.check(`终止合作 ${tally.present} 票，维持和调出名单 0 票`, 'what the vote said');
  await expectEnded(scene, { id, code });
}

async function expectEnded(scene: Scene, { id, code }: Omit<LedgerAccount, 'name'>): Promise<void> {
  const { calls, story } = scene;
  const after = await accountOf(scene, id);
  const facts = [after.state, after.onList, after.terminatedOn, holdersOf(after)];
  expectSame('终止后的大客户 · the account afterwards', facts, ['terminated', false, localDay(Date.now()), []]);
  story.check('专属对接随之结束，档案保留', 'nobody holds it; its archive stays');
  await expectAnswer(scene, RIVAL, { code }, 'free');
  story.check('其他单位核查：可以推荐', 'another unit may develop it');
  await calls.refused(CLERK, `/accounts/${id}/exits`, insolvency(), 'accountTerminated');
  const path = `/workflows/account:${id}`;
  const workflow = await until('completed', async () => {
    const seen = await calls.get<WorkflowView>('system-admin', path).catch(() => null);
    return seen && seen.status !== 'running' ? seen : null;
  });
  expectSame('该大客户的流程执行 · its execution', workflow.status, 'completed');
  story.check('该大客户的流程执行随之完成', 'its execution has completed');
}
