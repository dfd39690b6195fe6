import type { CaseView } from '../../api/contract/cases.ts';
import type { AccountProjects, ProjectDetail } from '../../api/contract/projects.ts';
import { Difference, expectSame } from './calls.ts';
import { tellPassing } from './committee.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const MANAGER = 'central-manager';
const HEAD = 'central-head';
const CO_HEAD = 'south-head';
const CLERK = 'office-clerk-1';

/** Which unit builds: in the lead's own territory that unit at once, elsewhere as it is negotiated (Article 7.2). */
export async function tellAllocation(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('项目承建：管辖区域内与跨区域', 'Who builds: at home and across regions');
  const path = `/accounts/${accountId}`;
  const home = { projectName: '武汉示例总部大楼', regionCode: '420100', amountYuan: '260000000.00' };
  const inside = await calls.post<{ caseId: string }>(MANAGER, `${path}/allocations`, home);
  const atOnce = await comesTo(scene, inside.caseId, 'allocated');
  expectSame('管辖区域内由其承建 · built by the lead', builderOf(atOnce), 'central');
  const own = { zh: '推荐单位管辖区域内的项目：即由其承建', en: 'in its territory: its own, at once' };
  story.step({ ...own, by: MANAGER, article: '7.2' }, atOnce.stateKey);

  const { projects } = await calls.get<AccountProjects>(MANAGER, `${path}/projects`);
  const project = projects.find(({ place, form, builder }) => place.kind === 'outside' && form.name && !builder);
  if (!project) throw new Difference('没有跨区域项目 · there is no project across regions');
  const { name, regionCode } = project.form;
  const asked = { projectName: name, regionCode, projectId: project.id };
  const { caseId } = await calls.post<{ caseId: string }>(CLERK, `${path}/allocations`, asked);
  const { stateKey } = await comesTo(scene, caseId, 'firstChoice');
  story.step(
    { zh: '跨区域项目：先征询首选', en: 'across regions: the first choice', by: CLERK, article: '7.2' },
    stateKey,
  );

  for (const head of [HEAD, CO_HEAD]) {
    const left = await answers(scene, head, caseId, 'chooseFirst', 'leave', { reason: '本单位资源已满' });
    story.step({ zh: '有首选权的单位放弃', en: 'who has the first choice leaves it', ...left });
  }
  const view = { unitId: 'east', opinion: '由当地单位承建为宜' };
  await comesTo(scene, caseId, 'consultation');
  const [said] = await Promise.all([
    answers(scene, MANAGER, caseId, 'recordClientView', 'state', { ...view, opinion: '业主同意由当地单位承建' }),
    ...['central-deputy', 'south-deputy', 'east-head'].map((officer) =>
      answers(scene, officer, caseId, 'giveUnitView', 'state', view),
    ),
  ]);
  const proposing = await comesTo(scene, caseId, 'proposing');
  story.step({ zh: '征求业主和相关单位意见', en: 'client and units are asked', ...said }, proposing.stateKey);
  const proposal = await answers(scene, CLERK, caseId, 'proposeBuilder', 'propose', { unitId: 'east' });
  const deciding = await comesTo(scene, caseId, 'deciding');
  story.step({ zh: '经营部提出由华东分公司承建', en: 'a builder is proposed', ...proposal }, deciding.stateKey);
  const told = { zh: '委员会表决，推荐单位和拟承建单位回避', en: 'the committee decides, without those two' };
  const expected = { recused: ['central', 'east'], body: 9, to: 'allocated' };
  const allocated = await tellPassing(scene, caseId, 'deciding', told, expected);

  expectSame('委员会决定的承建单位 · the builder', builderOf(allocated), 'east');
  const seen = await calls.get<ProjectDetail>(MANAGER, `/projects/${project.id}`);
  expectSame('项目记录的承建单位 · on the project’s record', seen.project.builder?.id, 'east');
  story.check('华东分公司承建，已记入项目；大客户的对接不变', 'built by one unit, held by the others as before');
}

const builderOf = ({ matter }: CaseView): string | null =>
  matter?.process === 'allocation' ? (matter.builder?.id ?? null) : null;
