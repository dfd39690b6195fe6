import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A TCP port on the loopback address that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0, LOOPBACK);
  if (port === null) throw new Error('No free TCP port could be found on 127.0.0.1.');
  return port;
}

/** Whether a server could listen on this port now. */
export async function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  return (await tryPort(port, host)) !== null;
}

/**
 * The port an embedded server takes: the wanted one, or for 0 the one it had the last time (kept in `file`) while that is
 * free, else a free one. Errors: a wanted port that is taken, naming the setting.
 */
export async function keptPort(file: string, wanted: number, setting: string): Promise<number> {
  if (wanted !== 0) {
    if (await isPortFree(wanted)) return wanted;
    throw new Error(`${setting}=${wanted}: another program listens on this port. Choose another, or 0 for a free one.`);
  }
  const kept = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  const port = kept > 0 && (await isPortFree(kept)) ? kept : await freePort();
  await writeFile(file, `${port}\n`);
  return port;
}

function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
