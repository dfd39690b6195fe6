import { nearKey } from '../domain/clientName.ts';
import { DomainError } from '../domain/errors.ts';
import { checkUscc } from '../domain/uscc.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { codeKey, nameKey } from './entities.ts';

/** A registered name, and why it is near: the same place and core, once a name of that client, or a similar spelling. */
export type NearName = { readonly name: string; readonly why: 'sameCore' | 'formerName' | 'similar' };

export type ClientCheck = {
  readonly result: 'free' | 'inProgress' | 'held' | 'near';
  readonly holder: { readonly id: string; readonly name: string } | null;
  /** Registered names much like the one asked for; never those of recommendations in progress. */
  readonly names: readonly NearName[];
};

/**
 * Whether a client may be recommended. What is in progress is told as no more than that (7.1); who holds a published key account
 * the list tells anyway (7.3). Asking is logged, against fishing.
 */
export async function checkClient(
  deps: CaseDeps,
  actor: Actor,
  asked: { code?: string | undefined; name?: string | undefined },
): Promise<ClientCheck> {
  const keys = [];
  if (asked.code) {
    const code = checkUscc(asked.code);
    if (!code.ok) throw new DomainError('badUscc', { reason: code.reason }, 'code');
    keys.push(codeKey(code.code));
  }
  if (asked.name) keys.push(nameKey(asked.name));
  const answer = await look(deps, keys, asked.name);
  await recordAudit(deps.pool, {
    act: 'client.checked',
    actorId: actor.personId,
    codes: { result: answer.result, unitId: actor.unitId },
  });
  return answer;
}

async function look({ pool }: CaseDeps, keys: readonly string[], name: string | undefined): Promise<ClientCheck> {
  const held = await pool.query<{ id: string; name: string; on_list: boolean }>(
    `SELECT u.id, u.name, a.on_list FROM holding_entities e JOIN holdings h ON h.id = e.holding_id JOIN accounts a ON a.id = h.account_id JOIN units u ON u.id = h.unit_id
     WHERE e.entity_key = ANY ($1) AND e.kind = 'lead' AND (e.valid_to IS NULL OR e.valid_to > now()) LIMIT 1`,
    [keys],
  );
  const [holder] = held.rows;
  if (holder?.on_list) return { result: 'held', holder: { id: holder.id, name: holder.name }, names: [] };
  if (holder) return { result: 'inProgress', holder: null, names: [] };
  const open = await pool.query('SELECT 1 FROM recommendation_entities WHERE entity_key = ANY ($1) AND open LIMIT 1', [
    keys,
  ]);
  if (open.rows.length > 0) return { result: 'inProgress', holder: null, names: [] };
  const near = name === undefined ? [] : await nearNames(pool, name);
  return { result: near.length > 0 ? 'near' : 'free', holder: null, names: near };
}

async function nearNames(pool: CaseDeps['pool'], name: string): Promise<NearName[]> {
  const { rows } = await pool.query<NearName>(
    `SELECT DISTINCT ON (c.name) c.name,
       CASE WHEN n.near_key = $1 AND n.kind = 'former' THEN 'formerName' WHEN n.near_key = $1 THEN 'sameCore' ELSE 'similar' END AS why
     FROM entity_names n JOIN legal_entities l ON l.id = n.entity_id JOIN clients c ON c.id = l.client_id JOIN accounts a ON a.client_id = c.id
     WHERE a.on_list AND (n.near_key = $1 OR (n.near_key % $1 AND similarity(n.near_key, $1) > 0.6))
     ORDER BY c.name, similarity(n.near_key, $1) DESC, n.kind DESC LIMIT 5`,
    [nearKey(name)],
  );
  return rows;
}
