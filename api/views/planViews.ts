import { openForClient } from '../../cases/clientSecrets.ts';
import { localDay } from '../../domain/calendar.ts';
import { isOverdue, type MeasureState } from '../../domain/plan.ts';
import type { Plan, PlanMeasure } from '../../prisma/generated/client.ts';
import type { MeasureView, PlanView } from '../contract/suggestions.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

type Opened = Plan & { readonly measures: readonly PlanMeasure[] };

/** Measures with their words opened; `clientIdOf` says under whose key each is sealed. In the order given. */
export async function measureViews(
  deps: Pick<ApiDeps, 'prisma' | 'keys' | 'pool'>,
  measures: readonly PlanMeasure[],
  clientIdOf: (measure: PlanMeasure) => string,
): Promise<MeasureView[]> {
  const { rows: notes } = await deps.pool.query<{ id: string; by: string | null; at: Date }>(
    `SELECT DISTINCT ON (f.codes->>'measureId') f.codes->>'measureId' AS id, f.actor_id AS by, f.at FROM facts f
     JOIN plans p ON p.case_id = f.case_id
     WHERE p.id = ANY ($1) AND (f.kind = 'progressed' OR f.action = 'report') ORDER BY f.codes->>'measureId', f.seq DESC`,
    [[...new Set(measures.map(({ planId }) => planId))]],
  );
  const names = await loadNames(deps.prisma, {
    persons: [...measures.flatMap((each) => [each.ownerId, each.confirmedBy]), ...notes.map(({ by }) => by)],
  });
  const today = localDay(Date.now());
  return Promise.all(
    measures.map(async (measure) => {
      const { text } = await openForClient<{ text: string }>(
        deps,
        clientIdOf(measure),
        'plan_measures',
        measure.id,
        measure.secret,
      );
      const state = measure.state as MeasureState;
      const dueOn = dayOf(measure.dueOn);
      const note = notes.find(({ id }) => id === measure.id);
      return {
        id: measure.id,
        ord: measure.ord,
        text,
        owner: names.person(measure.ownerId),
        dueOn,
        firstDueOn: dayOf(measure.firstDueOn),
        state,
        overdue: isOverdue({ state, dueOn }, today),
        reportedAt: timeOrNull(measure.reportedAt),
        doneAt: timeOrNull(measure.doneAt),
        confirmedBy: names.personOrNull(measure.confirmedBy),
        lastNote: note ? { by: names.personOrNull(note.by), at: timeOf(note.at) } : null,
      };
    }),
  );
}

/** Plans of one client's account as its readers see them. `readable` holds the cases the reader may open. */
export async function planViews(
  deps: Pick<ApiDeps, 'prisma' | 'keys' | 'pool'>,
  clientId: string,
  plans: readonly Opened[],
  readable: ReadonlySet<string>,
): Promise<PlanView[]> {
  const cases = await deps.prisma.case.findMany({ where: { id: { in: plans.map(({ caseId }) => caseId) } } });
  return Promise.all(
    plans.map(async (plan) => {
      const opener = cases.find(({ id }) => id === plan.caseId);
      const { aim } = await openForClient<{ aim: string }>(deps, clientId, 'plans', plan.id, plan.secret);
      return {
        id: plan.id,
        caseId: plan.caseId,
        number: opener?.number ?? '',
        readable: readable.has(plan.caseId),
        process: opener?.process ?? '',
        state: plan.state as PlanView['state'],
        result: plan.result as PlanView['result'],
        aim,
        openedAt: timeOf(plan.openedAt),
        closedAt: timeOrNull(plan.closedAt),
        measures: await measureViews(deps, plan.measures, () => clientId),
      };
    }),
  );
}
