import { randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import { expect } from 'vitest';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import type { Company } from './company.ts';
import { saveHistory } from './histories.ts';
import { movesOf } from './moves.ts';

/** Waits for a case's end, sees that no workflow task failed on the way, and keeps its history where a release is saved. */
export async function keepWalk(
  company: Company,
  { process, initial }: Pick<Lifecycle<string>, 'process' | 'initial'>,
  { name, caseId, ending }: { readonly name: string; readonly caseId: string; readonly ending: string },
): Promise<void> {
  await company.state(caseId, ending);
  const handle = company.client.workflow.getHandle(`${process}:${caseId}`);
  expect(await handle.result()).toBe(ending);
  const history = await handle.fetchHistory();
  expect((history.events ?? []).flatMap((event) => failureOf(event) ?? [])).toEqual([]);
  const facts = await company.facts(caseId);
  const walked = { moves: movesOf(initial, facts), kinds: [...new Set(facts.map(({ kind }) => kind))].sort() };
  await saveHistory(name, handle.workflowId, walked, history);
}

/** A case is taken back by who may. @returns its id */
export async function takenBack({ deps }: Company, personId: string, caseId: string): Promise<string> {
  await withdraw(deps, { personId, caseId, reason: '不再办理', key: randomUUID() });
  return caseId;
}

/** Two administrators end a case as lapsed. @returns its id */
export async function endedByAdministrators({ deps, answer }: Company, caseId: string): Promise<string> {
  const lapse = { personId: 'system-admin', caseId, to: 'lapsed', reason: '无法继续办理', key: randomUUID() } as const;
  await proposeOverride(deps, { ...lapse, provenAt: new Date() });
  await answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
  return caseId;
}

type Event = proto.temporal.api.history.v1.IHistoryEvent;
const { WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND: BELL_CAME_BETWEEN } =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause;

/** A task is done again when a bell rings while its result is on the way: that is no failure of the workflow's. */
function failureOf({ workflowTaskFailedEventAttributes: failed }: Event): string | null {
  return failed && failed.cause !== BELL_CAME_BETWEEN ? String(failed.cause) : null;
}
