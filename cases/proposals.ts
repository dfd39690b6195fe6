import { DomainError } from '../domain/errors.ts';
import { type Actor, hasRole, roleKey } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import { type Act, answered, keepAnswer } from './idempotency.ts';
import type { FactKind, FactRow, Receipt, TaskRow } from './records.ts';
import { type CaseTransaction, inCase, OF_THE_CASE } from './transaction.ts';

/** What one administrator alone may not do: he proposes it with a reason, the other confirms. Both are 系统默认, after Article 11. */

/** Hours within which a proposal is confirmed, or lapses (系统默认). */
export const PROPOSAL_HOURS = 72;
export const expiryOf = (from: Date): Date => new Date(from.getTime() + PROPOSAL_HOURS * 3_600_000);

/** The kinds of task by which a proposal about a case is confirmed. */
export const CONFIRMATIONS = ['confirmOverride', 'confirmRedrive'] as const;
type Confirmation = (typeof CONFIRMATIONS)[number];

/** The administrator who has to confirm what this one proposes. @throws DomainError `forbidden` for whoever is neither */
export function otherAdministrator(actor: Actor): 'systemAdmin' | 'securityAdmin' {
  if (hasRole(actor, 'systemAdmin')) return 'securityAdmin';
  if (hasRole(actor, 'securityAdmin')) return 'systemAdmin';
  throw new DomainError('forbidden', { needed: 'systemAdmin, securityAdmin' });
}

/** Records a proposal about a case and asks the other administrator. One of a kind is open at a time; one that expired gives way. */
export async function propose(
  tx: CaseTransaction,
  actor: Actor,
  reason: string,
  proposal: { readonly fact: FactKind; readonly kind: Confirmation; readonly codes: Readonly<Record<string, unknown>> },
): Promise<FactRow> {
  const other = otherAdministrator(actor);
  await refuseConcerned(tx, actor);
  for (const task of tx.tasks.all) {
    if (task.kind !== proposal.kind || task.status !== 'open') continue;
    if (!isExpired(tx, task)) throw new DomainError('proposalOpen');
    tx.closeTask(task, 'expired', 'cancelled');
  }
  const fact = tx.fact({
    kind: proposal.fact,
    actorId: actor.personId,
    codes: proposal.codes,
    secret: { reason },
  });
  tx.openTask({
    ...OF_THE_CASE,
    kind: proposal.kind,
    blocking: false,
    actions: ['confirm', 'refuse'],
    candidates: [roleKey(other)],
    silence: 'none',
    subject: {
      ...proposal.codes,
      proposedSeq: fact.seq,
      barredPersonId: actor.personId,
      expiresAt: expiryOf(tx.now).toISOString(),
    },
  });
  return fact;
}

/** What only confirming asks for: that the proposal still stands, and that whoever confirms is not concerned. @throws DomainError */
export async function guardConfirmation(tx: CaseTransaction, { task, actor }: Answer): Promise<void> {
  if (isExpired(tx, task)) throw new DomainError('proposalExpired', { at: String(task.subject.expiresAt) });
  await refuseConcerned(tx, actor);
}

/** The second administrator's no: on record, without making him one who decided in the case. */
export function refuseProposal(tx: CaseTransaction, answer: Answer): FactRow {
  const fact = recordDecision(tx, answer, { kind: 'proposalRefused' });
  tx.closeTask(answer.task, 'refuse');
  return fact;
}

/** Its proposer takes a proposal back. @throws DomainError `notCandidate` for anybody else, `taskClosed` */
export async function withdrawProposal(
  deps: CaseDeps,
  request: { readonly personId: string; readonly caseId: string; readonly taskId: string; readonly key: string },
): Promise<Receipt> {
  const { personId, caseId, taskId, key } = request;
  const act: Act = { personId, target: `proposal:${taskId}:withdraw`, key, body: {} };
  return inCase(deps, { caseId, personId, taskId }, async (tx) => {
    const before = await answered<Receipt>(tx.client, act, tx.key);
    if (before) return before;
    const actor = activeActor(tx);
    const task = tx.tasks.all.find((each) => each.id === taskId);
    if (!task || !isConfirmation(task.kind)) throw new DomainError('notFound');
    if (task.subject.barredPersonId !== actor.personId) throw new DomainError('notCandidate');
    if (task.status !== 'open') throw new DomainError('taskClosed', { outcome: task.outcome ?? '' });
    const fact = tx.fact({ kind: 'proposalWithdrawn', taskId, actorId: actor.personId });
    tx.closeTask(task, 'withdrawn', 'cancelled');
    const receipt: Receipt = { caseId, seq: fact.seq, taskId, outcome: 'withdrawn' };
    await keepAnswer(tx.client, act, receipt, tx.key);
    return receipt;
  });
}

export const isConfirmation = (kind: string): kind is Confirmation =>
  (CONFIRMATIONS as readonly string[]).includes(kind);

const isExpired = (tx: CaseTransaction, task: Readonly<TaskRow>): boolean =>
  typeof task.subject.expiresAt === 'string' && new Date(task.subject.expiresAt) <= tx.now;

/**
 * An administrator is concerned who belongs to the unit whose matter it is, holds a seat that votes on it, or has acted in it otherwise
 * than by proposing and answering proposals: he ends nothing and starts nothing again (系统默认). @throws DomainError `conflicted`
 */
async function refuseConcerned(tx: CaseTransaction, actor: Actor): Promise<void> {
  const acted = await tx.sql(`SELECT 1 FROM facts WHERE case_id = $1 AND actor_id = $2 AND kind <> ALL ($3) LIMIT 1`, [
    tx.case.id,
    actor.personId,
    BESIDE_THE_MATTER,
  ]);
  if (actor.unitId === tx.case.unitId || actor.seats.length > 0 || acted.length > 0)
    throw new DomainError('conflicted', { why: 'administratorConcerned' });
}

const BESIDE_THE_MATTER: readonly FactKind[] = [
  'overrideProposed',
  'redriveProposed',
  'proposalRefused',
  'proposalWithdrawn',
  'redriven',
];
