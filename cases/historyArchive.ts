import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { aad, open, seal } from '../platform/cipher.ts';
import { writeNew } from '../platform/durableFile.ts';
import { KeyStoreError } from '../platform/keyStore.ts';
import { caseWorkflowId } from '../workflows/contracts/case.ts';
import type { CaseDeps } from './deps.ts';

// The package is CommonJS: plain Node finds no named export in it.
const { History } = proto.temporal.api.history.v1;
const EVERY_MS = 60_000;
const BATCH = 50;
const SUFFIX = '.history';

const place = (caseId: string): string => aad('histories', 'history', caseId);

/**
 * Keeps the Temporal history of each closed case, encrypted under the case's key, before Temporal's own retention drops it. One file a
 * case; a case whose key was destroyed keeps an empty one. Any number of workers may do this at once.
 */
export function startHistoryArchive(
  deps: CaseDeps,
  client: Client,
  folder: string,
): { readonly stop: () => Promise<void> } {
  let stopped = false;
  let wake: () => void = () => {};
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await archiveHistories(deps, client, folder).catch((error: unknown) =>
        deps.log.warn('archiving histories failed', {}, error),
      );
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** Archives what is not archived yet, the case closed first coming first. @returns how many were written */
export async function archiveHistories(deps: CaseDeps, client: Client, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = (await readdir(folder))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length));
  const { rows } = await deps.pool.query<{ id: string; process: string }>(
    `SELECT id, process FROM cases WHERE closed_at IS NOT NULL AND id <> ALL ($1) ORDER BY closed_at, id LIMIT ${BATCH}`,
    [kept],
  );
  let written = 0;
  for (const { id, process } of rows) if (await archiveOne(deps, client, folder, id, process)) written += 1;
  return written;
}

async function archiveOne(
  deps: CaseDeps,
  client: Client,
  folder: string,
  caseId: string,
  process: string,
): Promise<boolean> {
  const path = join(folder, `${caseId}${SUFFIX}`);
  const handle = client.workflow.getHandle(caseWorkflowId(process, caseId));
  try {
    // A case closes a moment before its execution does; until then its history is not whole.
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return false;
    const history = History.encode(await handle.fetchHistory()).finish();
    const sealed = seal(await deps.keys.get(`case:${caseId}`), history, place(caseId));
    return await writeNew(path, sealed);
  } catch (error) {
    // An erased draft has no key any more, and an execution past its retention no history: an empty file says that nothing is left to keep.
    if (!isGone(error)) throw error;
    await writeNew(path, new Uint8Array());
    return false;
  }
}

/** A key store that cannot be read for the moment is no reason to keep nothing. */
const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof KeyStoreError && ['keyDestroyed', 'keyMissing'].includes(error.code));

/** An archived history, decrypted. @throws DecryptionError, also where nothing was left to keep */
export async function readHistory(
  deps: CaseDeps,
  folder: string,
  caseId: string,
): Promise<proto.temporal.api.history.v1.History> {
  const sealed = await readFile(join(folder, `${caseId}${SUFFIX}`));
  return History.decode(open(await deps.keys.get(`case:${caseId}`), sealed, place(caseId)));
}
