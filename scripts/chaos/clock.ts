import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LIBRARIES = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`);

/** How a process's clock is moved here: for all of it by Debian's libfaketime where that is installed, else for its JavaScript alone. */
export const clockMeans = (): 'libfaketime' | 'Date' => (libraryOf() ? 'libfaketime' : 'Date');

const libraryOf = (): string | undefined => LIBRARIES.find((file) => existsSync(file));

/** Environment in which a Node process believes that it is so many hours later; its timers go on as ever. */
export function clockOff(hours: number): NodeJS.ProcessEnv {
  const library = libraryOf();
  if (library)
    return { LD_PRELOAD: library, FAKETIME: `${hours < 0 ? '-' : '+'}${Math.abs(hours)}h`, DONT_FAKE_MONOTONIC: '1' };
  const preload = fileURLToPath(new URL('clockShift.ts', import.meta.url));
  return { CLOCK_OFF_HOURS: String(hours), NODE_OPTIONS: `--import=${preload}` };
}
