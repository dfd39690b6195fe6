import type { Pool, PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { givenFen, yuanFromFen } from '../domain/money.ts';
import { checkOperation, type OperationState, type OperationTier } from '../domain/operation.ts';
import type { OperationForm } from '../forms/project.ts';
import { newId } from '../platform/id.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { openForClient, sealForClient } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { recordProjectChange } from './projectChanges.ts';
import { type Project, projectById } from './projectRows.ts';
import { keptAccount } from './projects.ts';
import { inTransaction } from './transaction.ts';

/** A secondary or tertiary operation as it is stored. Amounts are fen, days `YYYY-MM-DD`. */
export type StoredOperation = {
  readonly id: string;
  readonly projectId: string;
  readonly kindId: string;
  readonly tier: OperationTier;
  readonly state: OperationState;
  readonly claimedFen: bigint;
  readonly agreedFen: bigint | null;
  readonly on: string;
  readonly note: string;
  readonly version: number;
};

const SELECT = `SELECT o.id, o.project_id AS "projectId", p.client_id AS "clientId", o.kind_id AS "kindId", k.tier, o.state,
  o.claimed_fen AS "claimedFen", o.agreed_fen AS "agreedFen", o.claimed_on::text AS "on", o.secret, o.version
  FROM project_operations o JOIN projects p ON p.id = o.project_id JOIN operation_kinds k ON k.id = o.kind_id`;

type Keys = { readonly keys: KeyStore };
type Stored = Omit<StoredOperation, 'claimedFen' | 'agreedFen' | 'note'> & {
  readonly clientId: string;
  readonly claimedFen: string;
  readonly agreedFen: string | null;
  readonly secret: Buffer;
};

async function opened(deps: Keys, { secret, clientId, ...row }: Stored): Promise<StoredOperation> {
  const { note } = await openForClient<{ note: string }>(deps, clientId, 'project_operations', row.id, secret);
  const agreedFen = row.agreedFen === null ? null : BigInt(row.agreedFen);
  return { ...row, claimedFen: BigInt(row.claimedFen), agreedFen, note };
}

/** The operations of all projects of an account, the latest claimed first; of one project where it is named. @throws DecryptionError */
export async function operationsOf(
  deps: Keys,
  database: Pool | PoolClient,
  accountId: string,
  projectId: string | null = null,
): Promise<StoredOperation[]> {
  const { rows } = await database.query<Stored>(
    `${SELECT} WHERE o.account_id = $1 AND ($2::text IS NULL OR o.project_id = $2) ORDER BY o.claimed_on DESC, o.id DESC`,
    [accountId, projectId],
  );
  return Promise.all(rows.map((row) => opened(deps, row)));
}

/** An operation as its form has it. */
export const operationFormOf = (operation: StoredOperation): OperationForm => ({
  kindId: operation.kindId,
  state: operation.state,
  claimedYuan: yuanFromFen(operation.claimedFen),
  agreedYuan: operation.agreedFen === null ? null : yuanFromFen(operation.agreedFen),
  on: operation.on,
  note: operation.note,
});

type Entered = { readonly id: string; readonly version: number };
type Asked = { readonly personId: string; readonly projectId: string; readonly form: OperationForm };

/** Enters an operation (Article 6.4). @throws DomainError `notFound`, `forbidden`, `projectCancelled`, and what `checkOperation` refuses */
export async function enterOperation(deps: CaseDeps, asked: Asked, keep?: Keep<Entered>): Promise<Entered> {
  const { personId, form } = asked;
  return inTransaction(deps, async (client) => {
    const project = await keptProject(deps, client, asked);
    await requireKind(client, form.kindId, null);
    const id = newId();
    await store(deps, client, project, { id, version: 1, form });
    await recordProjectChange(deps, client, project, {
      ...{ act: 'operationEntered', version: 1, actorId: personId, operationId: id },
      ...{ before: null, after: form },
    });
    const result = { id, version: 1 };
    await keep?.(client, result);
    return { result, doorbell: null };
  });
}

/** Replaces an operation. @throws DomainError `projectChanged` when `version` is not the stored one, and as for entering */
export async function changeOperation(
  deps: CaseDeps,
  asked: Asked & { readonly operationId: string; readonly version: number },
): Promise<Entered> {
  const { personId, operationId, form } = asked;
  return inTransaction(deps, async (client) => {
    const project = await keptProject(deps, client, asked);
    const { rows } = await client.query<Stored>(`${SELECT} WHERE o.id = $1 AND o.project_id = $2 FOR UPDATE OF o`, [
      operationId,
      project.id,
    ]);
    if (!rows[0]) throw new DomainError('notFound');
    const before = await opened(deps, rows[0]);
    if (before.version !== asked.version) throw new DomainError('projectChanged', { version: before.version });
    await requireKind(client, form.kindId, before.kindId);
    const version = before.version + 1;
    await store(deps, client, project, { id: operationId, version, form });
    await recordProjectChange(deps, client, project, {
      ...{ act: 'operationChanged', version, actorId: personId, operationId },
      ...{ before: operationFormOf(before), after: form },
    });
    return { result: { id: operationId, version }, doorbell: null };
  });
}

async function keptProject(deps: CaseDeps, client: PoolClient, { personId, projectId, form }: Asked): Promise<Project> {
  const project = await projectById(deps, client, projectId);
  if (!project) throw new DomainError('notFound');
  await keptAccount(client, personId, project.accountId);
  const locked = await projectById(deps, client, projectId, 'FOR UPDATE');
  if (!locked || locked.cancelled) throw new DomainError('projectCancelled');
  checkOperation({ ...form, agreed: form.agreedYuan !== null }, localDay(Date.now()));
  return locked;
}

/** A kind that is in use; one that was retired stays where it stands. */
async function requireKind(client: PoolClient, kindId: string, before: string | null): Promise<void> {
  const { rows } = await client.query(
    'SELECT 1 FROM operation_kinds WHERE id = $1 AND (retired_at IS NULL OR id = $2)',
    [kindId, before],
  );
  if (rows.length === 0) throw new DomainError('notFound', {}, 'kindId');
}

async function store(
  deps: Keys,
  client: PoolClient,
  project: Project,
  { id, version, form }: { readonly id: string; readonly version: number; readonly form: OperationForm },
): Promise<void> {
  await client.query(
    `INSERT INTO project_operations (id, project_id, account_id, kind_id, state, claimed_fen, agreed_fen, claimed_on, secret, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE SET kind_id = $4, state = $5, claimed_fen = $6, agreed_fen = $7, claimed_on = $8, secret = $9, version = $10`,
    [
      ...[id, project.id, project.accountId, form.kindId, form.state, givenFen(form.claimedYuan)],
      ...[form.agreedYuan === null ? null : givenFen(form.agreedYuan), form.on],
      ...[await sealForClient(deps, project.clientId, 'project_operations', id, { note: form.note }), version],
    ],
  );
}
