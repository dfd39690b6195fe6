import type { Pool, PoolClient } from 'pg';
import { newId } from '../platform/id.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { appendAudit } from './audit.ts';
import { openForClient, sealForClient } from './clientSecrets.ts';

type Values = Readonly<Record<string, unknown>>;
type Keys = { readonly keys: KeyStore };

export type ProjectAct =
  | 'carried'
  | 'entered'
  | 'changed'
  | 'cancelled'
  | 'allocated'
  | 'operationEntered'
  | 'operationChanged';

export type ProjectChange = {
  readonly act: ProjectAct;
  readonly operationId: string | null;
  readonly version: number;
  readonly actorId: string | null;
  readonly caseId: string | null;
  readonly fields: readonly string[];
  readonly at: Date;
  readonly before: Values | null;
  readonly after: Values | null;
};

type Changed = { readonly id: string; readonly accountId: string; readonly clientId: string };
type NewChange = {
  readonly act: ProjectAct;
  readonly version: number;
  readonly actorId: string | null;
  readonly operationId?: string;
  readonly caseId?: string | null;
  readonly before: Values | null;
  readonly after: Values | null;
};

/** Keeps what was changed of a project, by whom, with what stood there before and after, sealed. @returns the fields that changed */
export async function keepProjectChange(
  { keys }: Keys,
  client: PoolClient,
  project: Changed,
  { act, version, actorId, operationId, caseId, before, after }: NewChange,
): Promise<string[]> {
  const fields = changedFields(before, after);
  const id = newId();
  const part = (values: Values | null) =>
    values && Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));
  await client.query(
    `INSERT INTO project_changes (id, project_id, operation_id, act, version, actor_id, case_id, fields, secret) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, project.id, operationId ?? null, act, version, actorId, caseId ?? null, fields],
      await sealForClient({ keys }, project.clientId, 'project_changes', id, {
        before: part(before),
        after: part(after),
      }),
    ],
  );
  return fields;
}

/** The same with its audit entry, which names the fields alone. */
export async function recordProjectChange(
  keys: Keys,
  client: PoolClient,
  project: Changed,
  change: NewChange,
): Promise<void> {
  const fields = await keepProjectChange(keys, client, project, change);
  const { act, version, actorId, operationId, caseId = null } = change;
  await appendAudit(client, {
    act: `project.${act}`,
    actorId,
    caseId,
    codes: {
      accountId: project.accountId,
      projectId: project.id,
      version,
      ...(operationId ? { operationId } : {}),
      fields,
    },
  });
}

/** The fields in which two states differ; all that hold something where there was none before. */
export function changedFields(before: Values | null, after: Values | null): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const holds = (value: unknown) => (value === '' ? null : (value ?? null));
  return names.filter((name) => holds(before?.[name]) !== holds(after?.[name]));
}

/** What became of a project, the latest first. @throws DecryptionError */
export async function changesOf(
  { keys }: Keys,
  database: Pool,
  project: { readonly id: string; readonly clientId: string },
): Promise<ProjectChange[]> {
  const { rows } = await database.query<ProjectChange & { readonly id: string; readonly secret: Buffer }>(
    `SELECT id, act, operation_id AS "operationId", version, actor_id AS "actorId", case_id AS "caseId", fields, secret, at
     FROM project_changes WHERE project_id = $1 ORDER BY at DESC, id DESC LIMIT 200`,
    [project.id],
  );
  return Promise.all(
    rows.map(async ({ id, secret, ...change }) => ({
      ...change,
      ...(await openForClient<Pick<ProjectChange, 'before' | 'after'>>(
        { keys },
        project.clientId,
        'project_changes',
        id,
        secret,
      )),
    })),
  );
}
