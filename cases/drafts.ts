import { DomainError } from '../domain/errors.ts';
import { fenFromYuan } from '../domain/money.ts';
import { unitRoles } from '../domain/roles.ts';
import { type DraftForm, missingFields } from '../forms/recommendation.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { recommendation as contract } from '../workflows/contracts/recommendation.ts';
import { type Actor, hasRole } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor, isCandidate } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/** A recommendation's form as it is stored, decrypted. `version` counts edits and is its ETag. */
export type StoredForm = {
  readonly form: DraftForm;
  readonly version: number;
  readonly submittedAt: Date | null;
  readonly updatedAt: Date;
};

/**
 * Begins a draft for the person's unit. @throws DomainError `forbidden` for one who may not recommend for a unit, `notFound` for
 * a case to link to that is not his unit's or has not ended.
 */
export async function createDraft(
  deps: CaseDeps,
  personId: string,
  form: DraftForm,
  linkedCaseId: string | null = null,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const begin = async (tx: CaseTransaction): Promise<void> => {
    const actor = activeActor(tx);
    if (!unitRoles.some((role) => hasRole(actor, role, tx.case.unitId)))
      throw new DomainError('forbidden', { needed: 'submitter, marketingDeputy, unitHead' });
    if (linkedCaseId) {
      const linked = await tx.sql('SELECT 1 FROM cases WHERE id = $1 AND unit_id = $2 AND closed_at IS NOT NULL', [
        linkedCaseId,
        tx.case.unitId,
      ]);
      if (linked.length === 0) throw new DomainError('notFound', {}, 'linkedCaseId');
    }
    tx.fact({ kind: 'drafted', actorId: personId, codes: linkedCaseId ? { linkedCaseId } : {} });
    await tx.sql(
      `INSERT INTO recommendations (case_id, form, proposed_grade, expected_fen, linked_case_id) VALUES ($1, ''::bytea, '', 0, $2)`,
      [tx.case.id, linkedCaseId],
    );
    await storeForm(tx, form, 1);
  };
  return newCase(deps, contract, personId, begin, keep);
}

/** Replaces a draft, or a form returned for supplementing. @throws DomainError `draftChanged` when `version` is not the stored one. */
export async function editDraft(
  deps: CaseDeps,
  personId: string,
  caseId: string,
  form: DraftForm,
  version: number,
): Promise<{ version: number }> {
  return inCase(deps, { caseId, personId }, async (tx) => {
    const actor = activeActor(tx);
    await guardForm(tx, actor);
    const stored = await readForm(tx);
    if (stored.version !== version) throw new DomainError('draftChanged', { version: stored.version });
    await storeForm(tx, form, version + 1);
    return { version: version + 1 };
  });
}

/**
 * Whether a person may change the form now: its submitter while it was never submitted; afterwards whoever holds the task by which it
 * was sent back, for as long as that is open. @throws DomainError `forbidden`, `notYourMatter`
 */
export async function guardForm(tx: CaseTransaction, actor: Actor): Promise<void> {
  const returned = tx.tasks.all.find((task) => task.status === 'open' && FORM_TASKS.includes(task.kind));
  if (returned) {
    if (!isCandidate(returned, actor)) throw new DomainError('forbidden', { needed: 'submitter' });
    return;
  }
  const [row] = await tx.sql('SELECT submitted_at FROM recommendations WHERE case_id = $1', [tx.case.id]);
  const untouched = row?.submitted_at === null && tx.case.closedAt === null && tx.case.ending === null;
  if (!untouched) throw new DomainError('notYourMatter', { state: tx.case.state });
  if (actor.personId !== tx.case.submitterId) throw new DomainError('forbidden', { needed: 'submitter' });
}

/** The tasks by which a form is sent back: by the unit's head, by the office. */
const FORM_TASKS = ['revise', 'supplement'];

/** The same question outside a transaction, for what is shown. */
export async function mayEditForm(deps: CaseDeps, actor: Actor, caseId: string): Promise<boolean> {
  const { rows } = await deps.pool.query<{ own: boolean; candidates: string[] | null }>(
    `SELECT c.submitter_id = $2 AND r.submitted_at IS NULL AND c.closed_at IS NULL AND c.ending IS NULL AS own,
       (SELECT t.candidates FROM tasks t WHERE t.case_id = c.id AND t.status = 'open' AND t.kind = ANY ($3) LIMIT 1) AS candidates
     FROM cases c JOIN recommendations r ON r.case_id = c.id WHERE c.id = $1`,
    [caseId, actor.personId, FORM_TASKS],
  );
  const [row] = rows;
  return row !== undefined && (row.candidates ? isCandidate({ candidates: row.candidates }, actor) : row.own);
}

/** The form of a case, decrypted. @throws DecryptionError, DomainError `notFound` */
export async function readDraft(deps: CaseDeps, caseId: string): Promise<StoredForm> {
  const key = await deps.keys.get(`case:${caseId}`);
  const { rows } = await deps.pool.query<FormRow>(FORM, [caseId]);
  return opened(rows[0], caseId, key);
}

/** The same, under the case's lock. */
export async function readForm(tx: CaseTransaction): Promise<StoredForm> {
  const [row] = await tx.sql(FORM, [tx.case.id]);
  return opened(row as FormRow | undefined, tx.case.id, tx.key);
}

type FormRow = { form: Buffer; version: number; submitted_at: Date | null; updated_at: Date };
const FORM = 'SELECT form, form_version AS version, submitted_at, updated_at FROM recommendations WHERE case_id = $1';
const place = (caseId: string): string => aad('recommendations', 'form', caseId);

function opened(row: FormRow | undefined, caseId: string, key: Parameters<typeof openJson>[0]): StoredForm {
  if (!row) throw new DomainError('notFound');
  return {
    form: openJson(key, row.form, place(caseId)) as DraftForm,
    version: row.version,
    submittedAt: row.submitted_at,
    updatedAt: row.updated_at,
  };
}

async function storeForm(tx: CaseTransaction, form: DraftForm, version: number): Promise<void> {
  const expected = fenFromYuan(form.expectedSubsequentYuan ?? '0');
  await tx.sql(
    'UPDATE recommendations SET form = $2, form_version = $3, proposed_grade = $4, expected_fen = $5, updated_at = $6, announced_at = NULL WHERE case_id = $1',
    [
      tx.case.id,
      sealJson(tx.key, form, place(tx.case.id)),
      version,
      form.proposedGrade ?? '',
      expected.ok ? expected.fen : 0n,
      tx.now,
    ],
  );
  tx.rename(form.client?.name ?? '');
}

/** What a form still lacks, as paths. */
export const missingIn = (form: DraftForm): string[] => missingFields(form);
