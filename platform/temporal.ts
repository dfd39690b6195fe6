import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Gauge, type Registry } from 'prom-client';
import type { Config } from './config.ts';
import { dataConverter } from './dataConverter.ts';
import type { KeyStore } from './keyStore.ts';
import type { Log } from './log.ts';
import { inTime, PREFIX } from './metrics.ts';
import { tryHandshake } from './tlsHandshake.ts';
import { type Given, readGiven, type TemporalTls, temporalTlsFaults } from './tlsSettings.ts';

export type TemporalSettings = Pick<Config, 'temporalNamespace' | 'temporalApiKey' | 'temporalTls'> & {
  readonly temporalAddress: string;
};

export type Renewal = {
  /** How often the files of the settings are looked at, in milliseconds (default 30,000). */
  readonly everyMs?: number;
  /** Told when a key or a certificate was replaced: true, the new one is in use; false, it is not, and the error says why. */
  readonly onRenewed?: (isInUse: boolean, error?: unknown) => void;
};

/** Says in the log what came of a replaced key or certificate. */
export const renewalLogged = (log: Log): Renewal => ({
  onRenewed: (isInUse, error) =>
    isInUse ? log.info('Temporal credentials renewed') : log.warn('Temporal credentials not renewed', {}, error),
});

const LOOK_EVERY_MS = 30_000;
/** What was asked over the old connection may still be answered. */
const OLD_CONNECTION_MS = 60_000;
/** Who only wants to know whether Temporal is there does not wait for it. */
const ANSWER_MS = 1_000;

/**
 * A client that connects when it is first used and goes on trying: Temporal may be away at start. A key or a certificate that
 * stands in a file is taken anew when the file changes; the client then has another connection, also for who held it before.
 */
export function temporalClient(settings: TemporalSettings, keys: KeyStore, renewal: Renewal = {}): Client {
  let current = Connection.lazy(connectionOptions(settings));
  const stopLooking = whenRenewed(settings, renewal, async (renewed) => {
    const next = await connectToTemporal(renewed);
    const old = current;
    current = next;
    setTimeout(() => old.close(), OLD_CONNECTION_MS).unref();
  });
  const close = (): Promise<void> => {
    stopLooking();
    return current.close();
  };
  const newest = new Proxy(current, {
    get(_first, name) {
      if (name === 'close') return close;
      const found = Reflect.get(current, name, current);
      return typeof found === 'function' ? found.bind(current) : found;
    },
  });
  return new Client({
    connection: newest,
    namespace: settings.temporalNamespace,
    dataConverter: dataConverter(keys, 'client'),
  });
}

/** Shows whether Temporal answers this process. */
export function showTemporal(metrics: Registry, client: Client): void {
  new Gauge({
    name: `${PREFIX}temporal_up`,
    help: 'Whether Temporal answers this process',
    registers: [metrics],
    async collect() {
      const answer = await inTime(
        client.withDeadline(Date.now() + ANSWER_MS, () => client.workflowService.getSystemInfo({})),
      );
      this.set(answer ? 1 : 0);
    },
  });
}

/** The worker's connection. Rejects while Temporal is away. */
export async function workerConnection(settings: TemporalSettings): Promise<NativeConnection> {
  await refuseBadTls(settings);
  return NativeConnection.connect(connectionOptions(settings));
}

/** Gives a running worker a new connection whenever its key or certificate was replaced. Returns what ends that. */
export function renewWorkerConnection(
  worker: { connection: NativeConnection | undefined },
  settings: TemporalSettings,
  renewal: Renewal = {},
): () => void {
  return whenRenewed(settings, renewal, async (renewed) => {
    const next = await workerConnection(renewed);
    const old = worker.connection;
    worker.connection = next;
    setTimeout(() => void old?.close(), OLD_CONNECTION_MS).unref();
  });
}

/** A connection for one errand, already made. Errors: what the server or the network said (`connectionFault`). */
export async function connectToTemporal(settings: TemporalSettings): Promise<Connection> {
  await refuseBadTls(settings);
  return Connection.connect({ ...connectionOptions(settings), connectTimeout: '10 seconds' });
}

/** Rejects with what a handshake fails of: the libraries would only say that there was no connection in time. */
async function refuseBadTls({ temporalAddress, temporalTls }: TemporalSettings): Promise<void> {
  if (temporalTls) await tryHandshake(temporalAddress, temporalTls);
}

function connectionOptions({ temporalAddress, temporalTls, temporalApiKey }: TemporalSettings) {
  return {
    address: temporalAddress,
    ...(temporalTls ? { tls: tlsOptions(temporalTls) } : {}),
    ...(temporalApiKey ? { apiKey: temporalApiKey.text } : {}),
  };
}

function tlsOptions({ authorities, certificate, key, serverName }: TemporalTls) {
  return {
    ...(authorities ? { serverRootCACertificate: Buffer.from(authorities.text) } : {}),
    ...(certificate && key
      ? { clientCertPair: { crt: Buffer.from(certificate.text), key: Buffer.from(key.text) } }
      : {}),
    ...(serverName ? { serverNameOverride: serverName } : {}),
  };
}

/** Looks at the files again and again; a change is tried until it could be put to use. Returns what ends that. */
function whenRenewed(
  settings: TemporalSettings,
  { everyMs = LOOK_EVERY_MS, onRenewed }: Renewal,
  use: (renewed: TemporalSettings) => Promise<void>,
): () => void {
  if (!filesOf(settings).some((given) => given?.file)) return () => {};
  let inUse = settings;
  let isBusy = false;
  async function look(): Promise<void> {
    const found = readAgain(inUse);
    if (isBusy || !hasChanged(inUse, found)) return;
    isBusy = true;
    try {
      // Certificate and key are written one after the other: half of them is waited over.
      const faults = found.temporalTls ? temporalTlsFaults(found.temporalTls) : [];
      if (faults.length > 0) throw new Error(faults.join(' '));
      await use(found);
      inUse = found;
      onRenewed?.(true);
    } catch (error) {
      onRenewed?.(false, error);
    } finally {
      isBusy = false;
    }
  }
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}

const filesOf = ({ temporalApiKey, temporalTls }: TemporalSettings): (Given | null)[] => [
  temporalApiKey,
  temporalTls?.authorities ?? null,
  temporalTls?.certificate ?? null,
  temporalTls?.key ?? null,
];

const hasChanged = (one: TemporalSettings, other: TemporalSettings): boolean =>
  filesOf(one).some((given, index) => given?.text !== filesOf(other)[index]?.text);

function readAgain(settings: TemporalSettings): TemporalSettings {
  const again = (given: Given | null): Given | null =>
    given?.file ? { ...given, text: readGiven(given.file) ?? given.text } : given;
  const { temporalApiKey, temporalTls } = settings;
  return {
    ...settings,
    temporalApiKey: again(temporalApiKey),
    temporalTls: temporalTls && {
      ...temporalTls,
      authorities: again(temporalTls.authorities),
      certificate: again(temporalTls.certificate),
      key: again(temporalTls.key),
    },
  };
}
