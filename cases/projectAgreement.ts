import type { PoolClient } from 'pg';
import { type CountedProject, type Total, totalsOf } from '../domain/contractTotals.ts';

/** What the totals of an account are added up from, and what they were stored as. */
export type StoredProjects = {
  readonly accounts: readonly {
    readonly id: string;
    readonly establishedOn: string;
    readonly projects: readonly CountedProject[];
    readonly totals: readonly Total[];
  }[];
  /** How many projects there are. */
  readonly count: number;
  /** Projects whose employer is of another client than their account. */
  readonly foreignEmployers: readonly string[];
  /** Projects of another client than their account's, and operations of another account than their project's. */
  readonly strays: readonly string[];
  /** Projects whose last change is not of the version they stand at. */
  readonly unexplained: readonly string[];
};

export async function loadProjects(client: PoolClient): Promise<StoredProjects> {
  const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(({ id }) => id);
  const { rows } = await client.query<{
    id: string;
    establishedOn: string;
    projects: (Omit<CountedProject, 'amountFen'> & { amountFen: string })[] | null;
    totals: { kind: Total['kind']; year: number; fen: string }[] | null;
  }>(
    `SELECT a.id, a.established_on::text AS "establishedOn",
       (SELECT json_agg(json_build_object('state', p.state, 'cancelled', p.cancelled, 'prior', p.prior, 'countsTowardGrade', p.counts_toward_grade,
          'contractedOn', p.contracted_on, 'amountFen', p.amount_fen::text)) FROM projects p WHERE p.account_id = a.id) AS projects,
       (SELECT json_agg(json_build_object('kind', t.kind, 'year', t.year, 'fen', t.amount_fen::text))
        FROM contract_totals t WHERE t.account_id = a.id AND t.source = 'projects') AS totals
     FROM accounts a WHERE EXISTS (SELECT 1 FROM projects p WHERE p.account_id = a.id)
       OR EXISTS (SELECT 1 FROM contract_totals t WHERE t.account_id = a.id AND t.source = 'projects') ORDER BY a.id`,
  );
  const accounts = rows.map(({ id, establishedOn, projects, totals }) => ({
    ...{ id, establishedOn },
    projects: (projects ?? []).map((project) => ({ ...project, amountFen: BigInt(project.amountFen) })),
    totals: (totals ?? []).map(({ kind, year, fen }) => ({ kind, year: year === 0 ? null : year, fen: BigInt(fen) })),
  }));
  return {
    accounts,
    count: accounts.reduce((all, { projects }) => all + projects.length, 0),
    foreignEmployers: await ids(
      `SELECT p.id FROM projects p JOIN legal_entities e ON e.id = p.employer_id WHERE e.client_id <> p.client_id ORDER BY p.id`,
    ),
    strays: await ids(
      `SELECT p.id FROM projects p JOIN accounts a ON a.id = p.account_id WHERE a.client_id <> p.client_id
       UNION ALL SELECT o.id FROM project_operations o JOIN projects p ON p.id = o.project_id WHERE p.account_id <> o.account_id ORDER BY 1`,
    ),
    unexplained: await ids(
      `SELECT p.id FROM projects p WHERE p.version IS DISTINCT FROM
         (SELECT max(c.version) FROM project_changes c WHERE c.project_id = p.id AND c.operation_id IS NULL) ORDER BY p.id`,
    ),
  };
}

export type ProjectProblem = { readonly at: string; readonly problem: string };

/** The totals are what the projects add up to (Article 12), every employer is of the client, every version has its change. Pure. */
export function projectProblems(stored: StoredProjects): ProjectProblem[] {
  const at = (ids: readonly string[], problem: string) => ids.map((id) => ({ at: `project ${id}`, problem }));
  return [
    ...stored.accounts.flatMap(({ id, establishedOn, projects, totals }) =>
      inOrder(totals) === inOrder(projects.length > 0 ? totalsOf(projects, establishedOn) : [])
        ? []
        : [{ at: `account ${id}`, problem: 'its contract totals are not what its projects add up to' }],
    ),
    ...at(stored.foreignEmployers, 'its employer is of another client'),
    ...at(stored.strays, 'it belongs elsewhere'),
    ...at(stored.unexplained, 'its last change is not on record'),
  ];
}

const inOrder = (totals: readonly Total[]): string =>
  totals
    .map(({ kind, year, fen }) => `${kind} ${year ?? '-'} ${fen}`)
    .toSorted()
    .join('\n');
