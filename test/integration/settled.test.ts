import type { Pool } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { hearAnnouncements } from '../../cases/announcements.ts';
import { waitSettled } from '../../cases/settled.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const announcements = hearAnnouncements(company.deps);
afterAll(() => announcements.stop());

const { pool } = company.deps;
/** Longer than a test may take: who waits for it has failed. */
const FOR_EVER_S = 3600;

test('a step that nobody announced, since its process died, is seen all the same', async () => {
  const caseId = await company.draft();
  const seq = (await company.caseRow(caseId)).seq;
  await announcements.hears;
  const looked = Promise.withResolvers<void>();
  let looks = 0;
  const watched = {
    query: async (...asked: Parameters<Pool['query']>) => {
      const answer = await pool.query(...asked);
      looks += 1;
      looked.resolve();
      return answer;
    },
  } as unknown as Pool;
  const waiting = waitSettled({ pool: watched, announcements }, caseId, seq, FOR_EVER_S);
  await looked.promise;
  await pool.query('UPDATE cases SET settled_seq = $2 WHERE id = $1', [caseId, seq]);
  expect(await waiting).toBe(true);
  expect(looks).toBeGreaterThan(1);
});

test('a fact that the process does not walk past is said not to be settled when the time is over', async () => {
  const caseId = await company.draft();
  expect(await waitSettled({ pool, announcements }, caseId, (await company.caseRow(caseId)).seq + 1, 1)).toBe(false);
});
