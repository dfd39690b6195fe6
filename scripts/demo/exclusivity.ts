import { randomInt } from 'node:crypto';
import type { AskedView, NearMatchView } from '../../api/contract/exclusivity.ts';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import { Difference, expectSame } from './calls.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

type AccountScene = Scene & { readonly form: RecommendationForm; readonly accountId: string };

const RIVAL = 'east-submitter';
const CLERK = 'office-clerk-1';
const OTHER_CLERK = 'office-clerk-2';
const MANAGER = 'central-manager';

/** Exclusivity in practice (Article 7.3): a check with its receipt, a near name that a person judges, a new member of the group, a reported breach. */
export async function tellExclusivity(demo: Omit<AccountScene, 'accountId'>, accountId: string): Promise<void> {
  const scene = { ...demo, accountId };
  scene.story.title('专属：核查、成员单位与侵权举报', 'Exclusivity: checks, members, breaches');
  await check(scene);
  await member(scene);
  await breach(scene);
}

async function check({ calls, story, form }: AccountScene): Promise<void> {
  const name = `${form.client.name.replace(/(集团)?(有限公司|有限责任公司)$/, '')}有限责任公司`;
  const { receipt, answer } = await calls.post<AskedView>(RIVAL, '/exclusivity-checks', { name });
  expectSame('近似名称的核查 · the check of a near name', answer.result, 'near');
  story.step({
    zh: '专属核查：名称相近，取得编号回执',
    en: 'a check with its receipt: a near name',
    by: RIVAL,
    article: '7.3',
  });
  const { receiptNo, hash } = receipt;
  const genuine = await calls.post<{ genuine: boolean }>('auditor', '/exclusivity-checks/verification', {
    receiptNo,
    hash,
  });
  expectSame('回执属实 · the receipt is genuine', genuine.genuine, true);
  story.check(`第 ${receiptNo} 号回执，可凭校验码验证`, 'anybody verifies it by its checksum');
  const { items } = await calls.get<{ items: NearMatchView[] }>(CLERK, '/near-matches?limit=200');
  const pair = items.find((each) => each.asked === name && each.name === form.client.name);
  if (!pair) throw new Difference('没有待判定的近似名称 · no near name waits for the office');
  await calls.post(CLERK, `/near-matches/${pair.id}/verdict`, { verdict: 'same', reason: '同一信用代码' });
  const again = await calls.post<AskedView>(RIVAL, '/exclusivity-checks', { name });
  expectSame('判定后再核查 · the check after the judgement', again.answer.result, 'inProgress');
  story.step({
    zh: '近似名称判定为同一客户，不合并任何资料',
    en: 'judged to be the same; nothing is merged',
    by: CLERK,
    article: '7.3',
  });
}

async function member(scene: AccountScene): Promise<void> {
  const { calls, story, accountId } = scene;
  const name = `示例新设项目公司${randomInt(10 ** 6)}号`;
  const { caseId } = await calls.post<{ caseId: string }>(MANAGER, `/accounts/${accountId}/memberships`, {
    change: 'add',
    member: { name, relation: '项目公司' },
    evidence: '营业执照与章程：集团持股 100%',
  });
  story.step(
    { zh: '提出加入成员单位', en: 'a member is proposed', by: MANAGER, article: '7.3' },
    'membership.examining',
  );
  await answers(scene, CLERK, caseId, 'examineMembership', 'accept');
  await answers(scene, OTHER_CLERK, caseId, 'checkMembership', 'confirm');
  const { stateKey } = await comesTo(scene, caseId, 'changed');
  story.step(
    {
      zh: '经营部审核、第二人复核，即时纳入专属',
      en: 'decided and checked; held from now',
      by: OTHER_CLERK,
      article: '7.3',
    },
    stateKey,
  );
  const { answer } = await calls.post<AskedView>(RIVAL, '/exclusivity-checks', { name });
  expectSame('他单位核查新成员 · the check of the new member', answer.result, 'inProgress');
  story.check('其他单位不能再开发该成员单位', 'no other unit may develop it');
}

async function breach(scene: AccountScene): Promise<void> {
  const { calls, story, accountId } = scene;
  const { caseId } = await calls.post<{ caseId: string }>('central-head', `/accounts/${accountId}/breaches`, {
    accusedUnitId: 'east',
    happenedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    evidence: '客户来电称其上门洽谈',
  });
  story.step(
    { zh: '举报专属侵权', en: 'a breach is reported', by: 'central-head', article: '7.3' },
    'breach.admission',
  );
  await answers(scene, CLERK, caseId, 'admitBreach', 'dismiss', { reason: '经核实为客户主动咨询，未有开发行为' });
  const { stateKey } = await comesTo(scene, caseId, 'unfounded');
  story.step({ zh: '经核实不予受理', en: 'looked into, and dismissed', by: CLERK, article: '7.3' }, stateKey);
}
