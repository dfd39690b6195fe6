import type { Ground, Replaced } from '../domain/reassignment.ts';
import type { CaseTransaction } from './transaction.ts';

/** A reassignment as its rules look at it. */
export type ReassignmentRow = {
  readonly replaces: Replaced;
  readonly ground: Ground;
  /** The unit that held the accounts when it was asked for. */
  readonly unitId: string;
  readonly newUnitId: string | null;
  readonly accounts: readonly ReassignedAccount[];
};

export type ReassignedAccount = {
  readonly accountId: string;
  /** The holding that changes hands; after a removal the vacant one that followed. */
  readonly holdingId: string;
  /** Whose it was. */
  readonly managerId: string | null;
  readonly kind: 'lead' | 'co';
  /** Who leads the account now. */
  readonly leadUnitId: string;
  readonly leadManagerId: string | null;
  readonly nomineeId: string | null;
  readonly successorId: string | null;
  readonly grade: 'company' | 'branch';
  readonly terminated: boolean;
};

export async function reassignmentRow(tx: CaseTransaction): Promise<ReassignmentRow> {
  const [row] = await tx.sql(
    `SELECT r.replaces, r.ground, r.unit_id AS "unitId", r.new_unit_id AS "newUnitId",
       (SELECT json_agg(json_build_object('accountId', x.account_id, 'holdingId', x.holding_id, 'managerId', x.manager_id,
          'nomineeId', x.nominee_id, 'successorId', x.successor_id, 'grade', a.grade, 'terminated', a.state = 'terminated', 'kind', h.kind,
          'leadUnitId', l.unit_id, 'leadManagerId', l.manager_id) ORDER BY a.archive_no)
        FROM reassignment_accounts x JOIN accounts a ON a.id = x.account_id JOIN holdings h ON h.id = x.holding_id
          LEFT JOIN holdings l ON l.account_id = x.account_id AND l.kind = 'lead' AND l.valid_to IS NULL WHERE x.case_id = r.case_id) AS accounts
     FROM reassignments r WHERE r.case_id = $1`,
    [tx.case.id],
  );
  if (!row) throw new Error(`case ${tx.case.id} is no reassignment`);
  return row as ReassignmentRow;
}

/** Those of its accounts that have not ended meanwhile. */
export const stillHeld = ({ accounts }: ReassignmentRow): readonly ReassignedAccount[] =>
  accounts.filter(({ terminated }) => !terminated);

/** Whether every account, or every holding, of the case has ended meanwhile: there is nothing to decide any more. */
export async function nothingLeft(tx: CaseTransaction): Promise<boolean> {
  const rows = await tx.sql(
    `SELECT 1 FROM reassignment_accounts x JOIN accounts a ON a.id = x.account_id JOIN holdings h ON h.id = x.holding_id
     WHERE x.case_id = $1 AND a.state <> 'terminated' AND h.valid_to IS NULL LIMIT 1`,
    [tx.case.id],
  );
  return rows.length === 0;
}

/** Whose accounts they were, each person once. */
export const managersOf = ({ accounts }: ReassignmentRow): string[] => [
  ...new Set(accounts.flatMap(({ managerId }) => managerId ?? [])),
];

/** Whom the case concerns from now on: they read it, though they are recused from its ballots. */
export async function concerns(tx: CaseTransaction, parties: readonly string[]): Promise<void> {
  await tx.sql(
    'INSERT INTO case_parties (case_id, party) SELECT $1, * FROM unnest($2::text[]) ON CONFLICT DO NOTHING',
    [tx.case.id, [...new Set(parties)]],
  );
}

export const unitParty = (unitId: string): string => `unit:${unitId}`;
