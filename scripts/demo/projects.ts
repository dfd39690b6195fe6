import type { AccountProjects, ContractTotals, ProjectDetail } from '../../api/contract/projects.ts';
import { expectSame } from './calls.ts';
import type { Scene } from './scene.ts';

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

type Entered = { readonly id: string; readonly version: number };

/** An account's projects: those of the recommendation, one that is signed, one across regions, and a claim. */
export async function tellProjects({ calls, story }: Scene, accountId: string): Promise<void> {
  const by = MANAGER;
  story.title('项目、合同额与二次经营', 'Projects, contract totals, operations');
  const { projects } = await calls.get<AccountProjects>(by, `/accounts/${accountId}/projects`);
  expectSame('随推荐转入的项目 · carried over', projects.length > 1, true);
  story.step({ zh: `推荐材料中的 ${projects.length} 个项目已转入`, en: 'carried over', by, article: '9' });

  const [upcoming] = projects.filter(({ form }) => form.state === 'upcoming');
  if (!upcoming) throw new Error('the example recommends an upcoming project');
  const signed = { ...upcoming.form, contractedOn: today() };
  await calls.put<Entered>(by, `/projects/${upcoming.id}`, signed, upcoming.version);
  const after = await calls.get<ContractTotals>(by, `/accounts/${accountId}/contract-totals`);
  const cumulative = after.totals.find(({ kind }) => kind === 'cumulative');
  expectSame('签约后的累计成交额 · cumulative', cumulative?.amountYuan, upcoming.form.amountYuan);
  expectSame('级别仍符合 · the grade still fits', after.grade.fits, 'fits');
  story.step({ zh: '一个项目签约：由预计转为成交，从不重复计算', en: 'signed: expected no more', by, article: '12' });

  const across = { name: '示例跨区项目', state: 'upcoming', regionCode: '310115', amountYuan: '80000000.00' };
  const entered = await calls.post<Entered>(CLERK, `/accounts/${accountId}/projects`, across);
  const seen = await calls.get<ProjectDetail>(by, `/projects/${entered.id}`);
  expectSame('跨区域的提示 · across regions', seen.project.notes[0], 'crossRegion');
  story.step({
    zh: '登记跨区域项目：提示须经承建协商',
    en: 'across regions: an allocation',
    by: CLERK,
    article: '7.2',
  });

  const built = projects.find(({ form }) => form.state !== 'upcoming');
  const claim = { kindId: 'finalSettlement', state: 'agreed', claimedYuan: '3000000.00', agreedYuan: '2800000.00' };
  await calls.post<Entered>(by, `/projects/${built?.id}/operations`, { ...claim, on: today() });
  story.step({ zh: '三次经营：结算申报 300 万元，确认 280 万元', en: 'a settlement agreed', by, article: '6.4' });
}
