import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Verification, verifyStored } from '../../cases/verification.ts';
import type { BallotProof, RollEntry } from '../../domain/ballot.ts';
import { defaultPolicy, type PolicyValues } from '../../domain/policy.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { openBallots, type Vote } from '../bench/ballots.ts';
import { send } from '../bench/http.ts';
import { startSystem } from '../bench/system.ts';
import { exampleFile } from '../demo/form.ts';
import { enlarged } from './committee.ts';

/** A whole running system that races are held on, and what is asked of it and read from it. */
export type Arena = Awaited<ReturnType<typeof openArena>>;

/** What a request was answered: what it brought, or the code it was refused with. */
export type Answer = {
  readonly taken: boolean;
  readonly code: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is expected of an answer is checked where it is expected
  readonly body: any;
};

/** By which door a person comes: the console's cookie, or a token. */
export type Door = 'ui' | 'api';

export type Fact = {
  readonly seq: number;
  readonly kind: string;
  readonly actorId: string | null;
  readonly enteredBy: string | null;
  readonly action: string | null;
  readonly taskId: string | null;
  readonly at: Date;
};

export type Ballot = {
  readonly id: string;
  readonly status: 'open' | 'closed';
  readonly outcome: string | null;
  readonly proof: BallotProof | null;
  readonly roll: readonly RollEntry[];
  readonly dueAt: Date;
  readonly closedSeq: number | null;
};

const PATIENCE_MS = 120_000;
const BETWEEN_MS = 20;

function nullWhenReset(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ECONNRESET') throw error;
  return null;
}

