import type { PoolClient } from 'pg';
import { coreName, nearKey, normaliseName } from '../domain/clientName.ts';
import { ALIKE, type KnownName, type NearReason, nearReasons, placeless, whyNear } from '../domain/exclusivity.ts';
import { type KeyHash, nameKey } from './entityKeys.ts';
import { type Judgements, judgementsOn } from './nearJudgements.ts';

/** What is asked about: a client's keys as `entities.ts` has them, and its names as they were written, the first its own. */
export type AskedClient = { readonly keys: readonly string[]; readonly names: readonly string[] };

/** A name that may be the same company's as the one asked for. */
export type NearName = {
  readonly asked: string;
  readonly name: string;
  readonly why: NearReason;
  /** The client of the register, or the recommendation in progress, that has the name. */
  readonly clientId: string | null;
  readonly caseId: string | null;
  /** Who holds it, where the published list tells it anyway; otherwise the name is told to nobody but the office. */
  readonly listed: { readonly accountId: string; readonly unitId: string } | null;
};

/** Whether a client may be developed by whoever asks. */
export type Standing = {
  readonly result: 'free' | 'inProgress' | 'held' | 'near';
  readonly holder: { readonly accountId: string; readonly unitId: string } | null;
  /** Whether the unit that asks holds it itself, and so knows it, listed or not. */
  readonly own: boolean;
  readonly near: readonly NearName[];
};

/** How many near names of one name are put before a person. */
const MOST_NEAR = 5;

/**
 * How it stands with a client, by any of its keys, or by a name that a person has judged to be the same, for a unit that asks. `except` is
 * the case that asks. Who holds a client is told to its own holders, and of a published one to all; another is masked (7.1).
 * Rests on what is committed; whoever needs it to hold longer holds the locks of the keys.
 */
export async function standingOf(
  client: PoolClient,
  asked: AskedClient,
  hash: KeyHash,
  { unitId, except = null }: { readonly unitId: string; readonly except?: string | null },
): Promise<Standing> {
  const judged = await judgementsOn(
    client,
    asked.names.map((name) => hash(nameKey(name))),
  );
  const holder = await heldBy(client, asked.keys, judged, unitId);
  if (holder)
    return holder.told
      ? { result: 'held', holder: holder.told, own: holder.own, near: [] }
      : { result: 'inProgress', holder: null, own: false, near: [] };
  const open = await client.query(
    `SELECT 1 FROM recommendation_entities WHERE open AND case_id IS DISTINCT FROM $3 AND (entity_key = ANY ($1) OR case_id = ANY ($2)) LIMIT 1`,
    [asked.keys, judged.same.caseIds, except],
  );
  if (open.rows.length > 0) return { result: 'inProgress', holder: null, own: false, near: [] };
  const near: NearName[] = [];
  for (const name of asked.names)
    near.push(
      ...(await nearNames(client, name, except)).filter((each) => !judged.isSettled(hash(nameKey(name)), each, hash)),
    );
  return { result: near.length > 0 ? 'near' : 'free', holder: null, own: false, near };
}

async function heldBy(
  client: PoolClient,
  keys: readonly string[],
  { same }: Judgements,
  asking: string,
): Promise<{ readonly told: Standing['holder']; readonly own: boolean } | null> {
  const { rows } = await client.query<{ accountId: string; unitId: string; onList: boolean; own: boolean }>(
    `SELECT a.id AS "accountId", h.unit_id AS "unitId", a.on_list AS "onList",
       EXISTS (SELECT 1 FROM holdings o WHERE o.account_id = a.id AND o.unit_id = $4 AND o.valid_to IS NULL) AS own FROM holdings h JOIN accounts a ON a.id = h.account_id
     WHERE h.kind = 'lead' AND (h.valid_to IS NULL OR h.valid_to > now()) AND h.id IN (
       SELECT e.holding_id FROM holding_entities e WHERE e.entity_key = ANY ($1) AND e.kind = 'lead' AND (e.valid_to IS NULL OR e.valid_to > now())
       UNION SELECT s.id FROM holdings s WHERE s.client_id = ANY ($2)
       UNION SELECT s.id FROM holdings s JOIN accounts b ON b.id = s.account_id WHERE b.decision_case_id = ANY ($3))
     ORDER BY a.on_list DESC, h.valid_from LIMIT 1`,
    [keys, same.clientIds, same.caseIds, asking],
  );
  const [row] = rows;
  if (!row) return null;
  const { accountId, unitId, onList, own } = row;
  return { told: onList || own ? { accountId, unitId } : null, own };
}

type Candidate = KnownName &
  Pick<NearName, 'clientId' | 'caseId'> & { accountId: string | null; unitId: string | null; onList: boolean };

/** Names near the one asked for, one a client or recommendation, the nearest first. */
async function nearNames(client: PoolClient, asked: string, except: string | null): Promise<NearName[]> {
  const near = nearKey(asked);
  const core = coreName(asked);
  // Written where the place is missing on one side: the same core without a place, or with any.
  const other = near === placeless(core) ? `%${escaped(near)}` : escaped(placeless(core));
  const like = (column: string) =>
    `(${column} = $1 OR ${column} LIKE $2 OR (${column} % $1 AND similarity(${column}, $1) > ${ALIKE}))`;
  const { rows } = await client.query<Candidate>(
    `(SELECT n.name, n.kind, similarity(n.near_key, $1)::float8 AS alike, l.client_id AS "clientId", NULL AS "caseId",
        a.id AS "accountId", h.unit_id AS "unitId", a.on_list AS "onList"
      FROM entity_names n JOIN legal_entities l ON l.id = n.entity_id JOIN holdings h ON h.client_id = l.client_id JOIN accounts a ON a.id = h.account_id
      WHERE l.valid_to IS NULL AND h.kind = 'lead' AND h.valid_to IS NULL AND (${like('n.near_key')} OR n.name_key = $3) LIMIT 200)
     UNION ALL
     (SELECT substr(e.entity_key, 6), 'name', similarity(e.near_key, $1)::float8, NULL, e.case_id, NULL, NULL, false
      FROM recommendation_entities e WHERE e.open AND e.case_id IS DISTINCT FROM $4 AND ${like('e.near_key')} LIMIT 200)`,
    [near, other, normaliseName(asked), except],
  );
  const found = rows.flatMap((row) => {
    const why = whyNear(asked, row);
    if (why === null) return [];
    const listed = row.onList && row.accountId && row.unitId ? { accountId: row.accountId, unitId: row.unitId } : null;
    const { name, alike, clientId, caseId } = row;
    return [{ asked, name, why, clientId, caseId, listed, alike }];
  });
  found.sort(
    (a, b) =>
      nearReasons.indexOf(a.why) - nearReasons.indexOf(b.why) || b.alike - a.alike || (a.name < b.name ? -1 : 1),
  );
  const first = found.filter(
    (each, index) =>
      found.findIndex((other) => other.clientId === each.clientId && other.caseId === each.caseId) === index,
  );
  return first.slice(0, MOST_NEAR).map(({ alike: _, ...each }) => each);
}

/** Text as LIKE takes it literally. */
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
