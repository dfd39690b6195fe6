import type { Pool } from 'pg';
import type { Log } from '../platform/log.ts';

/** What a committed transaction changed that people may be looking at: ids and keys, never contents. */
export type Change = {
  readonly cases: readonly ChangedCase[];
  /** Candidate keys of those whose inbox changed. */
  readonly keys: readonly string[];
  /** Persons, units, seats, roles, or what administrators propose about them. */
  readonly organisation?: boolean;
};

/** A change of the organisation, and of no case. */
export const ORGANISATION_CHANGED: Change = { cases: [], keys: [], organisation: true };

export type ChangedCase = {
  readonly id: string;
  readonly seq: number;
  /** Whether who may read the case may have changed with it. */
  readonly readers: boolean;
};

/** The channel of PostgreSQL on which changes are announced to every API process. */
export const CHANNEL = 'changed';

const GATHER_MS = 30;
/** A notification holds 8,000 bytes at most. */
const CASES_AT_ONCE = 40;
const KEYS_AT_ONCE = 40;
/** Beyond so many at once it is simpler to say that everything may have changed. */
const MANY = 2000;

export type Announcer = {
  readonly changed: (change: Change) => void;
  readonly stop: () => Promise<void>;
};

/**
 * Announces changes once they are committed: gathered for some milliseconds and in a statement of its own, since NOTIFY takes a lock of
 * the whole database at commit. What a dying process does not announce is found by people's pages, which read again by themselves.
 */
export function announceChanges({ pool, log }: { readonly pool: Pool; readonly log: Log }): Announcer {
  let cases = new Map<string, ChangedCase>();
  let keys = new Set<string>();
  let organisation = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sending: Promise<void> = Promise.resolve();

  async function send(payloads: readonly string[]): Promise<void> {
    await pool
      .query(`SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [payloads])
      .catch((error: unknown) => log.warn('changes were not announced', {}, error));
  }

  function flush(): void {
    timer = null;
    const payloads = payloadsOf([...cases.values()], [...keys]);
    if (organisation) payloads.push(JSON.stringify(ORGANISATION_CHANGED));
    organisation = false;
    cases = new Map();
    keys = new Set();
    sending = sending.then(() => send(payloads));
  }

  return {
    changed(change) {
      for (const each of change.cases) {
        const before = cases.get(each.id);
        cases.set(each.id, {
          id: each.id,
          seq: Math.max(each.seq, before?.seq ?? 0),
          readers: each.readers || (before?.readers ?? false),
        });
      }
      for (const key of change.keys) keys.add(key);
      organisation ||= change.organisation ?? false;
      timer ??= setTimeout(flush, GATHER_MS);
    },
    async stop() {
      if (timer) {
        clearTimeout(timer);
        flush();
      }
      await sending;
    },
  };
}

function payloadsOf(cases: readonly ChangedCase[], keys: readonly string[]): string[] {
  if (cases.length + keys.length > MANY) return ['everything'];
  const payloads: string[] = [];
  for (let at = 0; at < cases.length || at < keys.length; at += 1) {
    const change: Change = {
      cases: cases.slice(at * CASES_AT_ONCE, (at + 1) * CASES_AT_ONCE),
      keys: keys.slice(at * KEYS_AT_ONCE, (at + 1) * KEYS_AT_ONCE),
    };
    if (change.cases.length + change.keys.length === 0) break;
    payloads.push(JSON.stringify(change));
  }
  return payloads;
}

/** What an announcement says; null where it says that everything may have changed, or says nothing that can be read. */
export function changeOf(payload: string): Change | null {
  try {
    return JSON.parse(payload) as Change;
  } catch {
    return null;
  }
}
