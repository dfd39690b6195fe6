import { localDay } from '../../domain/calendar.ts';
import { expectSame } from './calls.ts';
import { tellPassing } from './committee.ts';
import { accountOf, expectAnswer, holdersOf } from './holders.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const HEAD = 'central-head';
const CLERK = 'office-clerk-1';
const BEFORE = 'central-manager';
const AFTER = 'central-manager-2';
const CO_HOLDER = ['co', 'south', 'south-manager'];

/** The manager moves on without fault; his successor is confirmed, and what he kept is handed over (Article 4.3). */
export async function tellReassignment(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('工作调整：更换客户经理', 'Another account manager, without fault');
  const today = localDay(Date.now());
  expectSame('更换前的对接 · who holds it before', holdersOf(await accountOf(scene, accountId)), [
    ['lead', 'central', BEFORE],
    CO_HOLDER,
  ]);
  const form = {
    ground: 'personnel',
    of: 'manager',
    adjustment: 'transfer',
    effectiveOn: today,
    document: '人字〔2026〕18号',
  };
  const path = `/accounts/${accountId}/reassignments`;
  const { caseId } = await calls.post<{ caseId: string }>(HEAD, path, { form });
  const asked = await comesTo(scene, caseId, 'admission');
  story.step({ zh: '客户经理调动，提出更换', en: 'asked for by his unit', by: HEAD, article: '4.3' }, asked.stateKey);
  await calls.refused(CLERK, path, { form }, 'accountBusy');
  story.check('同一大客户不能同时办理两件更换', 'no account is in two such cases at once');

  const arranged = await answers(scene, CLERK, caseId, 'admit', 'arrange', { opinion: '属无过错调整' });
  const nominating = await comesTo(scene, caseId, 'nominating');
  story.step(
    { zh: '经营部受理：无过错，不作表决免去', en: 'without fault: nobody is voted out', ...arranged },
    nominating.stateKey,
  );
  const named = { managerId: AFTER, reason: '熟悉该客户' };
  const nominated = await answers(scene, 'central-deputy', caseId, 'nominate', 'nominate', named);
  const confirming = await comesTo(scene, caseId, 'confirming');
  story.step({ zh: `选派 ${story.named(AFTER)}`, en: 'a successor is nominated', ...nominated }, confirming.stateKey);
  expectSame(
    '批准前仍由原客户经理对接 · until then he is in charge',
    (await accountOf(scene, accountId)).manager?.id,
    BEFORE,
  );
  const told = { zh: '委员会批准接任人，推荐单位回避', en: 'confirmed, without the unit' };
  const expected = { recused: ['central'], body: 11, to: 'handover' };
  const handover = await tellPassing(scene, caseId, 'confirming', told, expected);

  const items = handover.matter?.process === 'reassignment' ? handover.matter.items : [];
  const itemIds = items.map(({ id }) => id);
  expectSame(
    '交接清单含计划中的回访 · the planned visit is on the list',
    items.some(({ kind }) => kind === 'visit'),
    true,
  );
  const given = await answers(scene, BEFORE, caseId, 'handOver', 'handOver', { itemIds });
  story.step({ zh: `按清单移交 ${items.length} 项`, en: 'handed over, item by item', ...given });
  const taken = await answers(scene, AFTER, caseId, 'takeOver', 'takeOver', { itemIds });
  const { stateKey } = await comesTo(scene, caseId, 'completed');
  story.step({ zh: '逐项接收，交接完成', en: 'and taken over', ...taken }, stateKey);
  await expectNoGap(scene, accountId);
}

/** At no instant the account had two leading managers, or none. */
async function expectNoGap(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  const after = await accountOf(scene, accountId);
  expectSame('更换后的对接 · who holds it afterwards', holdersOf(after), [['lead', 'central', AFTER], CO_HOLDER]);
  const lead = after.holdings
    .filter(({ kind }) => kind === 'lead')
    .toSorted((one, other) => Date.parse(one.validFrom) - Date.parse(other.validFrom));
  expectSame(
    '前后相接的对接期 · one period after the other',
    [lead.map(({ manager }) => manager?.id), lead[0]?.validTo, after.state],
    [[BEFORE, AFTER], lead[1]?.validFrom, 'active'],
  );
  story.check('新旧对接期首尾相接，一刻也没有空缺', 'one period ends as the next begins: it was never vacant');
  const visit = { place: '客户单位', met: ['董事长'], ours: [BEFORE], summary: '例行回访', nextStep: '无' };
  await calls.refused(
    BEFORE,
    `/accounts/${accountId}/visits`,
    { visitedOn: localDay(Date.now()), form: visit },
    'forbidden',
  );
  story.check('原客户经理不能再登记', 'who was in charge before enters nothing any more');
  await expectAnswer(scene, 'east-submitter', { name: after.client.name }, 'inProgress');
  story.check('其他单位核查：仍不能开发', 'to all others the client is as closed as before');
}
