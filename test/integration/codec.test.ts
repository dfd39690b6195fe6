import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undecodable } from '../../domain/undecodable.ts';
import { DecryptionError } from '../../platform/cipher.ts';
import { encryptionCodec } from '../../platform/codec.ts';
import { dataConverter, failureConverterPath } from '../../platform/dataConverter.ts';
import { createLog, temporalLogger } from '../../platform/log.ts';
import { temporalBinary } from '../../platform/temporalBinary.ts';
import { startTemporal, type TemporalServer } from '../../platform/temporalServer.ts';
import { testKeys } from '../support/testKeys.ts';

const SECRET = 'SECRET-家庭住址-027';
const QUEUE = 'codec';
const keys = testKeys();

const logged: string[] = [];
let folder: string;
let server: TemporalServer;
let connection: Connection;
let client: Client;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const log = createLog('debug', {}, { write: (line) => void logged.push(line) });
  Runtime.install({ logger: temporalLogger(log) });
  folder = await mkdtemp(join(tmpdir(), 'codec-'));
  server = await startTemporal({
    folder: join(folder, 'temporal'),
    port: 0,
    uiPort: null,
    namespace: 'default',
    searchAttributes: {},
    retentionDays: 1,
    logFile: join(folder, 'temporal.log'),
  });
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection, dataConverter: dataConverter(keys, 'client') });
  const native = await NativeConnection.connect({ address: server.address });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../support/workflows/listening.ts', import.meta.url)),
    failureConverterPath,
  });
  const worker = await Worker.create({
    connection: native,
    taskQueue: QUEUE,
    workflowBundle,
    dataConverter: dataConverter(keys, 'worker'),
    activities: {
      async echo(text: string) {
        if (text.startsWith('activity')) throw new Error(text);
        return text;
      },
    },
  });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
    await native.close();
  };
}, 90_000);

afterAll(async () => {
  await stopWorker?.();
  await connection?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
async function start(input: unknown): Promise<WorkflowHandle> {
  count += 1;
  return client.workflow.start('listening', { taskQueue: QUEUE, workflowId: `listening:${count}`, args: [input] });
}

/** As another system would signal that builds the payload itself. */
async function signalRaw(workflowId: string, payload: Payload): Promise<void> {
  await connection.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    signalName: 'decide',
    input: { payloads: [payload] },
    requestId: `${workflowId}-${Math.random()}`,
  });
}

async function signalByHand(workflowId: string, ...input: string[]): Promise<void> {
  const program = await temporalBinary('temporal');
  const where = ['--address', server.address, '--workflow-id', workflowId, '--name', 'decide'];
  await promisify(execFile)(program, ['workflow', 'signal', ...where, ...input]);
}

async function failedTasks(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
}

/** Everything the server wrote, in one piece. */
async function storedBytes(): Promise<Buffer> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(names.map((entry) => readFile(join(entry.parentPath, entry.name)))));
}

const metadata = (encoding: string) => ({ encoding: Buffer.from(encoding) });
const storageReference = {
  encoding: Buffer.from('json/protobuf'),
  messageType: Buffer.from('temporal.api.sdk.v1.ExternalStorageReference'),
};

describe('what Temporal keeps', () => {
  test('shows no input, signal, argument, result or failure in plain text, neither in a history, on disk nor in a log', async () => {
    const ends = await start({ note: SECRET });
    await ends.signal('decide', SECRET);
    await ends.signal('end');
    expect(await ends.result()).toEqual({
      input: { note: SECRET },
      heard: [SECRET],
      echoed: JSON.stringify({ note: SECRET }),
    });
    const fails = await start(SECRET);
    await fails.signal('fail', SECRET);
    await expect(fails.result()).rejects.toMatchObject({ cause: { message: SECRET, type: 'refused' } });
    const activityFails = await start(SECRET);
    await activityFails.signal('fail', `activity ${SECRET}`);
    await expect(activityFails.result()).rejects.toMatchObject({ cause: { cause: { message: `activity ${SECRET}` } } });

    for (const handle of [ends, fails, activityFails]) {
      const history = temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish();
      expect(Buffer.from(history).includes('binary/encrypted')).toBe(true);
      expect(Buffer.from(history).includes('SECRET')).toBe(false);
      expect(Buffer.from(history).includes('listening.ts')).toBe(false);
    }
    const stored = await storedBytes();
    expect(stored.includes(ends.workflowId)).toBe(true);
    expect(stored.includes('SECRET')).toBe(false);
    const failureLines = logged.filter((line) => line.includes('Workflow failed')).map((line) => JSON.parse(line));
    expect(failureLines.map((line) => line.workflowId)).toEqual([fails.workflowId, activityFails.workflowId]);
    expect(logged.join('')).not.toContain('SECRET');
  });
});

