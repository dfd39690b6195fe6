import { readdir, readFile } from 'node:fs/promises';

/** Megabytes of memory a process holds, as Linux counts them. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1]) / 1024;
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const MS_A_TICK = 10;

type Process = { readonly pid: number; readonly parent: number; readonly ticks: number };

/** Milliseconds of processor time that each of these has taken, with all that it started. */
export async function processorMs<Name extends string>(
  pids: Readonly<Record<Name, number>>,
): Promise<Readonly<Record<Name, number>>> {
  const processes = (await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(seen))).flat();
  const ticksOf = (root: number): number =>
    processes.reduce(
      (sum, { pid, parent, ticks }) => sum + (pid === root ? ticks : parent === root ? ticksOf(pid) : 0),
      0,
    );
  const each = Object.entries<number>(pids).map(([name, pid]) => [name, ticksOf(pid) * MS_A_TICK]);
  return Object.fromEntries(each) as Record<Name, number>;
}

/** None where the process has ended between the two looks. */
async function seen(name: string): Promise<Process[]> {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
  if (text === null) return [];
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  // Its own, and what its ended children took: user and system each.
  const ticks = fields.slice(11, 15).reduce((sum, count) => sum + count, 0);
  return [{ pid: Number(name), parent, ticks }];
}
