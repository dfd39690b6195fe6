import type { Held } from '../domain/handover.ts';
import { isUnsettled, measureStates } from '../domain/plan.ts';
import { outstanding, type ProjectState } from '../domain/project.ts';
import { openForClient } from './clientSecrets.ts';
import type { CaseTransaction } from './transaction.ts';
import { visitStands } from './visits.ts';

/** Whose part of an account it is: the leading unit has all of it, a co-holder what its own unit builds, visits and was set. */
export type HeldPart = { readonly accountId: string; readonly kind: 'lead' | 'co'; readonly unitId: string };

/** What an account holds at this instant for one of its holders, besides this case itself. @throws DecryptionError */
export async function heldByAccount(tx: CaseTransaction, part: HeldPart): Promise<Held> {
  const own = [part.accountId, part.kind === 'lead' ? null : part.unitId];
  const isLead = part.kind === 'lead';
  const rows = async <Of extends 'cases' | 'plans' | 'visits' | 'tasks'>(text: string, values: unknown[]) =>
    (await tx.sql(text, values)) as unknown[] as Held[Of];
  const [records] = await tx.sql(
    `SELECT count(*)::int AS visits, coalesce(sum(files), 0)::int AS files FROM (${DONE}) done`,
    own,
  );
  const [operations] = await tx.sql(OPEN_OPERATIONS, own);
  return {
    archive: await archive(tx, part.accountId),
    projects: (await tx.sql(PROJECTS, own)).map(({ id, state, regionCode, receivable, received }) => ({
      id: String(id),
      state: state as ProjectState,
      regionCode: String(regionCode),
      outstandingFen: outstanding(fen(receivable), fen(received)) ?? 0n,
    })),
    openOperations: Number(operations?.count),
    // The archive is reported, and cases are asked for, on behalf of the account as a whole.
    reports: isLead ? await reports(tx, part.accountId) : { count: 0, lastOn: null },
    records: { visits: Number(records?.visits), files: Number(records?.files) },
    cases: isLead ? await rows<'cases'>(OPEN_CASES, [part.accountId, tx.case.id]) : [],
    plans: await rows<'plans'>(PLANS, [...own, measureStates.filter(isUnsettled)]),
    visits: await rows<'visits'>(PLANNED, own),
    tasks: await rows<'tasks'>(TASKS, own),
  };
}

const fen = (value: unknown): bigint | null => (value === null ? null : BigInt(String(value)));

const PROJECTS = `SELECT id, state, region_code AS "regionCode", receivable_fen AS receivable, received_fen AS received FROM projects
  WHERE account_id = $1 AND NOT cancelled AND ($2::text IS NULL OR builder_unit_id = $2) ORDER BY entered_at, id`;

const OPEN_OPERATIONS = `SELECT count(*)::int AS count FROM project_operations o JOIN projects p ON p.id = o.project_id
  WHERE o.account_id = $1 AND o.state IN ('claimed', 'negotiating') AND ($2::text IS NULL OR p.builder_unit_id = $2)`;

const visitsThat = (
  state: string,
  columns: string,
) => `SELECT ${columns} FROM visits v JOIN holdings h ON h.id = v.holding_id
  WHERE v.account_id = $1 AND v.state = '${state}' AND ${visitStands('v')} AND ($2::text IS NULL OR (h.kind = 'co' AND h.unit_id = $2))`;

const DONE = visitsThat(
  'done',
  '(SELECT count(*) FROM attachments f WHERE f.visit_id = v.id AND f.removed_at IS NULL) AS files',
);
const PLANNED = `${visitsThat('planned', 'v.id, v.planned_on::text AS on')} ORDER BY v.planned_on, v.id`;

const TASKS = `SELECT t.id, t.due_on::text AS on FROM marketing_tasks t JOIN persons o ON o.id = t.owner_id
  WHERE t.account_id = $1 AND t.state = 'open' AND ($2::text IS NULL OR o.unit_id = $2) ORDER BY t.due_on, t.id`;

const PLANS = `SELECT p.id, c.number, (SELECT count(*)::int FROM plan_measures m WHERE m.plan_id = p.id AND m.state = ANY ($3)) AS measures
  FROM plans p JOIN cases c ON c.id = p.case_id WHERE p.account_id = $1 AND p.state = 'underway'
    AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM plan_measures m JOIN persons o ON o.id = m.owner_id WHERE m.plan_id = p.id AND o.unit_id = $2))
  ORDER BY p.opened_at, p.id`;

/** A case whose plan is under way is handed over as that plan. */
const OPEN_CASES = `SELECT c.id, c.number, c.process FROM case_accounts x JOIN cases c ON c.id = x.case_id
  WHERE x.account_id = $1 AND x.open AND c.id <> $2 AND NOT EXISTS (SELECT 1 FROM plans p WHERE p.case_id = c.id AND p.state = 'underway')
  ORDER BY c.number`;

async function reports(tx: CaseTransaction, accountId: string): Promise<Held['reports']> {
  const [row] = await tx.sql(
    'SELECT count(*)::int AS count, max(to_on)::text AS last FROM account_reports WHERE account_id = $1',
    [accountId],
  );
  return { count: Number(row?.count), lastOn: row?.last === null ? null : String(row?.last) };
}

/** The parts of the archive that hold something (Article 9). */
async function archive(tx: CaseTransaction, accountId: string): Promise<Held['archive']> {
  const [row] = await tx.sql(
    'SELECT c.id, c.secret FROM accounts a JOIN clients c ON c.id = a.client_id WHERE a.id = $1',
    [accountId],
  );
  const opened = row?.secret
    ? await openForClient<Archive>(tx.deps, String(row.id), 'clients', String(row.id), row.secret as Buffer)
    : {};
  const { client = {}, keyPersons = [], projects = [] } = opened;
  const { contact, ...basics } = client;
  return {
    basics: size(basics),
    contact: size(contact),
    keyPersons: keyPersons.length,
    projects: projects.length,
  };
}

type Archive = {
  readonly client?: Readonly<Record<string, unknown>>;
  readonly keyPersons?: readonly unknown[];
  readonly projects?: readonly unknown[];
};
const size = (of: unknown): number => Object.keys((of as object | undefined) ?? {}).length;
