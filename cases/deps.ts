import type { Pool } from 'pg';
import type { KeyStore } from '../platform/keyStore.ts';
import type { Log } from '../platform/log.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';

/** What the facts stand on. `ring` is called after a commit that left a doorbell; the relay makes good a ring that was lost. */
export type CaseDeps = {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly keys: KeyStore;
  readonly ring: (doorbell: { readonly caseId: string; readonly process: string; readonly seq: number }) => void;
  readonly log: Log;
};
