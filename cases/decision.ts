import { bulkActions } from '../domain/bulk.ts';
import { DomainError } from '../domain/errors.ts';
import { sensitiveActOf } from '../domain/stepUp.ts';
import { apply } from './actions.ts';
import { guardBulkVote } from './bulkVoteGuard.ts';
import { type Bodies, engineBodies, partBody } from './decisionBody.ts';
import type { CaseDeps } from './deps.ts';
import { guard } from './guard.ts';
import type { Act } from './idempotency.ts';
import { definitionOf } from './processes.ts';
import type { Receipt } from './records.ts';
import { guardStepUp, type Proof } from './stepUp.ts';
import { type CaseTransaction, type CaseWork, inCase } from './transaction.ts';

export type Decision = Proof & {
  readonly personId: string;
  readonly taskId: string;
  readonly action: string;
  readonly body: unknown;
  /** The Idempotency-Key. */
  readonly key: string;
  /** Another system or an operator who entered it for him, where the decision did not come from himself. */
  readonly enteredBy?: string;
  /** The bulk act it is a part of, and the kind of task that act is for. */
  readonly bulk?: { readonly id: string; readonly kind: string };
  /** The bulk vote it is an item of, for which its voter proved who he is. */
  readonly bulkVoteId?: string;
};

/**
 * The one door: a person's answer to a task, in one transaction with its fact, its effect, its audit entry and its doorbell.
 * @throws DomainError whatever the guard or the action refuses; nothing is then written.
 */
export async function decide(deps: CaseDeps, decision: Decision): Promise<Receipt> {
  return inCase(deps, workOf(decision), (tx) => decideIn(tx, decision));
}

/** What a decision's transaction loads: the case of its task, the person, and whether it was taken before. */
export const workOf = (decision: Decision): CaseWork => ({
  personId: decision.personId,
  taskId: decision.taskId,
  act: actOf(decision),
});

export async function decideIn(
  tx: CaseTransaction,
  { personId, taskId, action, body, key, enteredBy, bulk, bulkVoteId, provenAt }: Decision,
): Promise<Receipt> {
  const act = actOf({ personId, taskId, action, body, key });
  const before = tx.answered<Receipt>(act);
  if (before) return before;
  const task = tx.tasks.all.find((each) => each.id === taskId);
  if (!task) throw new DomainError('notFound');
  // What follows its holder is his from the instant he is, and not only once the process has noticed.
  await definitionOf(tx.case.process).settleHolders?.(tx);
  const { actor, principal } = guard(tx, task, action);
  if (bulk && (task.kind !== bulk.kind || !bulkActions(task.kind).includes(action)))
    throw new DomainError('notInBulk', { action: `${task.kind}.${action}` });
  if (bulkVoteId !== undefined) await guardBulkVote(tx, task, action);
  else guardStepUp(await tx.policyInForce(), sensitiveActOf(task.kind, action), { provenAt });
  // A draft's own submission has a route of its own: it is not answered here by anybody.
  if (!schemaOf(tx.case.process, task.kind, action)) throw new DomainError('notYourMatter', { state: tx.case.state });
  const parsed = parseBody(tx.case.process, task.kind, action, body);
  const { seq } = await apply(tx, {
    task,
    action,
    body: parsed,
    ...partBody(parsed, definitionOf(tx.case.process).codes),
    actor,
    onBehalfOf: principal?.personId ?? null,
    enteredBy: enteredBy ?? null,
    bulkId: bulk?.id ?? bulkVoteId ?? null,
  });
  const receipt: Receipt = { caseId: tx.case.id, seq, taskId, outcome: task.outcome };
  tx.keep(act, receipt);
  return receipt;
}

const actOf = ({ personId, taskId, action, body, key }: Omit<Decision, 'provenAt'>): Act => ({
  personId,
  target: `task:${taskId}`,
  key,
  body: { action, body },
});

/** Whether this very decision was taken before. */
export const isAnswered = (tx: CaseTransaction, decision: Decision): boolean => tx.answered(actOf(decision)) !== null;

/** @throws DomainError `notFound` for a task nobody has. */
export async function caseOfTask(deps: CaseDeps, taskId: string): Promise<string> {
  const { rows } = await deps.pool.query<{ case_id: string }>({
    name: 'case-of-task',
    text: 'SELECT case_id FROM tasks WHERE id = $1',
    values: [taskId],
  });
  const row = rows[0];
  if (!row) throw new DomainError('notFound');
  return row.case_id;
}

/** What a kind of task's answer holds; undefined for an action that no decision gives. */
function schemaOf(process: string, kind: string, action: string): Bodies[string][string] | undefined {
  const bodies: Bodies = { ...engineBodies, ...definitionOf(process).bodies };
  const actions = bodies[kind] ?? {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** @throws DomainError `invalid` or `unknownField`, naming the field. */
export function parseBody(process: string, kind: string, action: string, body: unknown): Record<string, unknown> {
  const schema = schemaOf(process, kind, action);
  if (!schema) throw new DomainError('invalid', { field: 'action', reason: 'notOffered' }, 'action');
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issue = parsed.error.issues[0];
  const field = (issue?.path ?? []).join('.');
  if (issue?.code === 'unrecognized_keys') {
    const name = [field, issue.keys[0]].filter(Boolean).join('.');
    throw new DomainError('unknownField', { field: name }, name);
  }
  throw new DomainError('invalid', { field: field || 'body', reason: issue?.message ?? '' }, field || 'body');
}
