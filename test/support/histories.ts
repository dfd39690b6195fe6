import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import type { Move } from './moves.ts';

export const { History } = proto.temporal.api.history.v1;
export type History = proto.temporal.api.history.v1.IHistory;

const folder = fileURLToPath(new URL('../replay/histories', import.meta.url));

/** One history as it lies in test/replay/histories/<release>/<name>.json. */
export type SavedHistory = {
  readonly release: string;
  readonly name: string;
  readonly workflowId: string;
  readonly walked: Walked;
  readonly history: History;
};

/** What a case went through, from its facts. */
export type Walked = { readonly moves: readonly Move[]; readonly kinds: readonly string[] };

/** Keeps a history under SAVE_RELEASE, the release it belongs to; without it does nothing. */
export async function saveHistory(name: string, workflowId: string, walked: Walked, history: History): Promise<void> {
  const release = process.env.SAVE_RELEASE;
  if (!release) return;
  await mkdir(join(folder, release), { recursive: true });
  const object = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  const saved = { workflowId, walked, history: JSON.parse(JSON.stringify(object), nameless) };
  await writeFile(join(folder, release, `${name}.json`), `${JSON.stringify(saved)}\n`);
}

/** Which machine made it is nobody's business. */
const nameless = (key: string, value: unknown): unknown => (key === 'identity' ? 'test' : value);

/** The saved histories of all releases. */
export async function savedHistories(): Promise<SavedHistory[]> {
  const saved: SavedHistory[] = [];
  for (const release of (await readdir(folder)).sort()) {
    for (const file of (await readdir(join(folder, release))).sort()) {
      const text = await readFile(join(folder, release, file), 'utf8');
      const { workflowId, walked, history } = JSON.parse(text);
      saved.push({
        release,
        name: file.replace(/\.json$/, ''),
        workflowId,
        walked,
        history: History.fromObject(history),
      });
    }
  }
  return saved;
}
