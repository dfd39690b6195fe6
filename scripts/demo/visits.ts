import type { MarketingTaskView } from '../../api/contract/marketingTasks.ts';
import type { ManagedVisits, VisitList } from '../../api/contract/visits.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { expectSame } from './calls.ts';
import type { Scene } from './scene.ts';

const MANAGER = 'central-manager';
const HEAD = 'central-head';
const OUTSIDER = 'central-submitter';

/** A return visit and a marketing task of the account that was established last (Article 6.1). */
export async function tellVisits({ calls, story }: Scene): Promise<void> {
  story.title('定期回访与营销任务', 'Return visits and marketing tasks');
  const today = localDay(Date.now());
  const managed = await calls.get<{ items: readonly ManagedVisits[] }>(MANAGER, '/me/visits');
  const mine = managed.items.toSorted((one, other) => (one.account.archiveNo < other.account.archiveNo ? 1 : -1))[0];
  const id = mine?.account.id;
  const days = mine?.account.managedBy === 'company' ? 30 : 60;
  expectSame('首次回访最晚日 · the first visit is due', mine?.due.dueOn, addDays(today, days));
  story.check(`首次回访最晚 ${mine?.due.dueOn}（确立后 ${days} 天，系统默认）`, 'when the first visit is due');

  const form = {
    place: '客户单位',
    met: ['董事长'],
    ours: [MANAGER],
    summary: '了解二期招标安排',
    nextStep: '报送业绩证明',
  };
  const path = `/accounts/${id}/visits`;
  await calls.refused(MANAGER, path, { visitedOn: addDays(today, 1), form }, 'visitInFuture');
  story.check('还没有到的日子不能登记为已回访', 'no visit lies in the future');
  await calls.post(MANAGER, path, { visitedOn: today, form });
  story.step({ zh: '客户经理记一次回访', en: 'a return visit logged', by: MANAGER, article: '6.1' });
  await calls.post(MANAGER, `${path}/plan`, { plannedOn: addDays(today, 14), purpose: '送业绩证明' });
  story.step({ zh: '计划两周后再访', en: 'the next one planned', by: MANAGER, article: '6.1' });
  const seen = await calls.get<VisitList>(HEAD, path);
  expectSame('回访记录 · the visits', seen.items.map(({ state }) => state).toSorted(), ['done', 'planned']);
  await calls.refused(OUTSIDER, path, { visitedOn: today, form }, 'forbidden');
  story.check('对接单位的其他人员不能登记，也不能查阅', 'confidential: not even for everybody of the unit');

  const tasks = `/accounts/${id}/marketing-tasks`;
  const { id: taskId } = await calls.post<{ id: string }>(HEAD, tasks, {
    what: '邀请业主来公司考察',
    dueOn: addDays(today, 20),
    ownerId: MANAGER,
  });
  story.step({ zh: '单位负责人下达营销任务', en: 'a marketing task set', by: HEAD, article: '6.1' });
  await calls.post(MANAGER, `/marketing-tasks/${taskId}/fulfil`, { answer: '业主已来访' });
  story.step({ zh: '客户经理完成营销任务', en: 'and fulfilled', by: MANAGER, article: '6.1' });
  const { items } = await calls.get<{ items: readonly MarketingTaskView[] }>(HEAD, tasks);
  expectSame('营销任务 · the task', [items[0]?.state, items[0]?.answer], ['done', '业主已来访']);
}
