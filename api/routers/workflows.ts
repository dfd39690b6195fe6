import { workflowRoutes as routes, type WorkflowView } from '../contract/workflows.ts';
import type { ApiDeps } from '../deps.ts';
import type { Execution } from '../executions.ts';
import type { Routing } from '../routing.ts';
import { attention } from '../views/attention.ts';

/** What the system administrator sees of the workflow engine; the only lists served from Temporal. */
export function mountWorkflows({ on }: Routing, deps: ApiDeps): void {
  const { executions } = deps;

  on(routes.workflows, async ({ query }) => {
    const { items, nextCursor } = await executions.list(query);
    return { items: await withCases(deps, items), nextCursor };
  });

  on(routes.attention, async () => {
    const found = await attention(deps);
    const counts = found.temporal === 'away' ? null : await executions.counts();
    return { ...found, counts, pages: deps.engine.pages, namespace: deps.engine.namespace };
  });

  on(routes.workflow, async ({ params }) => {
    const [view] = await withCases(deps, [await executions.read(params.id)]);
    return view;
  });

  on(routes.history, async ({ params, query }) => executions.history(params.id, query));
}

async function withCases({ prisma }: Pick<ApiDeps, 'prisma'>, found: readonly Execution[]): Promise<WorkflowView[]> {
  const cases = await prisma.case.findMany({
    where: { id: { in: found.flatMap((execution) => execution.caseId ?? []) } },
    select: { id: true, number: true, state: true },
  });
  const accounts = await prisma.account.findMany({
    where: { id: { in: found.flatMap((execution) => execution.accountId ?? []) } },
    select: { id: true, archiveNo: true, state: true },
  });
  const byId = new Map([
    ...cases.map((row) => [row.id, row] as const),
    ...accounts.map(({ id, archiveNo, state }) => [id, { number: archiveNo, state }] as const),
  ]);
  return found.map((execution) => {
    const row = byId.get(execution.caseId ?? execution.accountId ?? '');
    return { ...execution, caseNumber: row?.number ?? null, caseState: row?.state ?? null };
  });
}
