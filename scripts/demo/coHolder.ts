import type { CoHoldersView } from '../../api/contract/coHolders.ts';
import { Difference, expectSame } from './calls.ts';
import { tellPassing } from './committee.ts';
import { accountOf, expectAnswer, holdersOf } from './holders.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const CO_HEAD = 'south-head';
const PROPOSER = 'vice-director-1';
const LEAD = ['lead', 'central', 'central-manager'];
const ADDED = ['co', 'south', 'south-manager'];

/** A second unit and its manager are added to the holders of an account with a wide spread of regions (Article 7.4). */
export async function tellCoHolder(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('增加推荐单位和客户经理', 'A second unit and manager');
  const before = await accountOf(scene, accountId);
  expectSame('增加前的对接 · who holds it before', holdersOf(before), [LEAD]);
  const form = { unitId: 'south', reason: '客户在华南另有四个项目，一家单位难以覆盖', regionCodes: ['440000'] };
  const { caseId } = await calls.post<{ caseId: string }>(PROPOSER, `/accounts/${accountId}/co-holders`, form);
  const { stateKey } = await comesTo(scene, caseId, 'deciding');
  const proposed = { zh: '提议增加华南分公司', en: 'a unit is proposed', by: PROPOSER, article: '7.4' };
  story.step(proposed, stateKey);
  await calls.refused(PROPOSER, `/accounts/${accountId}/co-holders`, form, 'accountBusy');
  story.check('同一单位不能同时提议两次', 'a unit is not proposed twice at a time');

  const without = { recused: ['central', 'south'], body: 9 };
  const agreed = { zh: '委员会表决，两家单位均回避', en: 'the committee agrees, without both units' };
  await tellPassing(scene, caseId, 'deciding', agreed, { ...without, to: 'nominating' });
  const named = { managerId: 'south-manager', reason: '驻华南多年' };
  const nominated = await answers(scene, 'south-deputy', caseId, 'nominate', 'nominate', named);
  const confirming = await comesTo(scene, caseId, 'confirming');
  story.step(
    { zh: `选派 ${story.named(named.managerId)}`, en: 'its manager is nominated', ...nominated },
    confirming.stateKey,
  );
  const appointed = { zh: '委员会批准客户经理', en: 'its manager is confirmed' };
  await tellPassing(scene, caseId, 'confirming', appointed, { ...without, to: 'added' });

  const after = await accountOf(scene, accountId);
  expectSame('增加后的对接 · who holds it afterwards', holdersOf(after), [LEAD, ADDED]);
  story.check('华南分公司与推荐单位共同对接，推荐单位不变', 'held by both; the lead is as it was');
  await expectAnswer(scene, 'east-submitter', { name: after.client.name }, 'inProgress');
  story.check('其他单位核查：仍不能开发', 'to all others the client is as closed as before');
}

/** The second unit gives the account up again; the leading holding stays (Article 7.4; how one ends is 系统默认). */
export async function tellCoHolderEnd(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('退出共同对接', 'The second unit gives the account up');
  const path = `/accounts/${accountId}/co-holders`;
  const { items } = await calls.get<CoHoldersView>(CO_HEAD, path);
  const held = items.find(({ unit, validTo }) => unit.id === 'south' && validTo === null);
  if (!held) throw new Difference('没有共同对接 · there is no co-holder');
  const before = holdersOf(await accountOf(scene, accountId)).filter(([kind]) => kind === 'lead');
  const reason = '华南区域项目已完工，无后续项目';
  const end = `${path}/${held.holdingId}/end`;
  await calls.refused('office-clerk-1', end, { reason }, 'missing');
  story.check('经营部办理须有该单位的同意文件', 'the office needs the unit’s consent in writing');
  const { caseId } = await calls.post<{ caseId: string }>(CO_HEAD, end, { reason });
  const { stateKey } = await comesTo(scene, caseId, 'ended');
  story.step({ zh: '华南分公司退出共同对接', en: 'given up by its unit', by: CO_HEAD, article: '系统默认' }, stateKey);
  expectSame('退出后的对接 · who holds it afterwards', holdersOf(await accountOf(scene, accountId)), before);
  story.check('推荐单位的对接不变', 'the leading unit holds it as before');
}
