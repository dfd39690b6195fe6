import type { Attachments } from '../platform/attachments.ts';
import type { CaseDeps } from './deps.ts';

/**
 * Removes stored files that nothing refers to: their upload died before they were attached, or what they belonged to was taken back before they
 * could be removed. Only what was stored more than `olderThanMs` ago: a file is stored before it is attached. Where most files are unknown, the
 * folder and the database do not belong together, and nothing is touched. @returns how many were removed
 */
export async function removeOrphans(
  { pool, log }: Pick<CaseDeps, 'pool' | 'log'>,
  files: Attachments,
  olderThanMs: number,
): Promise<number> {
  const stored = await files.storedBefore(olderThanMs);
  if (stored.length === 0) return 0;
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM attachments WHERE id = ANY ($1) AND removed_at IS NULL
     UNION SELECT id FROM imports WHERE id = ANY ($1) AND state <> 'withdrawn'`,
    [stored],
  );
  const known = new Set(rows.map(({ id }) => id));
  const orphans = stored.filter((id) => !known.has(id));
  if (orphans.length > known.size) {
    log.warn('most stored files are unknown to the database, and were left alone');
    return 0;
  }
  for (const id of orphans) await files.remove(id);
  return orphans.length;
}
