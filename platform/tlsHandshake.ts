import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { TemporalTls } from './tlsSettings.ts';

const LIMIT_MS = 10_000;

/**
 * Shakes hands with a gRPC server and waits for its first word, which comes only when it takes our certificate. gRPC itself goes
 * on trying in silence; here the first refusal is told.
 * Errors: what Node says of the handshake; `connectionFault` tells what it means.
 */
export async function tryHandshake(address: string, tls: TemporalTls): Promise<void> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  const name = tls.serverName ?? host;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port),
      ALPNProtocols: ['h2'],
      ...(isIP(name) ? {} : { servername: name }),
      ca: tls.authorities?.text,
      cert: tls.certificate?.text,
      key: tls.key?.text,
    });
    const end = (cause?: Error): void => {
      socket.destroy();
      if (cause) reject(cause);
      else resolve();
    };
    socket.setTimeout(LIMIT_MS, () => end(new Error('timeout')));
    socket.once('data', () => end());
    socket.once('error', end);
    socket.once('close', () => end(new Error('connection reset')));
  });
}
