import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { type MeasureState, MOST_MEASURES, type PlanResult, type PlanState } from '../domain/plan.ts';
import type { MeasureForm, PlanForm } from '../forms/plan.ts';
import { newId } from '../platform/id.ts';
import { sealForClient } from './clientSecrets.ts';
import type { CaseTransaction } from './transaction.ts';

/** A measure as its steps look at it; its words stay sealed. */
export type Measure = {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerUnitId: string;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly state: MeasureState;
};

/**
 * Opens the plan of a case for its account: `proposed` where the committee is still to decide, else `underway`. A case has one.
 * @throws DomainError `invalid` for a day that has passed, `unfitPerson` for an owner who left
 */
export async function openPlan(
  tx: CaseTransaction,
  accountId: string,
  form: PlanForm,
  state: Extract<PlanState, 'proposed' | 'underway'>,
): Promise<void> {
  const id = newId();
  const secret = await sealForClient(tx.deps, clientOf(tx), 'plans', id, { aim: form.aim });
  await tx.sql(
    'INSERT INTO plans (id, account_id, case_id, state, opened_at, secret) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, accountId, tx.case.id, state, tx.now, secret],
  );
  await insertMeasures(tx, id, form.measures, 'plan.measures');
}

/** More measures for the plan of the case. @throws DomainError as `openPlan`; `invalid` for more than a plan may have */
export async function addMeasures(tx: CaseTransaction, measures: readonly MeasureForm[]): Promise<void> {
  await insertMeasures(tx, await planId(tx), measures, 'measures');
}

async function insertMeasures(
  tx: CaseTransaction,
  plan: string,
  measures: readonly MeasureForm[],
  field: string,
): Promise<void> {
  const [row] = await tx.sql('SELECT count(*)::int AS count FROM plan_measures WHERE plan_id = $1', [plan]);
  const before = Number(row?.count);
  if (before + measures.length > MOST_MEASURES)
    throw new DomainError('invalid', { field, reason: `≤ ${MOST_MEASURES}` }, field);
  for (const [index, measure] of measures.entries()) {
    await requireOwner(tx, measure.ownerId, `${field}.${index}.ownerId`);
    requireDay(tx, measure.dueOn, `${field}.${index}.dueOn`);
    const id = newId();
    const secret = await sealForClient(tx.deps, clientOf(tx), 'plan_measures', id, { text: measure.text });
    await tx.sql(
      `INSERT INTO plan_measures (id, plan_id, ord, owner_id, first_due_on, due_on, state, secret) VALUES ($1, $2, $3, $4, $5, $5, 'waiting', $6)`,
      [id, plan, before + index + 1, measure.ownerId, measure.dueOn, secret],
    );
  }
}

/** @throws DomainError `unfitPerson` */
export async function requireOwner(tx: CaseTransaction, personId: string, field: string): Promise<void> {
  const [person] = await tx.sql('SELECT 1 FROM persons WHERE id = $1 AND active', [personId]);
  if (!person) throw new DomainError('unfitPerson', { field, why: 'inactive' }, field);
}

/** @throws DomainError `invalid` */
export function requireDay(tx: CaseTransaction, dueOn: string, field: string): void {
  const today = localDay(tx.now.getTime());
  if (dueOn < today) throw new DomainError('invalid', { field, reason: `≥ ${today}` }, field);
}

async function planId(tx: CaseTransaction): Promise<string> {
  const [row] = await tx.sql('SELECT id FROM plans WHERE case_id = $1', [tx.case.id]);
  if (!row) throw new DomainError('notFound');
  return String(row.id);
}

/** The measures of the case's plan in some states, in order. */
export async function measuresOf(tx: CaseTransaction, ...states: MeasureState[]): Promise<Measure[]> {
  const rows = await tx.sql(
    `SELECT m.id, m.owner_id AS "ownerId", p.unit_id AS "ownerUnitId", m.due_on::text AS "dueOn", m.state
     FROM plan_measures m JOIN plans plan ON plan.id = m.plan_id JOIN persons p ON p.id = m.owner_id
     WHERE plan.case_id = $1 AND m.state = ANY ($2) ORDER BY m.ord`,
    [tx.case.id, states],
  );
  return rows as unknown as Measure[];
}

/** The measure a task is about. */
export async function measureOf(tx: CaseTransaction, subject: Readonly<Record<string, unknown>>): Promise<Measure> {
  const all = await measuresOf(tx, 'waiting', 'open', 'reported', 'silent', 'done', 'dropped');
  const found = all.find(({ id }) => id === subject.measureId);
  if (!found) throw new DomainError('notFound');
  return found;
}

/** What was proposed is carried out from now on. */
export async function beginPlan(tx: CaseTransaction): Promise<void> {
  await tx.sql(`UPDATE plans SET state = 'underway' WHERE case_id = $1 AND state = 'proposed'`, [tx.case.id]);
}

type Change = Partial<{
  readonly ownerId: string;
  readonly dueOn: string;
  readonly reportedAt: Date | null;
  readonly doneAt: Date;
  readonly confirmedBy: string;
}>;

export async function changeMeasure(
  tx: CaseTransaction,
  id: string,
  state: MeasureState,
  { ownerId, dueOn, reportedAt, doneAt, confirmedBy }: Change = {},
): Promise<void> {
  await tx.sql(
    `UPDATE plan_measures SET state = $2, owner_id = coalesce($3, owner_id), due_on = coalesce($4::date, due_on),
       reported_at = CASE WHEN $5 THEN $6::timestamptz ELSE reported_at END, done_at = $7, confirmed_by = $8 WHERE id = $1`,
    [id, state, ownerId, dueOn, reportedAt !== undefined, reportedAt, doneAt, confirmedBy],
  );
}

/** The plan of the case comes to its end, where it has one: closed with its result, or dropped with the case. */
export async function endPlan(tx: CaseTransaction, result: PlanResult | null): Promise<void> {
  await tx.sql(
    `UPDATE plans SET state = $2, result = $3, closed_at = $4 WHERE case_id = $1 AND state IN ('proposed', 'underway')`,
    [tx.case.id, result === null ? 'dropped' : 'closed', result, tx.now],
  );
  await tx.sql(
    `UPDATE plan_measures SET state = 'dropped' WHERE state <> 'done' AND plan_id IN (SELECT id FROM plans WHERE case_id = $1)`,
    [tx.case.id],
  );
}

function clientOf(tx: CaseTransaction): string {
  if (tx.case.clientId === null) throw new Error('a plan is about an account, whose client its case has');
  return tx.case.clientId;
}
