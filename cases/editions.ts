import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import {
  type EditionLine,
  type EditionPart,
  editionParts,
  editionText,
  type PublishedEdition,
  type StruckWhy,
} from '../domain/edition.ts';
import type { CaseTransaction } from './transaction.ts';

/** The list as it would be now: every key account but what was taken off it by decision, with who holds it. `ord` counts from 1 in each part. */
const LISTED = `SELECT a.id AS account_id, a.grade AS part, row_number() OVER (PARTITION BY a.grade ORDER BY a.archive_no, a.id)::int AS ord, a.archive_no,
    c.name AS client_name, a.grade, a.managed_by, h.unit_id, u.name AS unit_name, h.manager_id, p.name AS manager_name,
    coalesce((SELECT jsonb_agg(jsonb_build_object('unitId', o.unit_id, 'unitName', ou.name, 'managerId', o.manager_id, 'managerName', op.name)
       ORDER BY o.valid_from, o.id) FROM holdings o JOIN units ou ON ou.id = o.unit_id LEFT JOIN persons op ON op.id = o.manager_id
       WHERE o.account_id = a.id AND o.kind = 'co' AND o.valid_to IS NULL), '[]') AS co_holders,
    a.established_on, a.decision_case_id
  FROM accounts a JOIN clients c ON c.id = a.client_id JOIN holdings h ON h.account_id = a.id AND h.kind = 'lead' AND h.valid_to IS NULL
    JOIN units u ON u.id = h.unit_id LEFT JOIN persons p ON p.id = h.manager_id
  WHERE a.delisted_case_id IS NULL AND a.state <> 'terminated'`;

/** What a line tells. */
const LINE = `l.account_id AS "accountId", l.part, l.ord, l.archive_no AS "archiveNo", l.client_name AS "clientName", l.grade, l.managed_by AS "managedBy",
  l.unit_id AS "unitId", l.unit_name AS "unitName", l.manager_id AS "managerId", l.manager_name AS "managerName", l.co_holders AS "coHolders",
  l.established_on::text AS "establishedOn", l.decision_case_id AS "decisionCaseId"`;

/** Takes the snapshot of the list, in place of the one the case had. @returns the parts that have a line */
export async function takeSnapshot(tx: CaseTransaction): Promise<EditionPart[]> {
  await tx.sql('DELETE FROM edition_lines WHERE case_id = $1', [tx.case.id]);
  await tx.sql('UPDATE editions SET cutoff_at = $2 WHERE case_id = $1', [tx.case.id, tx.now]);
  const parts = await tx.sql(
    `INSERT INTO edition_lines (case_id, account_id, part, ord, archive_no, client_name, grade, managed_by, unit_id, unit_name, manager_id, manager_name,
       co_holders, established_on, decision_case_id)
     SELECT $1, l.* FROM (${LISTED}) l RETURNING part`,
    [tx.case.id],
  );
  return editionParts.filter((part) => parts.some((row) => row.part === part));
}

/** The lines that a snapshot taken now would have, part by part, in their order. */
export async function linesNow(client: Pool | PoolClient): Promise<EditionLine[]> {
  const { rows } = await client.query<EditionLine>(
    `SELECT ${LINE}, NULL AS "struckAt", NULL AS "struckWhy" FROM (${LISTED}) l ORDER BY l.part DESC, l.ord`,
  );
  return rows;
}

const WHY_STRUCK = `CASE WHEN a.state = 'terminated' THEN 'terminated' ELSE 'delisted' END`;
const HAS_LEFT = `a.id = l.account_id AND l.case_id = $1 AND l.struck_at IS NULL AND (a.state = 'terminated' OR a.delisted_case_id IS NOT NULL)`;

/** Lines of accounts that ended, or left the list, since the snapshot are struck out, visibly (系统默认). */
export async function strikeOut(tx: CaseTransaction): Promise<void> {
  await tx.sql(
    `UPDATE edition_lines l SET struck_at = $2, struck_why = ${WHY_STRUCK} FROM accounts a WHERE ${HAS_LEFT}`,
    [tx.case.id, tx.now],
  );
}

