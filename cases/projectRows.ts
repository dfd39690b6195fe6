import type { Pool, PoolClient } from 'pg';
import { yuanFromFen } from '../domain/money.ts';
import type { ProjectStage, ProjectState } from '../domain/project.ts';
import type { ProjectForm } from '../forms/project.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { openForClient, sealForClient } from './clientSecrets.ts';

/** A project as it is stored. Amounts are fen, days `YYYY-MM-DD`. */
export type ProjectRow = {
  readonly id: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly state: ProjectState;
  readonly cancelled: boolean;
  readonly prior: boolean;
  readonly stage: ProjectStage | null;
  readonly regionCode: string;
  readonly employerId: string | null;
  readonly builderUnitId: string | null;
  readonly amountFen: bigint;
  readonly countsTowardGrade: boolean;
  readonly contractedOn: string | null;
  readonly plannedOn: string | null;
  readonly startedOn: string | null;
  readonly finishedOn: string | null;
  readonly receivableFen: bigint | null;
  readonly receivedFen: bigint | null;
  readonly version: number;
  readonly enteredAt: Date;
  readonly updatedAt: Date;
};

/** What is confidential about a project (Article 11): sealed under its client's key. */
export type ProjectSecret = Pick<ProjectForm, 'name' | 'contractForm' | 'bidding' | 'expectedTender' | 'note'>;
export type Project = ProjectRow & ProjectSecret;

const COLUMNS = `p.id, p.account_id AS "accountId", p.client_id AS "clientId", p.state, p.cancelled, p.prior, p.stage,
  p.region_code AS "regionCode", p.employer_id AS "employerId", p.builder_unit_id AS "builderUnitId", p.amount_fen AS "amountFen",
  p.counts_toward_grade AS "countsTowardGrade", p.contracted_on::text AS "contractedOn", p.planned_on::text AS "plannedOn",
  p.started_on::text AS "startedOn", p.finished_on::text AS "finishedOn", p.receivable_fen AS "receivableFen",
  p.received_fen AS "receivedFen", p.secret, p.version, p.entered_at AS "enteredAt", p.updated_at AS "updatedAt"`;

type Stored = Omit<ProjectRow, 'amountFen' | 'receivableFen' | 'receivedFen'> & {
  readonly amountFen: string;
  readonly receivableFen: string | null;
  readonly receivedFen: string | null;
  readonly secret: Buffer;
};

type Keys = { readonly keys: KeyStore };
const fen = (stored: string | null): bigint | null => (stored === null ? null : BigInt(stored));

async function opened(deps: Keys, { secret, ...row }: Stored): Promise<Project> {
  return {
    ...row,
    amountFen: BigInt(row.amountFen),
    receivableFen: fen(row.receivableFen),
    receivedFen: fen(row.receivedFen),
    ...(await openForClient<ProjectSecret>(deps, row.clientId, 'projects', row.id, secret)),
  };
}

/** The projects of an account, the latest entered first. @throws DecryptionError */
export async function projectsOf(deps: Keys, database: Pool | PoolClient, accountId: string): Promise<Project[]> {
  const { rows } = await database.query<Stored>(
    `SELECT ${COLUMNS} FROM projects p WHERE p.account_id = $1 ORDER BY p.entered_at DESC, p.id DESC`,
    [accountId],
  );
  return Promise.all(rows.map((row) => opened(deps, row)));
}

/** One project, for a change with its row locked; null where there is none. @throws DecryptionError */
export async function projectById(
  deps: Keys,
  database: Pool | PoolClient,
  projectId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Project | null> {
  const { rows } = await database.query<Stored>(`SELECT ${COLUMNS} FROM projects p WHERE p.id = $1 ${lock}`, [
    projectId,
  ]);
  return rows[0] ? opened(deps, rows[0]) : null;
}

/** Writes a project's row, new or as it has become. */
export async function storeProject(deps: Keys, client: PoolClient, project: Project): Promise<void> {
  const { name, contractForm, bidding, expectedTender, note } = project;
  const secret: ProjectSecret = { name, contractForm, bidding, expectedTender, note };
  await client.query(
    `INSERT INTO projects (id, account_id, client_id, state, cancelled, prior, stage, region_code, employer_id, builder_unit_id, amount_fen,
       counts_toward_grade, contracted_on, planned_on, started_on, finished_on, receivable_fen, received_fen, secret, version, entered_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
     ON CONFLICT (id) DO UPDATE SET state = $4, cancelled = $5, stage = $7, region_code = $8, employer_id = $9, builder_unit_id = $10,
       amount_fen = $11, counts_toward_grade = $12, contracted_on = $13, planned_on = $14, started_on = $15, finished_on = $16,
       receivable_fen = $17, received_fen = $18, secret = $19, version = $20, updated_at = $22`,
    [
      ...[
        project.id,
        project.accountId,
        project.clientId,
        project.state,
        project.cancelled,
        project.prior,
        project.stage,
      ],
      ...[project.regionCode, project.employerId, project.builderUnitId, project.amountFen, project.countsTowardGrade],
      ...[project.contractedOn, project.plannedOn, project.startedOn, project.finishedOn],
      ...[project.receivableFen, project.receivedFen],
      await sealForClient(deps, project.clientId, 'projects', project.id, secret),
      ...[project.version, project.enteredAt, project.updatedAt],
    ],
  );
}

/** A project as its form has it, for reading, for editing and for telling what changed. */
export function formOf(project: Project): ProjectForm {
  const yuan = (amount: bigint | null) => (amount === null ? null : yuanFromFen(amount));
  return {
    name: project.name,
    state: project.state,
    stage: project.stage,
    regionCode: project.regionCode,
    employerId: project.employerId,
    builderUnitId: project.builderUnitId,
    amountYuan: yuanFromFen(project.amountFen),
    countsTowardGrade: project.countsTowardGrade,
    contractForm: project.contractForm,
    bidding: project.bidding,
    expectedTender: project.expectedTender,
    contractedOn: project.contractedOn,
    plannedOn: project.plannedOn,
    startedOn: project.startedOn,
    finishedOn: project.finishedOn,
    receivableYuan: yuan(project.receivableFen),
    receivedYuan: yuan(project.receivedFen),
    note: project.note,
  };
}
