import type { Registry } from 'prom-client';
import type { CaseDeps } from '../cases/deps.ts';
import type { Attachments } from '../platform/attachments.ts';
import type { Config } from '../platform/config.ts';
import type { Executions } from './executions.ts';

/** What the API stands on; `createApp` takes it, nothing is global. */
export type ApiDeps = CaseDeps & {
  readonly config: Pick<
    Config,
    | 'demo'
    | 'production'
    | 'host'
    | 'trustProxy'
    | 'sessionHours'
    | 'sessionIdleMinutes'
    | 'uploadLimitBytes'
    | 'dataDir'
  >;
  readonly files: Attachments;
  readonly executions: Executions;
  readonly metrics: Registry;
  readonly limits: Limits;
  /** The built console; null where only the API is served. */
  readonly consoleFolder: string | null;
};

/** Requests a minute: of one person, sign-ins of one address, client checks of one person, failed sign-ins of one address. */
export type Limits = {
  readonly person: number;
  readonly signIn: number;
  readonly clientCheck: number;
  readonly refused: number;
};

export const standardLimits: Limits = { person: 3000, signIn: 120, clientCheck: 60, refused: 300 };