describe('a signal', () => {
  test('given by hand in plain JSON reaches the workflow', async () => {
    const handle = await start(1);
    await signalByHand(handle.workflowId, '--input', '{"taskId":"t1","action":"endorse"}');
    await handle.signal('end');
    expect(await handle.result()).toMatchObject({ heard: [{ taskId: 't1', action: 'endorse' }] });
  });

  test('that is garbage or of a wrong key comes as a marker and fails no workflow task', async () => {
    const handle = await start(1);
    const id = handle.workflowId;
    const [sealed] = await encryptionCodec(keys, 'client').encode([
      { metadata: metadata('json/plain'), data: Buffer.from('"x"') },
    ]);
    const damaged = Buffer.from(sealed?.data as Uint8Array);
    damaged[damaged.length - 1] = (damaged.at(-1) as number) ^ 1;
    const stranger = new Client({ connection, dataConverter: dataConverter(testKeys('another'), 'client') });

    await stranger.workflow.getHandle(id).signal('decide', 'sealed under another key');
    await signalByHand(id, '--input', '{"a":1}', '--input-meta', 'encoding=binary/encrypted');
    const garbage: Payload[] = [
      { metadata: sealed?.metadata ?? null, data: damaged },
      { metadata: metadata('binary/encrypted') },
      { metadata: metadata('json/plain'), data: Buffer.from('{not json') },
      { metadata: metadata('json/plain'), data: Buffer.from([0x22, 0xff, 0x22]) },
      { metadata: metadata('json/plain'), data: Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) },
      { metadata: metadata('json/plain') },
      { metadata: metadata('json/protobuf'), data: Buffer.from('{}') },
      { metadata: metadata('no/such'), data: Buffer.from('x') },
      { data: Buffer.from('x') },
      {},
      { metadata: storageReference, data: Buffer.from('{"driverName":"elsewhere"}') },
      { metadata: storageReference, data: Buffer.from('{not json') },
    ];
    for (const payload of garbage) await signalRaw(id, payload);
    await handle.signal('decide', 'after all that');
    await handle.signal('end');

    expect(await handle.result()).toMatchObject({
      heard: [...Array.from({ length: garbage.length + 2 }, () => undecodable), 'after all that'],
    });
    expect(await failedTasks(handle)).toBe(0);
  });
});

describe('anywhere but in a signal', () => {
  test('a client that cannot decode an answer gets an error, not a marker', async () => {
    const handle = await start(SECRET);
    await handle.signal('end');
    await handle.result();
    const stranger = new Client({ connection, dataConverter: dataConverter(testKeys('another'), 'client') });
    await expect(stranger.workflow.getHandle(handle.workflowId).result()).rejects.toThrow(DecryptionError);
  });

  test('an argument or a result of an activity that cannot be decoded is an error', async () => {
    const context = { type: 'activity', namespace: 'default', isLocal: false } as const;
    const [sealed] = await encryptionCodec(testKeys('another'), 'worker').encode([
      { metadata: metadata('binary/null') },
    ]);
    const decoding = encryptionCodec(keys, 'worker').decode([sealed as Payload], context);
    await expect(decoding).rejects.toThrow(DecryptionError);
  });

  test('a key store that is away is an error: nothing is taken for garbage because of it', async () => {
    const away = { ...keys, getOrCreate: () => Promise.reject(new Error('disk away')) };
    const decoding = encryptionCodec(away, 'worker').decode([{ metadata: metadata('binary/encrypted') }]);
    await expect(decoding).rejects.toThrow('disk away');
  });
});
