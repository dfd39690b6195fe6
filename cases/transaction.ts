import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { NotificationKind } from '../domain/notifications.ts';
import type { Policy } from '../domain/policy.ts';
import type { Ending, ProcessContract } from '../domain/process.ts';
import { aad, type DataKey, openJson, seal } from '../platform/cipher.ts';
import { together } from '../platform/database.ts';
import { newId } from '../platform/id.ts';
import { origin } from '../platform/origin.ts';
import type { Span } from '../platform/tracing.ts';
import { type Actor, actorSql, personKey } from './actor.ts';
import { caseStream, chainFacts } from './caseAudit.ts';
import type { Change } from './changes.ts';
import { processOf } from './contracts.ts';
import type { CaseDeps, Doorbell } from './deps.ts';
import { type Act, answerRow, answerTo, type KeptAnswer } from './idempotency.ts';
import { loadPolicy, policyInForce, VERSION_IN_FORCE } from './policies.ts';
import type { BallotRow, CaseRow, DelegationRow, FactKind, FactRow, NewFact, StepRow, TaskRow } from './records.ts';
import { fromColumns, insertion, RowSet, writeAll } from './rows.ts';
import { isDatabaseAway, isRetriable, isUnstorableText } from './sqlErrors.ts';

/**
 * One transaction on one case: the case row is locked, what the rules look at is loaded under the lock, and everything
 * written goes out together at the end: facts, their audit entries, tasks, ballots, notifications, the doorbell.
 */
export class CaseTransaction {
  readonly client: PoolClient;
  readonly deps: CaseDeps;
  readonly case: Readonly<CaseRow>;
  readonly contract: ProcessContract;
  policy: Policy;
  readonly key: DataKey;
  /** The database's time under the lock, or the workflow's where a workflow settles. */
  readonly now: Date;
  /** The database's time under the lock. */
  readonly #lockedAt: Date;
  readonly steps: RowSet<StepRow>;
  readonly tasks: RowSet<TaskRow>;
  readonly ballots: RowSet<BallotRow>;
  /** Votes of the ballots still open, and of those they continue. */
  readonly votes: VoteRow[];
  /** The acting person, where there is one, with whoever delegated to him. */
  readonly actor: Actor | null;
  readonly delegations: readonly DelegationRow[];
  readonly #cases: RowSet<CaseRow>;
  readonly #versionInForce: number | null;
  readonly #facts: FactRow[] = [];
  readonly #notifications: Notification[] = [];
  readonly #act: Act | null;
  readonly #before: KeptAnswer | null;
  readonly #kept: object[] = [];
  #doorbell: 'none' | 'soon' | 'now' = 'none';
  #endsRun: string | null = null;

  constructor(parts: {
    client: PoolClient;
    deps: CaseDeps;
    row: Readonly<CaseRow>;
    cases: RowSet<CaseRow>;
    policy: Policy;
    key: DataKey;
    now: Date;
    act: Act | null;
    loaded: Loaded;
  }) {
    this.client = parts.client;
    this.deps = parts.deps;
    this.case = parts.row;
    this.#cases = parts.cases;
    this.contract = processOf(parts.row.process);
    this.policy = parts.policy;
    this.key = parts.key;
    this.now = parts.now;
    this.#lockedAt = parts.loaded.now;
    this.steps = new RowSet('steps', ['caseId', 'name', 'round'], parts.loaded.steps);
    this.tasks = new RowSet('tasks', ['id'], parts.loaded.tasks);
    this.ballots = new RowSet('ballots', ['id'], parts.loaded.ballots);
    this.votes = (parts.loaded.votes ?? []).map((row) => fromColumns<VoteRow>(row));
    this.actor = parts.loaded.actor;
    this.delegations = parts.loaded.delegations ?? [];
    this.#versionInForce = parts.loaded.versionInForce;
    this.#act = parts.act;
    this.#before = parts.loaded.answer;
  }

