import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadConfig } from '../../platform/config.ts';
import { connectionFault, describeConnectionFault } from '../../platform/connectionFault.ts';
import {
  connectToTemporal,
  renewWorkerConnection,
  type TemporalSettings,
  temporalClient,
  workerConnection,
} from '../../platform/temporal.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { poll } from '../support/poll.ts';
import { type TemporalFront, temporalFront } from '../support/temporalFront.ts';
import { testKeys } from '../support/testKeys.ts';

const servers = certificateAuthority('authority of servers');
const clients = certificateAuthority('authority of clients');
const certified = servers.issue('temporal.example');
const us = clients.issue('approvals');
const validKeys = new Set(['first-key']);
let folder: string;
/** Demands a client certificate. */
let mutual: TemporalFront;
/** Demands a key, as Temporal Cloud does. */
let cloud: TemporalFront;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'approvals-tls-'));
  const upstream = inject('temporalAddress');
  mutual = await temporalFront({ certified, upstream, clients });
  cloud = await temporalFront({ certified, upstream, isKeyValid: (key) => validKeys.has(key) });
});

afterAll(async () => {
  await mutual?.close();
  await cloud?.close();
  await rm(folder, { recursive: true, force: true });
});

function settings(address: string, env: Record<string, string>): TemporalSettings {
  return {
    ...loadConfig({ TEMPORAL_TLS: 'on', TEMPORAL_TLS_CA: servers.certificate, TEMPORAL_ADDRESS: address, ...env }),
    temporalAddress: address,
  };
}

const ownCertificate = { TEMPORAL_TLS_CERT: us.certificate, TEMPORAL_TLS_KEY: us.key };

/** Both ways in: the one of the API and the one of the worker. */
async function reach(given: TemporalSettings): Promise<void> {
  const client = await connectToTemporal(given);
  await client.close();
  const native = await workerConnection(given);
  await native.close();
}

test('a client certificate is shown where one is demanded', async () => {
  await reach(settings(mutual.address, ownCertificate));
  expect(new Set(mutual.seen.map(({ client }) => client))).toEqual(new Set(['approvals']));
});

test('an API key travels with every call', async () => {
  await reach(settings(cloud.address, { TEMPORAL_API_KEY: 'first-key' }));
  expect(new Set(cloud.seen.map(({ key }) => key))).toEqual(new Set(['first-key']));
});

const stranger = certificateAuthority('another authority').issue('approvals');

test.each([
  [
    'an authority not trusted',
    'unknownAuthority',
    () => mutual,
    { TEMPORAL_TLS_CA: clients.certificate },
    'TEMPORAL_TLS_CA',
  ],
  [
    'another name',
    'wrongName',
    () => mutual,
    { TEMPORAL_TLS_SERVER_NAME: 'elsewhere.example' },
    'TEMPORAL_TLS_SERVER_NAME',
  ],
  [
    'a client certificate of a stranger',
    'clientCertificate',
    () => mutual,
    { TEMPORAL_TLS_CERT: stranger.certificate, TEMPORAL_TLS_KEY: stranger.key },
    'TEMPORAL_TLS_CERT',
  ],
  [
    'no client certificate',
    'clientCertificate',
    () => mutual,
    { TEMPORAL_TLS_CERT: '', TEMPORAL_TLS_KEY: '' },
    'TEMPORAL_TLS_CERT',
  ],
  ['a key that is not valid', 'credentials', () => cloud, { TEMPORAL_API_KEY: 'stolen-key' }, 'TEMPORAL_API_KEY'],
] as const)('%s is told as what it is', async (_what, fault, front, env, setting) => {
  const given = settings(front().address, { ...ownCertificate, ...env });
  const ways = [
    () => connectToTemporal(given).then((made) => made.workflowService.getSystemInfo({})),
    () => workerConnection(given),
  ];
  for (const way of ways) {
    const cause = await way().then(
      () => null,
      (error: unknown) => error,
    );
    expect(connectionFault(cause), String(cause)).toBe(fault);
    expect(describeConnectionFault('Temporal', given.temporalAddress, cause)).toContain(setting);
    expect(describeConnectionFault('Temporal', given.temporalAddress, cause)).not.toContain('stolen-key');
  }
});

test('a server that speaks no TLS is told as such', async () => {
  const given = settings(inject('temporalAddress'), {});
  for (const way of [() => connectToTemporal(given), () => workerConnection(given)]) {
    const cause = await way().catch((error: unknown) => error);
    expect(connectionFault(cause), String(cause)).toBe('noTls');
  }
});

test('a key replaced in its file is used by client and worker without a restart', async () => {
  const file = join(folder, 'api-key');
  await writeFile(file, 'first-key\n');
  const given = settings(cloud.address, { TEMPORAL_API_KEY_FILE: file });
  const renewed: boolean[] = [];
  const renewal = { everyMs: 50, onRenewed: (isInUse: boolean) => renewed.push(isInUse) };
  const client = temporalClient(given, testKeys(), renewal);
  const worker = await Worker.create({
    connection: await workerConnection(given),
    taskQueue: 'keys-renewed',
    activities: { nothing: async () => {} },
  });
  const stopRenewing = renewWorkerConnection(worker, given, renewal);
  const running = worker.run();
  try {
    await client.workflowService.getSystemInfo({});
    validKeys.add('second-key');
    await writeFile(file, 'second-key\n');
    await poll(() => renewed.filter((isInUse) => isInUse).length).toBe(2);
    validKeys.delete('first-key');
    const before = cloud.seen.length;
    await client.workflowService.getSystemInfo({});
    cloud.breakConnections();
    // Worker and client come back by themselves, with the key that is valid now.
    await poll(() => cloud.seen.slice(before).filter(({ key }) => key === 'second-key').length).toBeGreaterThan(2);
    await poll(() =>
      client.workflowService.getSystemInfo({}).then(
        () => true,
        () => false,
      ),
    ).toBe(true);
    expect(worker.getState()).toBe('RUNNING');
  } finally {
    stopRenewing();
    worker.shutdown();
    await running;
    await worker.connection?.close();
    await client.connection.close();
    validKeys.add('first-key');
  }
});

test('a certificate replaced in its files is shown from then on; half a change is waited over', async () => {
  const files = { certificate: join(folder, 'client.pem'), key: join(folder, 'client.key') };
  await writeFile(files.certificate, us.certificate);
  await writeFile(files.key, us.key);
  const given = settings(mutual.address, {
    TEMPORAL_TLS_CERT_FILE: files.certificate,
    TEMPORAL_TLS_KEY_FILE: files.key,
  });
  const renewed: boolean[] = [];
  const client = temporalClient(given, testKeys(), { everyMs: 50, onRenewed: (isInUse) => renewed.push(isInUse) });
  try {
    await client.workflowService.getSystemInfo({});
    const next = clients.issue('approvals-next');
    await writeFile(files.certificate, next.certificate);
    await poll(() => renewed.includes(false)).toBe(true);
    await client.workflowService.getSystemInfo({});
    expect(mutual.seen.at(-1)?.client).toBe('approvals');
    await writeFile(files.key, next.key);
    await poll(() => renewed.includes(true)).toBe(true);
    await client.workflowService.getSystemInfo({});
    expect(mutual.seen.at(-1)?.client).toBe('approvals-next');
  } finally {
    await client.connection.close();
  }
});
