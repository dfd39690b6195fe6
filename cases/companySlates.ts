import { roleKey, seatKey } from './actor.ts';
import type { Slate } from './processDefinition.ts';
import type { CaseTransaction } from './transaction.ts';

/** What the office decides goes to its head, then to a vice director (系统默认). */
export async function officeSlate(tx: CaseTransaction): Promise<Slate> {
  return { candidates: [roleKey('office')], escalations: [[await officeHead(tx)], await seats(tx, 'viceDirector')] };
}

/** The key of the office's head. */
export async function officeHead(tx: CaseTransaction): Promise<string> {
  const [office] = await tx.sql(`SELECT id FROM units WHERE kind = 'office' AND dissolved_on IS NULL LIMIT 1`);
  return roleKey('unitHead', String(office?.id ?? ''));
}

/** The seats of a kind, in their order. */
export async function seats(tx: CaseTransaction, kind: string): Promise<string[]> {
  const rows = await tx.sql('SELECT id FROM seats WHERE kind = $1 ORDER BY ord', [kind]);
  return rows.map((row) => seatKey(String(row.id)));
}