  /** The answer given before to the act this transaction is for, or null. @throws DomainError `keyReused` */
  answered<Answer>(act: Act): Answer | null {
    const { personId, target, key } = this.#act ?? {};
    if (act.personId !== personId || act.target !== target || act.key !== key)
      throw new Error('the transaction was begun for another act');
    return answerTo<Answer>(this.#before, act, this.key);
  }

  /** Keeps the answer to an act, with everything else that is written. */
  keep(act: Act, answer: unknown): void {
    this.#kept.push(answerRow(act, answer, this.key));
  }

  /** The policy in force now, which may be a later one than the case's. */
  policyInForce(): Promise<Policy> {
    return policyInForce(this.client, this.#versionInForce);
  }

  /** Records a fact with the case's next number, and its audit entry. `secret` is encrypted and bound to its place. */
  fact(fact: NewFact): FactRow {
    const seq = this.case.seq + 1;
    this.#change({ seq });
    const row: FactRow = {
      caseId: this.case.id,
      seq,
      kind: fact.kind,
      step: fact.step ?? null,
      round: fact.round ?? null,
      taskId: fact.taskId ?? null,
      ballotId: fact.ballotId ?? null,
      action: fact.action ?? null,
      actorId: fact.actorId ?? null,
      onBehalfOf: fact.onBehalfOf ?? null,
      enteredBy: fact.enteredBy ?? null,
      codes: fact.codes ?? {},
      secret: fact.secret === undefined ? null : seal(this.key, inBlocks(fact.secret), this.#place(seq)),
      at: this.now,
    };
    this.#facts.push(row);
    return row;
  }

  /** What a fact of this case holds in secret. @throws DecryptionError */
  secretOf(fact: Pick<FactRow, 'seq' | 'secret'>): unknown {
    return openJson(this.key, fact.secret, this.#place(fact.seq));
  }

  #place(seq: number): string {
    return factPlace(this.case.id, seq);
  }

  /** Opens a task; whoever is named by person is told. */
  openTask(task: NewTask): TaskRow {
    const row = this.tasks.add({
      blocking: true,
      escalations: [],
      ballotId: null,
      parentId: null,
      subject: {},
      assigneeId: null,
      dueDays: null,
      calendarDays: false,
      dueAt: null,
      calendarVersion: null,
      provisional: false,
      remindHalfAt: null,
      remindDayAt: null,
      ...task,
      id: newId(),
      caseId: this.case.id,
      status: 'open',
      outcome: null,
      openedAt: this.now,
      openedSeq: this.case.seq,
      periodAt: task.periodAt ?? this.now,
      level: 0,
      extended: false,
      urgedAt: null,
      closedAt: null,
      closedSeq: null,
    });
    for (const key of row.candidates)
      if (key.startsWith('person:')) this.notify(key.slice('person:'.length), 'taskOpened', row.id);
    return row;
  }

  closeTask(task: Readonly<TaskRow>, outcome: string, status: 'done' | 'cancelled' = 'done'): void {
    this.tasks.change(task, { status, outcome, closedAt: this.now, closedSeq: this.case.seq });
  }

  notify(personId: string, kind: NotificationKind, taskId: string | null = null): void {
    this.#notifications.push({ id: newId(), personId, caseId: this.case.id, taskId, kind, at: this.now });
  }

  /** The process may now go on: its workflow is woken after the commit, where `endsRun` is given after that run was ended. */
  ring(endsRun: string | null = null): void {
    this.#doorbell = 'now';
    this.#endsRun = endsRun;
  }

  /**
   * Nothing waits for the process, but its next instant has changed, and is far: its workflow is woken within seconds, unless what
   * rings before that brings the news along. In a meeting the last votes of a ballot follow each other closely.
   */
  ringSoon(): void {
    if (this.#doorbell === 'none') this.#doorbell = 'soon';
  }

  setState(state: string): void {
    if (this.case.state === state) return;
    this.#change({ state, stateSince: this.now });
  }

  /** The case takes a policy version: when it is first submitted, and not again. */
  keepPolicy(policy: Policy): void {
    this.policy = policy;
    this.#change({ policyVersion: policy.version });
  }

  rename(title: string): void {
    this.#change({ title });
  }

  /** The case is another unit's from now on: its own was dissolved. */
  moveTo(unitId: string): void {
    this.#change({ unitId });
  }

  belongsTo(clientId: string): void {
    this.#change({ clientId });
  }

  setEnding(ending: Ending): void {
    this.#change({ ending });
  }

  close(): void {
    this.#change({ closedAt: this.now });
  }

  /** The workflow has walked past everything up to here. */
  settled(): void {
    if (this.case.settledSeq === this.case.seq) return;
    this.#change({ settledSeq: this.case.seq });
  }

  #change(patch: Partial<CaseRow>): void {
    this.#cases.change(this.case, patch);
  }

  /** Whatever else must change with the facts; runs inside the transaction. */
  async sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.client.query(text, values)).rows;
  }

  /** What people may be looking at and see otherwise now. */
  change(): Change {
    const keys = new Set([personKey(this.case.submitterId)]);
    for (const { personId } of this.#notifications) keys.add(personKey(personId));
    for (const { candidates, assigneeId } of this.tasks.touched) {
      for (const key of candidates) keys.add(key);
      if (assigneeId) keys.add(personKey(assigneeId));
    }
    const readers = this.#facts.some(({ kind }) => !SAME_READERS.includes(kind));
    return { cases: [{ id: this.case.id, seq: this.case.seq, readers }], keys: [...keys] };
  }

  /** The kinds of the facts recorded, as a trace names them. */
  get acts(): string | null {
    return this.#facts.length > 0 ? [...new Set(this.#facts.map(({ kind }) => kind))].join('+') : null;
  }

  /** The doorbell to be rung at once, if there is one. */
  get doorbell(): Doorbell | null {
    return this.#doorbell === 'now' ? this.#bell() : null;
  }

  /** Writes everything in one statement. */
  async flush(): Promise<void> {
    const writes = [...this.steps.writes(), ...this.tasks.writes(), ...this.ballots.writes()];
    if (this.#facts.length > 0) {
      const entries = chainFacts(this.case.auditHead, this.#facts);
      this.#change({ auditHead: Buffer.from(entries.at(-1)?.hash ?? []) });
      writes.push(
        insertion('facts', this.#facts),
        insertion('audit_entries', entries),
        insertion('grown_streams', [{ stream: caseStream(this.case.id) }]),
      );
    }
    if (this.#kept.length > 0) writes.push(insertion('idempotency_keys', this.#kept));
    if (this.#notifications.length > 0) writes.push(insertion('notifications', this.#notifications));
    if (this.#doorbell !== 'none') {
      const nextAt = new Date(this.#lockedAt.getTime() + (this.#doorbell === 'now' ? LOST_MS : SOON_MS));
      writes.push(insertion('outbox', [{ ...this.#bell(), nextAt }]));
    }
    writes.push(...this.#cases.writes());
    await writeAll(this.client, writes);
  }

  #bell(): Doorbell {
    const { id: caseId, process, seq } = this.case;
    return { caseId, process, seq, endsRun: this.#endsRun, ...origin() };
  }
}

/**
 * Milliseconds after which the relay rings what was rung at once: then that ring was lost. Rung again while its workflow is walking, it
 * would have Temporal throw the walk away and begin it anew.
 */
export const LOST_MS = 2_000;
/** How long `ringSoon` puts off its ring, in milliseconds. */
const SOON_MS = 5_000;

/** Facts after which the same people may read the case as before. */
const SAME_READERS: readonly FactKind[] = [
  'voted',
  'commented',
  'dissented',
  'attached',
  'detached',
  'reminded',
  'urged',
  'extended',
];

/** The place of a task that belongs to the whole case, and outlives its steps. */
export const OF_THE_CASE = { step: 'case', round: 0 } as const;

type Notification = {
  readonly id: string;
  readonly personId: string;
  readonly caseId: string;
  readonly taskId: string | null;
  readonly kind: string;
  readonly at: Date;
};

export type NewTask = Pick<TaskRow, 'step' | 'round' | 'kind' | 'actions' | 'candidates' | 'silence'> &
  Partial<Pick<TaskRow, 'blocking' | 'escalations' | 'ballotId' | 'parentId' | 'subject' | 'assigneeId'> & Timing>;

/** A task's clock, as `timing` computes it from a calendar; `periodAt` where it does not begin to run as the task is opened. */
export type Timing = Pick<
  TaskRow,
  'dueDays' | 'calendarDays' | 'dueAt' | 'calendarVersion' | 'provisional' | 'remindHalfAt' | 'remindDayAt'
> &
  Partial<Pick<TaskRow, 'periodAt'>>;

/** JSON filled up with blanks to whole blocks: a sealed vote is not to be told by its length, and `for` is the shortest. */
function inBlocks(secret: unknown): string {
  const json = JSON.stringify(secret);
  return json + ' '.repeat(-Buffer.byteLength(json) & 63);
}

/** Binds a fact's secret to its place. */
export const factPlace = (caseId: string, seq: number): string => aad('facts', 'secret', `${caseId}:${seq}`);

/** Of a vote's fact what counting asks for. */
type VoteRow = Pick<FactRow, 'seq' | 'ballotId' | 'actorId' | 'secret'>;

type Stored = Record<string, unknown>;
type Loaded = {
  readonly now: Date;
  readonly steps: Stored[] | null;
  readonly tasks: Stored[] | null;
  readonly ballots: Stored[] | null;
  readonly votes: Stored[] | null;
  readonly actor: Actor | null;
  readonly delegations: DelegationRow[] | null;
  readonly versionInForce: number | null;
  readonly answer: KeptAnswer | null;
};

/** The case that is named, or the one a task is of. */
const THE_CASE = 'coalesce($1, (SELECT case_id FROM tasks WHERE id = $2))';
const LOCK = `SELECT to_json(c) AS row FROM cases c WHERE id = ${THE_CASE} FOR UPDATE`;

// One statement, after the lock: in READ COMMITTED a statement sees what was committed when it began, so the lock must come
// in a statement of its own. $2 is a closed task that is wanted too, $3 the acting person, $4 and $5 his act and its key.
const LOAD = `WITH c AS MATERIALIZED (SELECT ${THE_CASE} AS id) SELECT clock_timestamp() AS now,
  (SELECT json_agg(s) FROM steps s WHERE s.case_id = (SELECT id FROM c)) AS steps,
  (SELECT json_agg(t ORDER BY t.opened_seq) FROM tasks t WHERE t.case_id = (SELECT id FROM c) AND (t.status = 'open' OR t.id = $2 OR (t.parent_id = $2 AND t.kind = 'coapprove'))) AS tasks,
  (SELECT json_agg(b ORDER BY b.opened_at) FROM ballots b WHERE b.case_id = (SELECT id FROM c)) AS ballots,
  (SELECT json_agg(json_build_object('seq', f.seq, 'ballot_id', f.ballot_id, 'actor_id', f.actor_id, 'secret', f.secret) ORDER BY f.seq) FROM facts f WHERE f.case_id = (SELECT id FROM c) AND f.kind = 'voted' AND f.ballot_id IN
    (SELECT unnest(ARRAY[b.id, b.continues]) FROM ballots b WHERE b.case_id = (SELECT id FROM c) AND b.status = 'open')) AS votes,
  ${actorSql('$3')} AS actor,
  (SELECT json_agg(json_build_object('id', d.id, 'taskId', d.task_id, 'kinds', d.kinds, 'from', ${actorSql('d.from_id')}))
    FROM delegations d WHERE d.to_id = $3 AND d.revoked_at IS NULL AND now() BETWEEN d.valid_from AND d.valid_to) AS delegations,
  (SELECT json_build_object('bodyHash', k.body_hash, 'response', k.response) FROM idempotency_keys k
    WHERE k.actor_id = $3 AND k.target = $4 AND k.key = $5 AND k.status = 200) AS answer,
  (${VERSION_IN_FORCE}) AS "versionInForce"`;

export type CaseWork = {
  /** Left out where `taskId` says of which case it is. */
  readonly caseId?: string;
  /** The acting person, where there is one. */
  readonly personId?: string;
  /** A task to load even though it may be closed. */
  readonly taskId?: string;
  /** What the person does, where it is done once under its key; see `answered` and `keep`. */
  readonly act?: Act;
  /** The workflow's time, where a workflow settles. */
  readonly now?: number;
  /** Runs first in the transaction; a new case's row is inserted here. */
  readonly prepare?: (client: PoolClient) => Promise<void>;
};

/**
 * Runs `work` on a case under its lock and writes what it did. @throws DomainError `notFound`; what `work` throws, with nothing
 * written; `unavailable` when the database is away.
 */
export async function inCase<Result>(
  deps: CaseDeps,
  { caseId, personId, taskId, act, now, prepare }: CaseWork,
  work: (tx: CaseTransaction) => Promise<Result> | Result,
): Promise<Result> {
  const inSpan = async (span: Span | null) =>
    transact(deps, async (client, begun) => {
      if (prepare) await begun.then(() => prepare(client));
      // Sent one behind the other without waiting for the answers: one round trip.
      const [, locked, { rows }] = await Promise.all([
        begun,
        client.query<Stored>({ name: 'lock-case', text: LOCK, values: [caseId ?? null, taskId ?? null] }),
        client.query<Loaded>({
          name: 'load-case',
          text: LOAD,
          values: [caseId ?? null, taskId ?? null, personId ?? null, act?.target ?? null, act?.key ?? null],
        }),
      ]);
      const stored = locked.rows[0]?.row as Stored | undefined;
      if (!stored) throw new DomainError('notFound');
      const cases = new RowSet<CaseRow>('cases', ['id'], [stored]);
      const row = cases.all[0] as Readonly<CaseRow>;
      const key = await deps.keys.get(`case:${row.id}`);
      const policy = await loadPolicy(client, row.policyVersion);
      const loaded = rows[0] as Loaded;
      const tx = new CaseTransaction({
        client,
        deps,
        row,
        cases,
        policy,
        key,
        now: now === undefined ? loaded.now : new Date(now),
        act: act ?? null,
        loaded,
      });
      const result = await work(tx);
      span?.note({
        'approvals.case_id': row.id,
        'approvals.process': row.process,
        'approvals.act': tx.acts,
        'approvals.seq': row.seq,
      });
      return { result, write: () => tx.flush(), doorbell: tx.doorbell, change: tx.change() };
    });
  return deps.tracing ? deps.tracing.span('transaction', {}, inSpan) : inSpan(null);
}

type Done<Result> = {
  readonly result: Result;
  /** What is still to be written; the commit is sent right behind it. */
  readonly write?: () => Promise<void>;
  readonly doorbell: Doorbell | null;
  /** What people may be looking at. */
  readonly change?: Change;
};

/** A transaction, run again after a deadlock, and with its doorbell rung and its change told once it has committed. @throws DomainError `unavailable` */
export const inTransaction = <Result>(
  deps: CaseDeps,
  work: (client: PoolClient) => Promise<Done<Result>>,
): Promise<Result> => transact(deps, (client, begun) => begun.then(() => work(client)));

/** As `inTransaction`; `work` may send behind BEGIN without waiting, but writes nothing before that has answered. */
async function transact<Result>(
  deps: CaseDeps,
  work: (client: PoolClient, begun: Promise<unknown>) => Promise<Done<Result>>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { result, doorbell, change } = await once(deps, work);
      if (doorbell) deps.ring(doorbell);
      if (change) deps.changed(change);
      return result;
    } catch (error) {
      if (isDatabaseAway(error)) throw new DomainError('unavailable');
      if (isUnstorableText(error)) throw new DomainError('invalid', { field: 'body', reason: 'unstorable' }, 'body');
      if (!isRetriable(error) || attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
  }
}

async function once<Result>(
  deps: CaseDeps,
  work: (client: PoolClient, begun: Promise<unknown>) => Promise<Done<Result>>,
): Promise<Done<Result>> {
  const client = await deps.pool.connect();
  let broken = false;
  try {
    const done = await together(client, () => {
      const begun = client.query('BEGIN');
      begun.catch(() => {});
      return work(client, begun);
    });
    await together(client, () => Promise.all([done.write?.(), client.query('COMMIT')]));
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
