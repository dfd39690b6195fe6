import { localDay } from '../../domain/calendar.ts';
import { expectSame } from './calls.ts';
import { voteAlike } from './committee.ts';
import { accountOf } from './holders.ts';
import type { LedgerAccount } from './ledger.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const MANAGER = 'east-manager';
const HEAD = 'east-head';
const CLERK = 'office-clerk-1';
const PROOF = '信用信息查询记录.pdf';

/** 调出名单 and 恢复列入名单: an account is taken off the list while cooperation goes on, and comes back onto it (Article 4.6). */
export async function tellRelisting(scene: Scene, { id }: LedgerAccount): Promise<void> {
  const { calls, story } = scene;
  story.title('调出名单，再恢复列入', 'Off the list, and back onto it');
  await takenOff(scene, id);
  const off = await accountOf(scene, id);
  expectSame('调出后的大客户 · off the list', [off.state, off.onList], ['active', false]);

  const form = { grounds: '失信记录已修复，付款恢复正常', source: '信用修复决定书（2026）12号' };
  const { caseId } = await calls.post<{ caseId: string }>(MANAGER, `/accounts/${id}/relistings`, form);
  const { stateKey } = await comesTo(scene, caseId, 'admission');
  story.step({ zh: '提出恢复列入名单', en: 'to come back onto it', by: MANAGER, article: '4.6' }, stateKey);
  await calls.refused(CLERK, `/accounts/${id}/exits`, dishonesty(), 'accountBusy');
  story.check('恢复列入办理期间不能同时办理退出', 'two decisions about the list never cross');
  await calls.upload(MANAGER, caseId, 'evidence', PROOF);
  const admitted = await answers(scene, CLERK, caseId, 'admitRelisting', 'admit');
  const deciding = await comesTo(scene, caseId, 'deciding');
  story.step({ zh: '附证明材料，经营部受理', en: 'admitted with its proof', ...admitted }, deciding.stateKey);
  const last = await voteAlike(scene, caseId, 'deciding', 'for');
  const listed = await comesTo(scene, caseId, 'listed');
  story.step({ zh: '委员会同意恢复', en: 'the committee agrees', ...last }, listed.stateKey);
  const back = await accountOf(scene, id);
  expectSame('恢复后的大客户 · back on the list', [back.state, back.onList], ['active', true]);
  story.check('恢复列入名单，对接单位和客户经理不变', 'listed again; its unit and manager never changed');
}

const dishonesty = () => ({
  ground: 'dishonesty',
  since: localDay(Date.now()),
  source: '（2026）示例执2号',
  grounds: '被列入失信被执行人',
});

/** A mid-year exit of which the committee chooses the milder end (系统默认). */
async function takenOff(scene: Scene, id: string): Promise<void> {
  const { calls, story } = scene;
  const { caseId } = await calls.post<{ caseId: string }>(MANAGER, `/accounts/${id}/exits`, dishonesty());
  await calls.upload(MANAGER, caseId, 'evidence', PROOF);
  await answers(scene, CLERK, caseId, 'admitExit', 'admit');
  const statement = '情况属实，正在督促修复';
  await Promise.all([
    answers(scene, HEAD, caseId, 'stateUnit', 'state', { statement }),
    answers(scene, MANAGER, caseId, 'stateManager', 'state', { statement }),
  ]);
  const last = await voteAlike(scene, caseId, 'deciding', 'delisted');
  const { stateKey } = await comesTo(scene, caseId, 'delisted');
  story.step({ zh: '客户失信，委员会决定调出名单', en: 'dishonest: taken off the list', ...last }, stateKey);
}
