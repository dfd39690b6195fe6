import { expectSame } from './calls.ts';
import { tellPassing } from './committee.ts';
import { accountOf, expectAnswer, holdersOf } from './holders.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

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
