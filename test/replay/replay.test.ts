import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Payload } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { recommendation } from '../../domain/recommendation.ts';
import { encryptionCodec } from '../../platform/codec.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { History, type SavedHistory, savedHistories } from '../support/histories.ts';
import '../support/quiet.ts';
import { testKeys } from '../support/testKeys.ts';

/** Bundling and replaying take as long as the machine lets them. */
const PATIENCE = { timeout: 120_000 };
const root = fileURLToPath(new URL('../..', import.meta.url));
const saved = await savedHistories();
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

/** Replays on workflows bundled from `entry`. @returns the names of those that do not replay */
async function notReplaying(histories: readonly SavedHistory[], entry?: string): Promise<string[]> {
  const workflowBundle = await bundleWorkflows(entry);
  const options = { workflowBundle, dataConverter: dataConverter(testKeys(), 'worker') };
  const failed: string[] = [];
  const queue = histories.map(({ release, name, workflowId, history }) => ({
    name: `${release}/${name}`,
    workflowId,
    history,
  }));
  let next = 0;
  for await (const { error } of Worker.runReplayHistories(options, queue)) {
    if (error) failed.push(queue[next]?.name ?? '');
    next += 1;
  }
  expect(next).toBe(histories.length);
  return failed;
}

/** All payloads of a history, decrypted; what is not ours stays as it is. */
async function opened(history: History): Promise<string[]> {
  const codec = encryptionCodec(testKeys(), 'worker');
  const payloads = payloadsIn(History.toObject(History.fromObject(history)));
  const decoded = await codec.decode(payloads);
  return decoded.map((payload) => Buffer.from(payload.data ?? []).toString('utf8'));
}

function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}

describe('the saved histories', () => {
  test('of every release replay on the workflows as they are now', PATIENCE, async () => {
    expect(await notReplaying(saved)).toEqual([]);
  });

  test('of this release hold every ending there is', async () => {
    const endings = await Promise.all(
      saved
        .filter(({ release }) => release === version)
        .map(async ({ history }) => JSON.parse((await opened(history)).at(-1) ?? '""')),
    );
    const terminal = Object.entries(recommendation.states).flatMap(([state, row]) => (row.terminal ? [state] : []));
    expect(terminal.filter((state) => !endings.includes(state))).toEqual([]);
  });

  test('hold ids and codes, and nothing that anybody wrote', async () => {
    // Whatever people write in these cases is Chinese; names of clients and persons are too.
    const chinese = /\p{Script=Han}/u;
    for (const { name, history } of saved) {
      const text = [JSON.stringify(history), ...(await opened(history))].join('\n');
      expect(chinese.exec(text)?.[0], name).toBeUndefined();
      expect(/\d+@\w+/.exec(text)?.[0], name).toBeUndefined();
    }
  });
});

test('a workflow that leaves out a step is stopped at the gate', PATIENCE, async () => {
  const copy = await mkdtemp(join(tmpdir(), 'altered-workflow-'));
  try {
    for (const folder of ['workflows', 'domain']) await cp(join(root, folder), join(copy, folder), { recursive: true });
    await writeFile(join(copy, 'package.json'), '{"type": "module"}');
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const entry = join(copy, 'workflows/index.ts');
    const prose = join(copy, 'workflows/recommendation.ts');
    const established = saved.filter(({ name }) => name === 'established');
    expect(established).not.toEqual([]);
    expect(await notReplaying(established, entry)).toEqual([]);
    const text = await readFile(prose, 'utf8');
    const altered = text.replace("await ask('evaluating');", '');
    expect(altered).not.toBe(text);
    await writeFile(prose, altered);
    expect(await notReplaying(established, entry)).toHaveLength(established.length);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
