import { createHash } from 'node:crypto';
import { DomainError } from '../domain/errors.ts';
import { isUndecodable } from '../domain/undecodable.ts';
import { KeyStoreError } from '../platform/keyStore.ts';
import { hasRole, loadActor } from './actor.ts';
import { auditDenial } from './audit.ts';
import { caseOfTask, decideIn, isAnswered, workOf } from './decision.ts';
import type { CaseDeps } from './deps.ts';
import { PERSONAL } from './guard.ts';
import { bodyHash } from './idempotency.ts';
import { isDatabaseAway, isRetriable } from './sqlErrors.ts';
import { inCase } from './transaction.ts';

/** What a `decide` signal must hold. Anything else changes nothing. */
export type DecideSignal = {
  readonly taskId: string;
  readonly action: string;
  readonly body?: unknown;
  /** A one-use reference, issued to an authenticated person: then it is his decision. */
  readonly reference?: string;
  /** Without a reference: who entered it, and for whom. */
  readonly operatorId?: string;
  readonly personId?: string;
};

/**
 * Decides by signal, through the same guard and transaction as over HTTP. Whatever is refused is audited and changes nothing; only
 * a database that is away is thrown, so that the activity is run again.
 */
export async function decideBySignal(deps: CaseDeps, caseId: string, signal: unknown): Promise<void> {
  try {
    const parsed = parseSignal(signal);
    if ((await caseOfTask(deps, parsed.taskId)) !== caseId) throw new DomainError('notFound');
    if (parsed.reference !== undefined)
      await decideByReference(deps, caseId, { ...parsed, reference: parsed.reference });
    else await decideByOperator(deps, caseId, parsed);
  } catch (error) {
    if (isDatabaseAway(error) || isRetriable(error) || error instanceof KeyStoreError) throw error;
    if (error instanceof DomainError && error.code === 'unavailable') throw error;
    // Whatever else a signal brings about is the signal's fault: it is put on record and never tried again.
    const code = error instanceof DomainError ? error.code : 'internal';
    await auditDenial(deps, { personId: null, target: 'signal:decide', code, caseId });
  }
}

/** @throws DomainError `invalid` */
export function parseSignal(signal: unknown): DecideSignal {
  const refuse = (field: string): never => {
    throw new DomainError('invalid', { field, reason: 'notASignal' }, field);
  };
  if (isUndecodable(signal) || typeof signal !== 'object' || signal === null || Array.isArray(signal))
    return refuse('signal');
  const { taskId, action, body, reference, operatorId, personId, ...unknown } = signal as Record<string, unknown>;
  if (Object.keys(unknown).length > 0) return refuse('signal');
  if (!isText(taskId, 64)) return refuse('taskId');
  if (!isText(action, 40)) return refuse('action');
  for (const [field, value] of Object.entries({ reference, operatorId, personId })) {
    if (value !== undefined && !isText(value, 100)) return refuse(field);
  }
  return { taskId, action, body, reference, operatorId, personId } as DecideSignal;
}

/** Text that PostgreSQL takes: it refuses U+0000 with an error that no retry would mend. */
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest && !value.includes('\0');

async function decideByReference(
  deps: CaseDeps,
  caseId: string,
  signal: DecideSignal & { reference: string },
): Promise<void> {
  const id = referenceHash(signal.reference);
  const { rows } = await deps.pool.query<{ person_id: string }>(
    'SELECT person_id FROM signal_references WHERE id = $1',
    [id],
  );
  const personId = rows[0]?.person_id;
  if (!personId) throw new DomainError('referenceInvalid');
  const decision = {
    personId,
    taskId: signal.taskId,
    action: signal.action,
    body: signal.body ?? {},
    key: `reference:${id}`,
    // He proved who he is when the reference was issued to him.
    provenAt: new Date(),
  };
  await inCase(deps, { ...workOf(decision), caseId }, async (tx) => {
    // The same signal once more, or its activity run again: the decision stands.
    if (isAnswered(tx, decision)) return;
    const used = await tx.sql(
      `UPDATE signal_references r SET used_at = now()
       WHERE id = $1 AND task_id = $2 AND action = $3 AND body_hash = $4 AND used_at IS NULL AND expires_at > now() AND ${STILL_IN}
       RETURNING id`,
      [id, signal.taskId, signal.action, bodyHash(signal.body ?? {}, tx.key)],
    );
    if (used.length === 0) throw new DomainError('referenceInvalid');
    await decideIn(tx, decision);
  });
}

