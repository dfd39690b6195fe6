import { dueAtCalendarDays } from '../domain/calendar.ts';
import type { Attachments } from '../platform/attachments.ts';
import { aad, sealJson } from '../platform/cipher.ts';
import { type Rounds, startRounds } from '../platform/rounds.ts';
import { conclude } from './conclusion.ts';
import type { CaseDeps } from './deps.ts';
import { removeOrphans } from './orphanFiles.ts';
import { currentPolicy } from './policies.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/** 系统默认: the submitter is told so many calendar days before his draft is erased. */
const ANNOUNCED_DAYS = 14;
const EVERY_MS = 3_600_000;
const BATCH = 100;
/** No upload takes so long. */
const ABANDONED_MS = 86_400_000;

/** How many drafts a round announced, ended, and erased. */
export type IdleRound = { readonly announced: number; readonly ended: number; readonly erased: number };

/** Looks every hour for idle drafts, for what uploads left behind whose process died, and for files nothing refers to. */
export function startIdleDrafts(deps: CaseDeps, files: Attachments): Rounds {
  return startRounds({
    everyMs: EVERY_MS,
    round: async () => {
      await settleIdleDrafts(deps, files, new Date());
      await files.removeAbandoned(ABANDONED_MS);
      await removeOrphans(deps, files, ABANDONED_MS);
    },
    onError: (error) => deps.log.warn('idle drafts were not settled', {}, error),
  });
}

/**
 * A draft that was never submitted and lies idle for `draftIdleDays` is announced to its submitter, and a fortnight later ended as
 * lapsed and erased: form wiped, key destroyed, files removed. Its facts stay. Any number of workers may do this at once, and one that
 * dies half-way is made good by the next round.
 */
export async function settleIdleDrafts(deps: CaseDeps, files: Attachments, now: Date): Promise<IdleRound> {
  const { values } = await currentPolicy(deps.pool);
  const days = values.draftIdleDays;
  const before = new Date(now.getTime() - Math.max(days - ANNOUNCED_DAYS, 0) * 86_400_000);
  let announced = 0;
  let ended = 0;
  for (const caseId of await idleSince(deps, before)) {
    const did = await inCase(deps, { caseId, now: now.getTime() }, (tx) => settleDraft(tx, days));
    if (did === 'announced') announced += 1;
    if (did === 'ended') ended += 1;
  }
  return { announced, ended, erased: await eraseEnded(deps, files) };
}

// Whatever was done last, an edit of the form or a fact, is when the idleness began.
const IDLE_SINCE = `greatest(r.updated_at, (SELECT max(f.at) FROM facts f WHERE f.case_id = r.case_id))`;

async function idleSince(deps: CaseDeps, before: Date): Promise<string[]> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT c.id FROM recommendations r JOIN cases c ON c.id = r.case_id
     WHERE r.submitted_at IS NULL AND r.updated_at <= $1 AND c.state = 'draft' AND c.closed_at IS NULL AND c.ending IS NULL AND ${IDLE_SINCE} <= $1 ORDER BY c.id`,
    [before],
  );
  return rows.map((row) => row.id);
}

async function settleDraft(tx: CaseTransaction, days: number): Promise<'announced' | 'ended' | null> {
  if (tx.case.state !== 'draft' || tx.case.closedAt !== null || tx.case.ending !== null) return null;
  const [row] = await tx.sql(
    `SELECT ${IDLE_SINCE} AS since, r.announced_at AS announced FROM recommendations r WHERE r.case_id = $1 AND r.submitted_at IS NULL`,
    [tx.case.id],
  );
  if (!row) return null;
  const since = row.since as Date;
  const announced = row.announced as Date | null;
  if (announced === null || announced < since) return announce(tx, since, days);
  // Told late, because nothing ran or the policy became shorter, he has his fortnight all the same.
  const end = Math.max(
    dueAtCalendarDays(since.getTime(), days),
    dueAtCalendarDays(announced.getTime(), ANNOUNCED_DAYS),
  );
  if (tx.now.getTime() < end) return null;
  await tx.sql(
    `UPDATE recommendations SET form = $2, form_version = form_version + 1, proposed_grade = '', expected_fen = 0 WHERE case_id = $1`,
    [tx.case.id, sealJson(tx.key, {}, aad('recommendations', 'form', tx.case.id))],
  );
  tx.rename('');
  tx.fact({ kind: 'silent', codes: { why: 'idleDraft' } });
  await conclude(tx, 'lapsed');
  return 'ended';
}

async function announce(tx: CaseTransaction, since: Date, days: number): Promise<'announced' | null> {
  if (tx.now.getTime() < dueAtCalendarDays(since.getTime(), Math.max(days - ANNOUNCED_DAYS, 0))) return null;
  tx.notify(tx.case.submitterId, 'draftExpiring');
  await tx.sql('UPDATE recommendations SET announced_at = $2 WHERE case_id = $1', [tx.case.id, tx.now]);
  return 'announced';
}

/**
 * Destroys the keys of drafts that ended idle and removes their files. An empty form says that it is done, so what a crash left
 * undone is found again.
 */
async function eraseEnded(deps: CaseDeps, files: Attachments): Promise<number> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT c.id FROM recommendations r JOIN cases c ON c.id = r.case_id
     WHERE r.submitted_at IS NULL AND c.state = 'lapsed' AND r.form <> ''::bytea
       AND EXISTS (SELECT 1 FROM facts f WHERE f.case_id = c.id AND f.kind = 'silent' AND f.codes->>'why' = 'idleDraft')
     ORDER BY c.id LIMIT ${BATCH}`,
  );
  for (const { id } of rows) {
    await deps.keys.destroy(`case:${id}`);
    const attached = await deps.pool.query<{ id: string }>('SELECT id FROM attachments WHERE case_id = $1', [id]);
    for (const file of attached.rows) await files.remove(file.id);
    await deps.pool.query('UPDATE attachments SET removed_at = now() WHERE case_id = $1 AND removed_at IS NULL', [id]);
    await deps.pool.query(`UPDATE recommendations SET form = ''::bytea WHERE case_id = $1`, [id]);
  }
  return rows.length;
}
