import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from './config.ts';
import { dataConverter } from './dataConverter.ts';
import type { KeyStore } from './keyStore.ts';

export type TemporalSettings = Pick<Config, 'temporalNamespace' | 'temporalApiKey' | 'temporalTls'> & {
  readonly temporalAddress: string;
};

/** A client that connects when it is first used and goes on trying: Temporal may be away at start. */
export function temporalClient(settings: TemporalSettings, keys: KeyStore): Client {
  const connection = Connection.lazy(connectionOptions(settings));
  return new Client({
    connection,
    namespace: settings.temporalNamespace,
    dataConverter: dataConverter(keys, 'client'),
  });
}

/** The worker's connection. Rejects while Temporal is away. */
export const workerConnection = (settings: TemporalSettings): Promise<NativeConnection> =>
  NativeConnection.connect(connectionOptions(settings));

const connectionOptions = ({ temporalAddress, temporalTls, temporalApiKey }: TemporalSettings) => ({
  address: temporalAddress,
  ...(temporalTls ? { tls: true } : {}),
  ...(temporalApiKey ? { apiKey: temporalApiKey } : {}),
});