/** A reference is as good as the session or token it was issued under: ended, reset or left, it is none. */
const STILL_IN = `EXISTS (SELECT 1 FROM persons p WHERE p.id = r.person_id AND p.active) AND (
  EXISTS (SELECT 1 FROM sessions s WHERE s.id = r.session_id AND s.person_id = r.person_id AND s.revoked_at IS NULL AND s.expires_at > now())
  OR EXISTS (SELECT 1 FROM api_tokens t WHERE t.id = r.token_id AND t.person_id = r.person_id AND t.revoked_at IS NULL AND t.expires_at > now()))`;

/** An operator's entry for another person: only where policy accepts it, never a vote, and recorded as entered by him. */
async function decideByOperator(deps: CaseDeps, caseId: string, signal: DecideSignal): Promise<void> {
  const { operatorId, personId } = signal;
  if (!operatorId || !personId) throw new DomainError('operatorSignal');
  const operator = await loadActor(deps.pool, operatorId);
  if (!operator?.active || !hasRole(operator, 'systemAdmin')) throw new DomainError('operatorSignal');
  const decision = {
    personId,
    taskId: signal.taskId,
    action: signal.action,
    body: signal.body ?? {},
    key: `operator:${bodyHash({ ...signal }, await deps.keys.get(`case:${caseId}`))}`,
    enteredBy: operatorId,
    provenAt: null,
  };
  await inCase(deps, { ...workOf(decision), caseId }, async (tx) => {
    const kind = tx.tasks.all.find((task) => task.id === signal.taskId)?.kind ?? '';
    // Votes, and whatever two persons must do, are nobody's to enter for another.
    const personal = kind === 'record' || PERSONAL.includes(kind);
    if (personal || tx.policy.values.operatorSignals !== 'accept') throw new DomainError('operatorSignal');
    await decideIn(tx, decision);
  });
}

/** What a person came in by when a reference was issued to him. */
export type IssuedUnder = { readonly sessionId: string } | { readonly tokenId: string };

/**
 * Issues a one-use reference for one task, action and body to the person who asks; it ends with what he came in by. Only its digest is kept:
 * it is made from the key he asks under, so that asked again he is told the same one, and no second one is about.
 */
export async function issueReference(
  deps: CaseDeps,
  request: {
    personId: string;
    taskId: string;
    action: string;
    body: unknown;
    minutes: number;
    under: IssuedUnder;
    key: string;
  },
): Promise<{ reference: string; expiresAt: Date; isNew: boolean }> {
  const { personId, taskId, action, body, key } = request;
  const dataKey = await deps.keys.get(`case:${await caseOfTask(deps, taskId)}`);
  const reference = bodyHash(['signalReference', personId, taskId, action, body, key], dataKey);
  const { rows } = await deps.pool.query<{ expires_at: Date; is_new: boolean }>(
    `WITH issued AS (
       INSERT INTO signal_references (id, task_id, person_id, action, body_hash, expires_at, session_id, token_id)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $6), $7, $8) ON CONFLICT (id) DO NOTHING RETURNING expires_at)
     SELECT expires_at, true AS is_new FROM issued
     UNION ALL SELECT expires_at, false FROM signal_references WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM issued)`,
    [
      referenceHash(reference),
      request.taskId,
      request.personId,
      request.action,
      bodyHash(request.body, dataKey),
      request.minutes,
      'sessionId' in request.under ? request.under.sessionId : null,
      'tokenId' in request.under ? request.under.tokenId : null,
    ],
  );
  const [row] = rows;
  // Of two at the same instant the second does not see the first's row yet.
  if (!row) throw new DomainError('unavailable');
  return { reference, expiresAt: row.expires_at, isNew: row.is_new };
}

const referenceHash = (reference: string): string => createHash('sha256').update(reference).digest('base64url');
