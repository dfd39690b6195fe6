import type { Pool } from 'pg';
import type { KeyStore } from '../platform/keyStore.ts';
import type { Log } from '../platform/log.ts';
import type { Origin } from '../platform/origin.ts';
import type { Tracing } from '../platform/tracing.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import type { Change } from './changes.ts';

/** What wakes the workflow of a case: that there are facts up to `seq`. */
export type Doorbell = Origin & {
  readonly caseId: string;
  readonly process: string;
  readonly seq: number;
  /** The run that is ended first, where the execution is started again from the facts, or one of the two below; null otherwise. */
  readonly endsRun: string | null;
};

/** Ends whatever run there is. */
export const ANY_RUN = 'any';
/** Ends a run that is still going on; of one that has completed nothing is wanted any more. */
export const UNFINISHED_RUN = 'unfinished';

/** What the facts stand on. `ring` is called after a commit that left a doorbell; the relay makes good a ring that was lost. */
export type CaseDeps = {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly keys: KeyStore;
  readonly ring: (doorbell: Doorbell) => void;
  /** Called after a commit with what it changed; the relay announces it to who is looking. */
  readonly changed: (change: Change) => void;
  readonly log: Log;
  /** Where traces are kept. */
  readonly tracing?: Tracing | null;
};
