import type { Pool } from 'pg';
import type { Announcements } from './announcements.ts';

/** Milliseconds after which it is looked at again, whatever was announced: what a dying process did is announced by nobody. */
const AGAIN_MS = 1000;

export type SettledDeps = { readonly pool: Pool; readonly announcements: Announcements };

/** Waits, for so many seconds at most, until the workflow has walked past a fact. @returns whether it has */
export async function waitSettled(deps: SettledDeps, caseId: string, seq: number, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const moved = nextChange(deps.announcements, caseId, Math.min(AGAIN_MS, until - Date.now()));
    try {
      if (await isSettled(deps.pool, caseId, seq)) return true;
      if (Date.now() >= until) return false;
      await moved.happened;
    } finally {
      moved.forget();
    }
  }
}

async function isSettled(pool: Pool, caseId: string, seq: number): Promise<boolean> {
  const { rows } = await pool.query<{ settled: boolean }>({
    name: 'is-settled',
    text: 'SELECT settled_seq >= $2 OR closed_at IS NOT NULL AS settled FROM cases WHERE id = $1',
    values: [caseId, seq],
  });
  return rows[0]?.settled ?? false;
}

/** The next change of a case that is announced, or `ms` milliseconds without one. */
function nextChange(announcements: Announcements, caseId: string, ms: number) {
  const { promise: happened, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(ms, 0));
  const forget = announcements.hear({
    onChange: ({ cases }) => {
      if (cases.some(({ id }) => id === caseId)) resolve();
    },
    onGap: resolve,
  });
  return {
    happened,
    forget: (): void => {
      clearTimeout(timer);
      forget();
    },
  };
}
