import { type RunningProcess, tailOfLog } from '../../platform/processes.ts';

const READY_LIMIT_MS = 60_000;

/** Waits for a program to be up. Errors: it ended, or takes too long; the error shows the end of its log. */
export async function up(
  { name, ended }: Pick<RunningProcess, 'name' | 'ended'>,
  logFile: string,
  isUp: Promise<void>,
): Promise<void> {
  const failure = await Promise.race([
    isUp.then(() => null),
    ended.then((how) => `ended (${how})`),
    new Promise<string>((resolve) => setTimeout(resolve, READY_LIMIT_MS, 'is not ready in time').unref()),
  ]);
  if (failure !== null) throw new Error(`${name} ${failure}. Its log ends:\n${await tailOfLog(logFile)}`);
}

/** Resolves once an address answers with success. */
export async function untilAnswered(url: string): Promise<void> {
  for (;;) {
    const isAnswered = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
