import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

// Systems give outgoing connections ports from 32768 (Linux) or 49152 on: one chosen from there may be taken by such a
// connection before its server comes to listen on it.
const LOWEST = 11_000;
const HIGHEST = 32_000;
const TRIES = 100;

/** A TCP port on the loopback address that nobody listens on at this moment, and that no outgoing connection will take. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isPortFree(port)) return port;
  }
  throw new Error('No free TCP port could be found on 127.0.0.1.');
}

/** Whether a server could listen on this port now. */
export function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
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
