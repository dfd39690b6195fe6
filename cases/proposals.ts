import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { Policy } from '../domain/policy.ts';
import {
  type AnswerRefusal,
  answerRefusal,
  expiryOf,
  lapseOf,
  type ProposalAnswer,
  type Standing,
} from '../domain/proposal.ts';
import { type Actor, hasRole, holdersOf, roleKey } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Act } from './idempotency.ts';
import type { FactKind, FactRow, Receipt, TaskRow } from './records.ts';
import { guardStepUp, type Proof } from './stepUp.ts';
import { type CaseTransaction, inCase, OF_THE_CASE } from './transaction.ts';

/** The kinds of task by which a proposal about a case is confirmed. */
export const CONFIRMATIONS = ['confirmOverride', 'confirmRedrive'] as const;
type Confirmation = (typeof CONFIRMATIONS)[number];

/** The administrator who has to confirm what this one proposes. @throws DomainError `forbidden` for whoever is neither */
export function otherAdministrator(actor: Actor): 'systemAdmin' | 'securityAdmin' {
  if (hasRole(actor, 'systemAdmin')) return 'securityAdmin';
  if (hasRole(actor, 'securityAdmin')) return 'systemAdmin';
  throw new DomainError('forbidden', { needed: 'systemAdmin, securityAdmin' });
}

/** The ids of who may propose now: what anybody else proposed is confirmed no more. */
export async function proposersNow(database: Pool | PoolClient): Promise<ReadonlySet<string>> {
  return new Set(await holdersOf(database, [roleKey('systemAdmin'), roleKey('securityAdmin')]));
}

/** Who may propose: one of the two administrators, who proves anew that it is he, where policy wants it. @throws DomainError */
export function guardProposer(inForce: Policy, actor: Actor, proof: Proof): void {
  otherAdministrator(actor);
  guardStepUp(inForce, 'override', proof);
}

const refusals = {
  closed: (outcome) => new DomainError('taskClosed', { outcome }),
  notProposer: () => new DomainError('notCandidate'),
  ownProposal: () => new DomainError('separation', { why: 'checkedByAnother' }),
  ownAppointment: () => new DomainError('separation', { why: 'ownAppointment' }),
  notConfirmer: () => new DomainError('notCandidate'),
  expired: (_, { expiresAt }) => new DomainError('proposalExpired', { at: expiresAt?.toISOString() ?? '' }),
  overtaken: () => new DomainError('proposalOvertaken'),
} as const satisfies Record<AnswerRefusal, (outcome: string, standing: Standing) => DomainError>;

/** The one guard of proposals, whatever they are about. @throws DomainError saying why somebody may not give this answer */
export function guardAnswer(
  standing: Standing,
  actor: Actor,
  { answer, now, outcome }: { readonly answer: ProposalAnswer; readonly now: Date; readonly outcome: string },
): void {
  const refusal = answerRefusal(standing, whoAnswers(actor), answer, now);
  if (refusal) throw refusals[refusal](outcome, standing);
}

export const whoAnswers = ({ personId, roles }: Actor) => ({ personId, roles: roles.map(({ role }) => role) });

/** Where a proposal about a case stands, which is a task. */
export function taskStanding(
  task: { readonly status: string; readonly candidates: readonly string[]; readonly subject: unknown },
  proposers: ReadonlySet<string>,
): Standing {
  const { barredPersonId, expiresAt } = task.subject as { barredPersonId: string; expiresAt?: string };
  return {
    open: task.status === 'open',
    proposedBy: barredPersonId,
    proposerHolds: proposers.has(barredPersonId),
    confirmers: (['systemAdmin', 'securityAdmin'] as const).filter((role) => task.candidates.includes(roleKey(role))),
    concerned: null,
    expiresAt: expiresAt ? new Date(expiresAt) : null,
  };
}

const standingNow = async (tx: CaseTransaction, task: Readonly<TaskRow>): Promise<Standing> =>
  taskStanding(task, await proposersNow(tx.client));

/** Records a proposal about a case and asks the other administrator. One of a kind is open at a time; one that lapsed gives way. */
export async function propose(
  tx: CaseTransaction,
  actor: Actor,
  { reason, provenAt }: Proof & { readonly reason: string },
  proposal: { readonly fact: FactKind; readonly kind: Confirmation; readonly codes: Readonly<Record<string, unknown>> },
): Promise<FactRow> {
  const other = otherAdministrator(actor);
  guardProposer(await tx.policyInForce(), actor, { provenAt });
  await refuseConcerned(tx, actor);
  for (const task of tx.tasks.all) {
    if (task.kind !== proposal.kind || task.status !== 'open') continue;
    const lapse = lapseOf(await standingNow(tx, task), tx.now);
    if (!lapse) throw new DomainError('proposalOpen');
    tx.closeTask(task, lapse, 'cancelled');
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

/** What confirming asks for beside the task's guard: that the proposal still stands, and that whoever confirms is not concerned. @throws DomainError */
export async function guardConfirmation(tx: CaseTransaction, { task, actor }: Answer): Promise<void> {
  guardAnswer(await standingNow(tx, task), actor, { answer: 'confirm', now: tx.now, outcome: task.outcome ?? '' });
  await refuseConcerned(tx, actor);
}

/** The second administrator's no: on record, without making him one who decided in the case. */
export async function refuseProposal(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  guardAnswer(await standingNow(tx, answer.task), answer.actor, { answer: 'refuse', now: tx.now, outcome: '' });
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
  return inCase(deps, { caseId, personId, taskId, act }, async (tx) => {
    const before = tx.answered<Receipt>(act);
    if (before) return before;
    const actor = activeActor(tx);
    const task = tx.tasks.all.find((each) => each.id === taskId);
    if (!task || !isConfirmation(task.kind)) throw new DomainError('notFound');
    guardAnswer(await standingNow(tx, task), actor, { answer: 'withdraw', now: tx.now, outcome: task.outcome ?? '' });
    const fact = tx.fact({ kind: 'proposalWithdrawn', taskId, actorId: actor.personId });
    tx.closeTask(task, 'withdrawn', 'cancelled');
    const receipt: Receipt = { caseId, seq: fact.seq, taskId, outcome: 'withdrawn' };
    tx.keep(act, receipt);
    return receipt;
  });
}

export const isConfirmation = (kind: string): kind is Confirmation =>
  (CONFIRMATIONS as readonly string[]).includes(kind);

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
