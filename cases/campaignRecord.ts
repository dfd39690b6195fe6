import type { PoolClient } from 'pg';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { appendAudit } from './audit.ts';

/** The key under which the reasons of what was done about a campaign are sealed. */
export const campaignKey = (year: number): string => `campaign:${year}`;
const place = (id: string): string => aad('campaign_acts', 'secret', id);

/** The act gets the campaign's next number, its reason is sealed, and it is audited. The caller holds the campaign's row. */
export async function recordAct(
  { keys }: { readonly keys: KeyStore },
  client: PoolClient,
  act: {
    readonly act: 'paused' | 'resumed' | 'added' | 'excluded';
    readonly byId: string | null;
    readonly year: number;
    readonly reason: string | null;
    readonly accountId?: string;
    readonly fromOn?: string;
    readonly untilOn?: string;
    readonly workDays?: number;
  },
): Promise<void> {
  const { byId, year, reason, accountId, fromOn, untilOn, workDays } = act;
  const id = newId();
  const secret = reason === null ? null : sealJson(await keys.getOrCreate(campaignKey(year)), { reason }, place(id));
  await client.query(
    `INSERT INTO campaign_acts (id, year, number, act, account_id, by_id, at, from_on, until_on, work_days, secret)
     SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, clock_timestamp(), $6, $7, $8, $9 FROM campaign_acts WHERE year = $2`,
    [id, year, act.act, accountId ?? null, byId, fromOn ?? null, untilOn ?? null, workDays ?? null, secret],
  );
  await appendAudit(client, {
    act: `campaign.${act.act}`,
    actorId: byId,
    codes: { year, ...(accountId ? { accountId } : {}), ...(untilOn ? { until: untilOn, workDays } : {}) },
  });
}

/** The reason of an act. @throws DecryptionError, KeyStoreError */
export async function reasonOf(
  { keys }: { readonly keys: KeyStore },
  { id, year, secret }: { readonly id: string; readonly year: number; readonly secret: Uint8Array | null },
): Promise<string | null> {
  if (secret === null) return null;
  const opened = openJson(await keys.get(campaignKey(year)), Buffer.from(secret), place(id)) as { reason: string };
  return opened.reason;
}
