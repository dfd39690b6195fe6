import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Pool } from 'pg';
import { aad, open, seal } from '../platform/cipher.ts';
import { writeNew } from '../platform/durableFile.ts';
import { KeyStoreError } from '../platform/keyStore.ts';
import { type Rounds, startRounds } from '../platform/rounds.ts';
import { ACCOUNT } from '../workflows/contracts/account.ts';
import { caseWorkflowId } from '../workflows/contracts/case.ts';
import { clientKey } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';

// The package is CommonJS: plain Node finds no named export in it.
const { History } = proto.temporal.api.history.v1;
const EVERY_MS = 60_000;
const BATCH = 50;
const PAGE = 500;
const SUFFIX = '.history';

const sealedFor = (id: string): string => aad('histories', 'history', id);

/**
 * Keeps the Temporal history of each closed case, encrypted under the case's key, and of each ended account, under its client's, before
 * Temporal's own retention drops it: of an account that of its last run. One file each; where the key was destroyed an empty one. Any number of
 * workers may do this at once.
 */
export function startHistoryArchive(deps: CaseDeps, client: Client, folder: string): Rounds {
  return startRounds({
    everyMs: EVERY_MS,
    round: historyArchive(deps, client, folder),
    onError: (error) => deps.log.warn('archiving histories failed', {}, error),
  });
}

/**
 * Each call archives what is not archived yet, what closed first coming first, and tells how many were written. It remembers up
 * to when everything is archived, and looks no further back.
 */
export function historyArchive(deps: CaseDeps, client: Client, folder: string): () => Promise<number> {
  let wholeUpTo: Place = { closedAt: '-infinity', id: '' };
  return async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const done = { asked: 0, written: 0 };
    let isWhole = true;
    let from: Place | undefined = wholeUpTo;
    while (from !== undefined && done.asked < BATCH) {
      const page: Closed[] = await closedAfter(deps.pool, from);
      for (const row of page) {
        if (done.asked === BATCH) break;
        const isThere = await isKept(fileOf(folder, row.id));
        const result = isThere ? 'kept' : await archiveOne(deps, client, folder, row);
        if (!isThere) done.asked += 1;
        if (result === 'written') done.written += 1;
        isWhole &&= result !== 'running' && row.isSettled;
        if (isWhole) wholeUpTo = row;
      }
      from = page.length === PAGE ? page.at(-1) : undefined;
    }
    return done.written;
  };
}

/** `closedAt` as the database writes it, to the microsecond. */
type Place = { readonly closedAt: string; readonly id: string };
type Closed = Place & { readonly process: string; readonly scope: string; readonly isSettled: boolean };

async function closedAfter(pool: Pool, { closedAt, id }: Place): Promise<Closed[]> {
  // Transactions commit a little out of the order of their times; after a minute one has committed or never will.
  const { rows } = await pool.query<Closed>(
    `SELECT id, process, scope, closed_at::text AS "closedAt", closed_at < now() - interval '1 minute' AS "isSettled" FROM (
       (SELECT id, process, 'case:' || id AS scope, closed_at FROM cases WHERE closed_at IS NOT NULL AND (closed_at, id) > ($1, $2) ORDER BY closed_at, id LIMIT ${PAGE})
       UNION ALL
       (SELECT id, $3, 'client:' || client_id, closed_at FROM accounts WHERE closed_at IS NOT NULL AND (closed_at, id) > ($1, $2) ORDER BY closed_at, id LIMIT ${PAGE})) c
     ORDER BY c.closed_at, id LIMIT ${PAGE}`,
    [closedAt, id, ACCOUNT],
  );
  return rows;
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}${SUFFIX}`);
const isKept = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function archiveOne(
  deps: CaseDeps,
  client: Client,
  folder: string,
  { id, process, scope }: Closed,
): Promise<'written' | 'kept' | 'running'> {
  const path = fileOf(folder, id);
  const handle = client.workflow.getHandle(caseWorkflowId(process, id));
  try {
    // A case closes a moment before its execution does; until then its history is not whole.
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return 'running';
    const history = History.encode(await handle.fetchHistory()).finish();
    const sealed = seal(await deps.keys.get(scope), history, sealedFor(id));
    return (await writeNew(path, sealed)) ? 'written' : 'kept';
  } catch (error) {
    // An erased draft has no key any more, and an execution past its retention no history: an empty file says that nothing is left to keep.
    if (!isGone(error)) throw error;
    await writeNew(path, new Uint8Array());
    return 'kept';
  }
}

/** A key store that cannot be read for the moment is no reason to keep nothing. */
const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof KeyStoreError && ['keyDestroyed', 'keyMissing'].includes(error.code));

/** An archived history, decrypted; null where none is kept, or nothing was left to keep. @throws DecryptionError */
export async function readHistory(
  deps: Pick<CaseDeps, 'keys' | 'pool'>,
  folder: string,
  id: string,
): Promise<proto.temporal.api.history.v1.History | null> {
  if (!/^[\w-]{1,64}$/.test(id)) return null;
  const sealed = await readFile(fileOf(folder, id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (sealed === null || sealed.length === 0) return null;
  const { rows } = await deps.pool.query<{ clientId: string }>(
    'SELECT client_id AS "clientId" FROM accounts WHERE id = $1',
    [id],
  );
  const scope = rows[0] ? clientKey(rows[0].clientId) : `case:${id}`;
  return History.decode(open(await deps.keys.get(scope), sealed, sealedFor(id)));
}
