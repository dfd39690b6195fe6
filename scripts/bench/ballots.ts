import { randomUUID } from 'node:crypto';
import { hearAnnouncements } from '../../cases/announcements.ts';
import { caseBell } from '../../cases/bell.ts';
import type { CaseDeps } from '../../cases/deps.ts';
import { newCase } from '../../cases/newCase.ts';
import { registerProcess } from '../../cases/processes.ts';
import { startRelay } from '../../cases/relay.ts';
import { waitSettled } from '../../cases/settled.ts';
import { connectDatabase } from '../../platform/database.ts';
import { folderKeyStore } from '../../platform/keyStore.ts';
import { createLog } from '../../platform/log.ts';
import { temporalClient } from '../../platform/temporal.ts';
import { bench } from './contract.ts';
import { benchProcess } from './definition.ts';
import { send, taken } from './http.ts';
import { type Taken, underLoad } from './load.ts';
import type { BenchSystem } from './system.ts';

const SUBMITTER = 'central-submitter';
const SETTLED_WITHIN_S = 30;

export type Vote = { readonly taskId: string; readonly personId: string };

/** What submits cases of one ballot and gives their votes over HTTP, each as the person whose vote it is. */
export async function openBallots(system: BenchSystem) {
  registerProcess(benchProcess);
  const keys = await folderKeyStore(system.keyDir);
  const database = connectDatabase(system.databaseUrl);
  const client = temporalClient(
    { temporalAddress: system.temporalAddress, temporalNamespace: 'default', temporalApiKey: null, temporalTls: null },
    keys,
  );
  const log = createLog('silent');
  const announcements = hearAnnouncements({ ...database, log });
  const relay = startRelay({ pool: database.pool, log }, caseBell(client, 'key-accounts'));
  const deps: CaseDeps = { ...database, keys, log, ring: relay.ring, changed: relay.changed };
  const { pool } = database;

  /** Submits a case; resolves once its ballot is open. */
  async function submitted(): Promise<string> {
    const { caseId } = await newCase(deps, bench, SUBMITTER, (tx) => {
      tx.fact({ kind: 'submitted', action: 'submit', actorId: SUBMITTER });
      tx.ring();
    });
    if (!(await waitSettled({ pool, announcements }, caseId, 1, SETTLED_WITHIN_S)))
      throw new Error('a ballot did not open in time');
    return caseId;
  }

  async function votes(caseId: string): Promise<Vote[]> {
    const { rows } = await pool.query<Vote>(
      `SELECT id AS "taskId", substr(candidates[1], 8) AS "personId" FROM tasks
       WHERE case_id = $1 AND kind = 'vote' AND status = 'open' ORDER BY 2`,
      [caseId],
    );
    return rows;
  }

  const vote = ({ taskId, personId }: Vote, headers: Readonly<Record<string, string>> = {}): Promise<void> =>
    taken(
      send('POST', `${system.apiUrl}/api/v1/tasks/${taskId}/decisions`, {
        headers: {
          ...headers,
          Authorization: `Bearer ${system.tokens[personId]?.token}`,
          'Idempotency-Key': randomUUID(),
        },
        body: { action: 'vote', body: { choice: 'for' } },
      }),
    );

  return {
    client,
    pool,
    keys,
    deps,
    submitted,
    vote,
    /** Ballots that stand open, and the votes that may be given on them: a seat's on every case, then the next seat's. */
    async prepared(count: number): Promise<Vote[]> {
      const caseIds: string[] = [];
      await underLoad(Array.from({ length: count }), 16, async () => caseIds.push(await submitted()));
      const each = await Promise.all(caseIds.map((caseId) => votes(caseId)));
      const seats = each[0]?.length ?? 0;
      return Array.from({ length: seats }, (_, seat) => each.flatMap((ofCase) => ofCase[seat] ?? [])).flat();
    },
    /**
     * Whole cases: submitted, voted on by all thirteen, and walked past by their workflow. @returns what each took, and what passed from
     * the deciding vote until then.
     */
    async whole(count: number, inFlight: number): Promise<{ cases: Taken; next: Taken; caseIds: string[] }> {
      const next: number[] = [];
      const caseIds: string[] = [];
      const cases = await underLoad(Array.from({ length: count }), inFlight, async () => {
        const caseId = await submitted();
        for (const each of await votes(caseId)) await vote(each);
        // The director votes last (末位表态): his task opened with the vote before.
        const [last] = await votes(caseId);
        if (!last) throw new Error('the director was not asked');
        const from = performance.now();
        await vote(last, { Prefer: `wait=${SETTLED_WITHIN_S}` });
        next.push(performance.now() - from);
        caseIds.push(caseId);
      });
      return { cases, next: { each: next, wallMs: cases.wallMs }, caseIds };
    },
    /** The first page of a member's inbox. */
    inbox: (personId: string): Promise<void> =>
      taken(
        send('GET', `${system.apiUrl}/api/v1/tasks?box=mine&limit=30`, {
          headers: { Authorization: `Bearer ${system.tokens[personId]?.token}` },
        }),
      ),
    async stop(): Promise<void> {
      await Promise.all([relay.stop(), announcements.stop()]);
      await client.connection.close();
      await database.close();
    },
  };
}