/** The accounts whose lines in the edition of a case will be struck out as it is signed, and why. */
export async function leavingOf(client: Pool | PoolClient, caseId: string): Promise<Map<string, StruckWhy>> {
  const { rows } = await client.query<{ id: string; why: StruckWhy }>(
    `SELECT a.id, ${WHY_STRUCK} AS why FROM edition_lines l, accounts a WHERE ${HAS_LEFT}`,
    [caseId],
  );
  return new Map(rows.map(({ id, why }) => [id, why]));
}

/**
 * Publishes the edition of the case: it gets the next number, and its content and the hash of the one before are hashed. From now on it never
 * changes, and what stands on it is on the list (Article 8).
 */
export async function publish(tx: CaseTransaction, signedBy: string): Promise<void> {
  const [before] = await tx.sql(
    'SELECT number, hash FROM editions WHERE published_at IS NOT NULL ORDER BY number DESC LIMIT 1',
  );
  await tx.sql('UPDATE editions SET number = $2, previous_hash = $3, signed_by = $4 WHERE case_id = $1', [
    tx.case.id,
    Number(before?.number ?? 0) + 1,
    before?.hash ?? null,
    signedBy,
  ]);
  const hash = hashOf(await editionOf(tx.client, tx.case.id));
  await tx.sql('UPDATE editions SET hash = $2, published_at = $3, open = false WHERE case_id = $1', [
    tx.case.id,
    hash,
    tx.now,
  ]);
  await tx.sql(
    `UPDATE accounts a SET on_list = true FROM edition_lines l WHERE l.case_id = $1 AND l.account_id = a.id AND l.struck_at IS NULL
       AND NOT a.on_list AND a.state <> 'terminated' AND a.delisted_case_id IS NULL`,
    [tx.case.id],
  );
}

export const hashOf = (edition: PublishedEdition): Buffer => createHash('sha256').update(editionText(edition)).digest();

/** An edition as its hash covers it. */
export async function editionOf(client: Pool | PoolClient, caseId: string): Promise<PublishedEdition> {
  const { rows } = await client.query<Omit<PublishedEdition, 'lines' | 'cutoffAt'> & { cutoffAt: Date }>(
    `SELECT number, cutoff_at AS "cutoffAt", corrects, notice_no AS "noticeNo", readers, secrecy_level AS "secrecyLevel", secrecy_term AS "secrecyTerm",
       signed_by AS "signedBy", encode(previous_hash, 'hex') AS "previousHash" FROM editions WHERE case_id = $1`,
    [caseId],
  );
  const [row] = rows;
  if (!row) throw new Error(`no edition of the case ${caseId}`);
  return { ...row, cutoffAt: row.cutoffAt.toISOString(), lines: await linesOf(client, caseId) };
}

/** The lines of an edition, part by part, in their order. */
export async function linesOf(client: Pool | PoolClient, caseId: string): Promise<EditionLine[]> {
  return (await linesOfEditions(client, [caseId])).get(caseId) ?? [];
}

/** The lines of several editions, by their cases. */
export async function linesOfEditions(
  client: Pool | PoolClient,
  caseIds: readonly string[],
): Promise<Map<string, EditionLine[]>> {
  const { rows } = await client.query<Omit<EditionLine, 'struckAt'> & { caseId: string; struckAt: Date | null }>(
    `SELECT l.case_id AS "caseId", ${LINE}, l.struck_at AS "struckAt", l.struck_why AS "struckWhy"
     FROM edition_lines l WHERE l.case_id = ANY ($1) ORDER BY l.case_id, l.part DESC, l.ord`,
    [caseIds],
  );
  const lines = new Map<string, EditionLine[]>(caseIds.map((caseId) => [caseId, []]));
  for (const { caseId, ...row } of rows)
    lines.get(caseId)?.push({ ...row, struckAt: row.struckAt?.toISOString() ?? null });
  return lines;
}
