import { setTimeout as pause } from 'node:timers/promises';
import type { accountReportRoutes } from '../../api/contract/accountReports.ts';
import type { ResponseOf } from '../../api/contract/route.ts';
import type { WorkflowView } from '../../api/contract/workflows.ts';
import { type Calls, expectSame } from './calls.ts';
import type { Scene } from './scene.ts';

const MANAGER = 'central-manager';

/** The life of the account that was established: its execution, what falls due, and a report. */
export async function tellAccount({ calls, story }: Scene, accountId: string): Promise<void> {
  story.title('六、大客户的日常：回访与上报', 'The life of a key account: visits and reports');
  const workflow = await running(calls, `/workflows/account:${accountId}`);
  story.check(
    `该大客户的流程执行在运行，共 ${workflow.historyLength} 个事件`,
    'the account has an execution of its own',
  );
  const due = await calls.get<ResponseOf<typeof accountReportRoutes.duties>>(MANAGER, `/accounts/${accountId}/duties`);
  expectSame(
    '到期事项 · what falls due',
    due.items.map(({ duty, isOverdue }) => [duty, isOverdue]),
    [
      ['visit', false],
      ['report', false],
    ],
  );
  for (const { duty, dueOn } of due.items)
    story.check(`${duty === 'visit' ? '定期回访' : '定时上报'}最迟 ${dueOn}`, `${duty} due`);
  const report = { parts: ['basics', 'credit'], changes: '确立后首次核对：基本情况、信用无变化' };
  await calls.post(MANAGER, `/accounts/${accountId}/reports`, report);
  story.step({ zh: '上报客户资料', en: 'reports on the account', by: MANAGER, article: '6.2' });
  await calls.refused(MANAGER, `/accounts/${accountId}/reports`, report, 'reportedAlready');
  story.check('同一天不能重复上报', 'no day is reported twice');
}

/** The execution starts within seconds after the case that established the account has closed. */
async function running(calls: Calls, path: string): Promise<WorkflowView> {
  for (const end = Date.now() + 30_000; ; await pause(200)) {
    const workflow = await calls.get<WorkflowView>('system-admin', path).catch((error: unknown) => {
      if (Date.now() > end) throw error;
      return null;
    });
    if (workflow) {
      expectSame('大客户的流程执行 · its execution', workflow.status, 'running');
      return workflow;
    }
  }
}