/** Brings up PostgreSQL, Temporal, worker and API on an empty folder, with the demo organisation. */
export async function openArena(dataDir: string) {
  const system = await startSystem(dataDir);
  const apiUrls = [system.apiUrl, await system.anotherApi()];
  const ballots = await openBallots(system);
  const { client, pool, keys } = ballots;
  const files = await attachmentFolder(join(dataDir, 'files'));
  const tokens: Record<string, string> = Object.fromEntries(
    Object.entries(system.tokens).map(([personId, { token }]) => [personId, token]),
  );
  const sessions = new Map<string, Promise<Readonly<Record<string, string>>>>();
  const told = new Map<string, number>();
  let policy: PolicyValues = defaultPolicy;

  async function enter(personId: string): Promise<Readonly<Record<string, string>>> {
    const response = await fetch(`${system.apiUrl}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ method: 'demo', personId }),
    });
    const { csrfToken } = (await response.json()) as { csrfToken: string };
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith('session='));
    return { Cookie: String(cookie?.split(';')[0]), 'X-CSRF-Token': csrfToken };
  }

  function sessionOf(personId: string): Promise<Readonly<Record<string, string>>> {
    const session = sessions.get(personId) ?? enter(personId);
    sessions.set(personId, session);
    return session;
  }

  const credentials = async (personId: string, door: Door): Promise<Readonly<Record<string, string>>> =>
    door === 'ui' ? sessionOf(personId) : { Authorization: `Bearer ${tokens[personId]}` };

  /** One request. Whoever asks too often, or whose kept connection was closed meanwhile, asks again with the same key, as any client would. */
  async function post(
    personId: string,
    path: string,
    body: unknown,
    {
      door = 'api',
      key = randomUUID(),
      process = 0,
    }: {
      readonly door?: Door;
      readonly key?: string;
      /** Which of the two API processes is asked. */
      readonly process?: number;
    } = {},
  ): Promise<Answer> {
    const headers = { ...(await credentials(personId, door)), 'Idempotency-Key': key };
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      const sent = await send('POST', `${apiUrls[process]}/api/v1${path}`, { headers, body }).catch(nullWhenReset);
      if (!sent) continue;
      const { status, body: text } = sent;
      const answer = JSON.parse(text) as { code?: string };
      const taken = status < 300;
      const code = taken ? 'taken' : String(answer.code);
      if (code === 'rateLimited' && Date.now() < end) {
        await pause(2000);
        continue;
      }
      told.set(code, (told.get(code) ?? 0) + 1);
      if (status >= 500) throw new Error(`POST ${path} answered ${status}: ${text}`);
      return { taken, code, body: answer };
    }
  }

  /** Brings a file, with these fields beside it. @returns what was stored */
  async function upload(
    personId: string,
    path: string,
    fields: Readonly<Record<string, string>>,
    file: Blob,
    name: string,
  ): Promise<{ readonly id: string }> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', file, name);
    const response = await fetch(`${system.apiUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { ...(await credentials(personId, 'api')), 'Idempotency-Key': randomUUID() },
      body: form,
    });
    const stored = (await response.json()) as { id: string };
    if (!response.ok) throw new Error(`${name} was not taken: ${JSON.stringify(stored)}`);
    return stored;
  }

  async function rows<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await pool.query(text, values)).rows as Row[];
  }

  /** Asks until there is an answer. Errors: there is none in time. */
  async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(BETWEEN_MS)) {
      const answer = await ask();
      if (answer) return answer;
    }
    throw new Error(`waited in vain for ${what}`);
  }

  /** The votes that are asked for, by seat. */
  const votes = (caseId: string): Promise<Vote[]> =>
    rows(
      `SELECT id AS "taskId", substr(candidates[1], 8) AS "personId" FROM tasks WHERE case_id = $1 AND kind = 'vote' AND status = 'open' ORDER BY 2`,
      caseId,
    );

  const taskOf = (caseId: string, kind: string): Promise<{ id: string; candidates: string[] } | undefined> =>
    rows<{ id: string; candidates: string[] }>(
      `SELECT id, candidates FROM tasks WHERE case_id = $1 AND kind = $2 AND status = 'open' ORDER BY opened_seq DESC LIMIT 1`,
      caseId,
      kind,
    ).then(([task]) => task);

  return {
    client,
    post,
    rows,
    until,
    votes,
    /** A case whose ballot is open, of the whole committee. */
    balloting: ballots.submitted,
    /** The policy in force. */
    policy: () => policy,
    /** Puts another policy in force; cases that have begun keep theirs. */
    async decree(changed: Partial<PolicyValues>): Promise<void> {
      policy = { ...defaultPolicy, ...changed };
      await rows(
        `INSERT INTO policy_versions (version, effective_from, "values", note) SELECT max(version) + 1, now(), $1, '' FROM policy_versions`,
        JSON.stringify(policy),
      );
    },
    /** Gives the committee 43 seats, once. */
    async enlarge(): Promise<void> {
      if (Object.keys(tokens).some((personId) => enlarged.persons.some(({ id }) => id === personId))) return;
      for (const [table, added] of Object.entries(enlarged.rows))
        await rows(
          `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`,
          JSON.stringify(added),
        );
      for (const { id } of enlarged.persons) {
        const token = randomBytes(32).toString('base64url');
        await rows(
          `INSERT INTO api_tokens (id, token_hash, person_id, name, scopes, expires_at) VALUES ($1, $2, $3, 'races', '{read,decide}', now() + interval '1 day')`,
          randomUUID(),
          createHash('sha256').update(token).digest('hex'),
          id,
        );
        tokens[id] = token;
      }
    },
    upload,
    /** Uploads the signed minutes of a meeting. @returns the file's id */
    async minutes(personId: string, caseId: string): Promise<string> {
      const file = new Blob([new Uint8Array(await exampleFile('会议纪要.pdf'))]);
      return (await upload(personId, '/attachments', { caseId, purpose: 'minutes' }, file, '会议纪要.pdf')).id;
    },
    task: (caseId: string, kind: string) => until(`task ${kind}`, () => taskOf(caseId, kind)),
    openTask: taskOf,
    facts: (caseId: string, ...kinds: string[]): Promise<Fact[]> =>
      rows(
        `SELECT seq, kind, actor_id AS "actorId", entered_by AS "enteredBy", action, task_id AS "taskId", at FROM facts
         WHERE case_id = $1 AND (cardinality($2::text[]) = 0 OR kind = ANY ($2)) ORDER BY seq`,
        caseId,
        kinds,
      ),
    async ballot(caseId: string): Promise<Ballot> {
      const [ballot] = await rows<Ballot>(
        `SELECT id, status, outcome, proof, roll, due_at AS "dueAt", closed_seq AS "closedSeq" FROM ballots WHERE case_id = $1 ORDER BY opened_at LIMIT 1`,
        caseId,
      );
      if (!ballot) throw new Error('no ballot');
      return ballot;
    },
    async caseOf(caseId: string): Promise<{ state: string; closed: boolean }> {
      const [row] = await rows<{ state: string; closed: boolean }>(
        'SELECT state, closed_at IS NOT NULL AS closed FROM cases WHERE id = $1',
        caseId,
      );
      if (!row) throw new Error('no case');
      return row;
    },
    /** How often each code was answered since the last time this was asked. */
    answersGiven(): ReadonlyMap<string, number> {
      const given = new Map(told);
      told.clear();
      return given;
    },
    /** Checks everything stored, and that nothing waits to be done. */
    verify: (): Promise<Verification> => verifyStored({ pool, keys, files, client }, { settled: true }),
    async close(): Promise<void> {
      await ballots.stop();
      await system.stop();
    },
  };
}
