import type { Registry } from 'prom-client';
import type { Announcements } from '../cases/announcements.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { RoleMapping } from '../domain/roles.ts';
import type { Attachments } from '../platform/attachments.ts';
import type { Config } from '../platform/config.ts';
import type { Executions } from './executions.ts';
import type { Live } from './live/live.ts';
import type { SignInMethod } from './signIn/methods.ts';

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
    | 'apiMetricsPort'
    | 'dataDir'
    | 'traces'
  >;
  readonly files: Attachments;
  readonly executions: Executions;
  readonly engine: EnginePages;
  readonly announcements: Announcements;
  readonly live: Live;
  readonly metrics: Registry;
  readonly signIn: SignIn;
  readonly limits: Limits;
  /** The built console; null where only the API is served. */
  readonly consoleFolder: string | null;
};

/** Where Temporal's own pages are, for the links to them: an address, or a port beside the console's own; null without any. */
export type EnginePages = {
  readonly namespace: string;
  readonly pages: { readonly url: string } | { readonly port: number } | null;
};

/** The ways to sign in, beside the demo organisation's. */
export type SignIn = {
  readonly methods: readonly SignInMethod[];
  /** Where people reach this system, as an origin; null: as the request says. */
  readonly publicUrl: string | null;
  /** By method: which role the members of a group have. A method that is not named here gives none. */
  readonly mappings: Readonly<Record<string, readonly RoleMapping[]>>;
};

/** Requests a minute: of one person, sign-ins of one address, client checks of one person, failed sign-ins of one address. */
export type Limits = {
  readonly person: number;
  readonly signIn: number;
  readonly clientCheck: number;
  readonly refused: number;
};

export const standardLimits: Limits = { person: 3000, signIn: 120, clientCheck: 60, refused: 300 };
