import { command } from './command.ts';

/** Runs `npm run verify` on a data folder. @returns its exit code and what it said */
export const verified = (
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; said: string }> => command('verify', [], { ...env, DATA_DIR: dataDir });
