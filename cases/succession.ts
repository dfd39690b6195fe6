import { holdersOf } from './actor.ts';
import type { Slate } from './processDefinition.ts';
import type { CaseTransaction } from './transaction.ts';

/** Dissolved units, each with the unit that has taken over at the end of the line. One without a successor is not among them. */
export type Heirs = ReadonlyMap<string, string>;

export async function heirsOf(tx: CaseTransaction): Promise<Heirs> {
  const rows = await tx.sql(`SELECT id, successor_id AS heir FROM units
    WHERE dissolved_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND successor_id IS NOT NULL`);
  const next = new Map(rows.map((row) => [String(row.id), String(row.heir)]));
  return new Map([...next.keys()].map((unitId) => [unitId, lastOf(unitId, next)]));
}

/** The last of the line; a line that turned in a circle would end where it began. */
function lastOf(unitId: string, next: Heirs): string {
  const seen = new Set<string>();
  let last = unitId;
  for (let heir = next.get(last); heir !== undefined && !seen.has(heir); heir = next.get(last)) {
    seen.add(heir);
    last = heir;
  }
  return last;
}

/** Who is asked, with the successor in the place of every dissolved unit. */
export function inherited<Asked extends Pick<Slate, 'candidates' | 'escalations'>>(slate: Asked, heirs: Heirs): Asked {
  const heirOf = (key: string): string => {
    const [role = '', unitId = ''] = key.split('@');
    return role.startsWith('role:') && heirs.has(unitId) ? `${role}@${heirs.get(unitId)}` : key;
  };
  const keys = (given: readonly string[]): string[] => [...new Set(given.map(heirOf))];
  return { ...slate, candidates: keys(slate.candidates), escalations: slate.escalations.map(keys) };
}

/**
 * A dissolved unit's successor takes over its case and the tasks its officers had; without one the next level does, at last the
 * office (系统默认). Each is a fact, and whoever has a task now is told. Asked again it changes nothing.
 */
export async function followSuccessors(tx: CaseTransaction): Promise<void> {
  const heirs = await heirsOf(tx);
  const unitId = tx.case.unitId;
  const successorId = heirs.get(unitId);
  if (successorId) {
    tx.fact({ kind: 'reassigned', codes: { why: 'unitDissolved', unitId, successorId } });
    tx.moveTo(successorId);
  }
  for (const task of tx.tasks.all) {
    if (task.status !== 'open') continue;
    const { candidates, escalations } = inherited(task, heirs);
    if (JSON.stringify([candidates, escalations]) === JSON.stringify([task.candidates, task.escalations])) continue;
    tx.tasks.change(task, { candidates, escalations, assigneeId: null });
    const { id: taskId, step, round } = task;
    tx.fact({ kind: 'reassigned', step, round, taskId, codes: { why: 'unitDissolved' } });
    for (const person of await holdersOf(tx.client, candidates)) tx.notify(person, 'taskReassigned', taskId);
  }
}
