import type { PoolClient } from 'pg';
import type { ChainedEntry } from './auditHash.ts';
import { caseStream } from './caseAudit.ts';
import type { BallotRow, CaseRow, FactRow, StepRow, TaskRow } from './records.ts';
import { fromColumns } from './rows.ts';

/** Everything stored of one case, as it is checked: contents still sealed. */
export type StoredCase = {
  readonly row: CaseRow;
  readonly facts: readonly FactRow[];
  readonly entries: readonly ChainedEntry[];
  readonly steps: readonly StepRow[];
  readonly ballots: readonly BallotRow[];
  readonly tasks: readonly StoredTask[];
  readonly form: Buffer | null;
  readonly submittedAt: Date | null;
  readonly entities: readonly { readonly entityKey: string; readonly open: boolean }[];
  readonly attachments: readonly StoredAttachmentRow[];
  /** Comments and co-recommendations. */
  readonly notes: readonly { readonly table: string; readonly id: string; readonly secret: Buffer }[];
  /** The numbers of the doorbells that wait in the outbox. */
  readonly doorbells: readonly number[];
};

export type StoredTask = Pick<
  TaskRow,
  'id' | 'kind' | 'step' | 'round' | 'blocking' | 'status' | 'ballotId' | 'candidates'
>;

export type StoredAttachmentRow = {
  readonly id: string;
  readonly name: Buffer;
  readonly storedHash: string;
  readonly removedAt: Date | null;
};

/** The ids of all cases, in order. */
export async function caseIds(client: PoolClient): Promise<string[]> {
  return (await client.query<{ id: string }>('SELECT id FROM cases ORDER BY id')).rows.map((row) => row.id);
}

/** Loads cases whole, a page at a time. */
export async function loadStoredCases(client: PoolClient, ids: readonly string[]): Promise<StoredCase[]> {
  const of = async <Row>(text: string): Promise<Grouped<Row>> => {
    const { rows } = await client.query<{ caseId: string; row: Row }>(text, [ids]);
    return grouped(rows);
  };
  // One connection, so one after the other.
  const rows = await of<Columns>('SELECT c.id AS "caseId", to_jsonb(c) AS row FROM cases c WHERE c.id = ANY ($1)');
  const facts = await of<Columns>(
    'SELECT case_id AS "caseId", to_jsonb(f) AS row FROM facts f WHERE case_id = ANY ($1) ORDER BY seq',
  );
  const steps = await of<Columns>(
    'SELECT case_id AS "caseId", to_jsonb(s) AS row FROM steps s WHERE case_id = ANY ($1) ORDER BY opened_seq',
  );
  const ballots = await of<Columns>(
    'SELECT case_id AS "caseId", to_jsonb(b) AS row FROM ballots b WHERE case_id = ANY ($1) ORDER BY opened_at, id',
  );
  const tasks = await of<StoredTask>(
    `SELECT case_id AS "caseId", jsonb_build_object('id', id, 'kind', kind, 'step', step, 'round', round, 'blocking', blocking,
       'status', status, 'ballotId', ballot_id, 'candidates', candidates) AS row FROM tasks WHERE case_id = ANY ($1) ORDER BY id`,
  );
  const doorbells = await of<{ seq: number }>(
    `SELECT case_id AS "caseId", jsonb_build_object('seq', seq) AS row FROM outbox WHERE case_id = ANY ($1)`,
  );
  const entities = await of<{ entityKey: string; open: boolean }>(
    `SELECT case_id AS "caseId", jsonb_build_object('entityKey', entity_key, 'open', open) AS row FROM recommendation_entities
     WHERE case_id = ANY ($1) ORDER BY entity_key`,
  );
  const forms = byId(
    await client.query<Form>(
      'SELECT case_id AS id, form, submitted_at AS "submittedAt" FROM recommendations WHERE case_id = ANY ($1)',
      [ids],
    ),
  );
  const attachments = await client.query<StoredAttachmentRow & { caseId: string }>(
    `SELECT case_id AS "caseId", id, name, stored_hash AS "storedHash", removed_at AS "removedAt" FROM attachments
     WHERE case_id = ANY ($1) ORDER BY id`,
    [ids],
  );
  const notes = await client.query<StoredCase['notes'][number] & { caseId: string }>(
    `SELECT case_id AS "caseId", 'comments' AS table, id, secret FROM comments WHERE case_id = ANY ($1)
     UNION ALL SELECT case_id, 'co_recommendations', id, secret FROM co_recommendations WHERE case_id = ANY ($1) ORDER BY id`,
    [ids],
  );
  const entries = await loadEntries(client, ids.map(caseStream));
  return ids.flatMap((id) => {
    const [row] = rows.get(id) ?? [];
    if (!row) return [];
    const form = forms.get(id);
    return [
      {
        row: fromColumns<CaseRow>(row),
        facts: (facts.get(id) ?? []).map((fact) => fromColumns<FactRow>(fact)),
        entries: entries.filter((entry) => entry.stream === caseStream(id)),
        steps: (steps.get(id) ?? []).map((step) => fromColumns<StepRow>(step)),
        ballots: (ballots.get(id) ?? []).map((ballot) => fromColumns<BallotRow>(ballot)),
        tasks: tasks.get(id) ?? [],
        form: form?.form ?? null,
        submittedAt: form?.submittedAt ?? null,
        entities: entities.get(id) ?? [],
        attachments: attachments.rows.filter((file) => file.caseId === id),
        notes: notes.rows.filter((note) => note.caseId === id),
        doorbells: (doorbells.get(id) ?? []).map((doorbell) => doorbell.seq),
      },
    ];
  });
}

/** The audit entries of some streams, stream by stream, in sequence. */
export async function loadEntries(client: PoolClient, streams: readonly string[]): Promise<ChainedEntry[]> {
  const { rows } = await client.query<ChainedEntry>(
    `SELECT stream, seq, at, act, actor_id AS "actorId", on_behalf_of AS "onBehalfOf", entered_by AS "enteredBy", case_id AS "caseId",
       task_id AS "taskId", codes, content_hash AS "contentHash", prev_hash AS "prevHash", hash
     FROM audit_entries WHERE stream = ANY ($1) ORDER BY stream, seq`,
    [streams],
  );
  return rows;
}

type Columns = Record<string, unknown>;
type Form = { readonly id: string; readonly form: Buffer; readonly submittedAt: Date | null };
type Grouped<Row> = ReadonlyMap<string, readonly Row[]>;

function grouped<Row>(rows: readonly { caseId: string; row: Row }[]): Grouped<Row> {
  const groups = new Map<string, Row[]>();
  for (const { caseId, row } of rows) groups.set(caseId, [...(groups.get(caseId) ?? []), row]);
  return groups;
}

const byId = <Row extends { id: string }>({ rows }: { rows: Row[] }): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));
