import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { lifeOf } from '../cases/lives.ts';
import { DomainError } from '../domain/errors.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { ACCOUNT } from '../workflows/contracts/account.ts';
import type { Page } from './contract/shared.ts';
import { EXECUTION_WORD, type WorkflowEventView, type WorkflowView } from './contract/workflows.ts';
import { type Event, eventReader, instant, nameOf } from './executionEvents.ts';
import { payloadReader } from './payloads.ts';
import { signedCursors } from './signedCursors.ts';

/** What administrators see of the workflow engine. Each rejects with DomainError `temporalAway` when it cannot be reached. */
export type Executions = {
  isUp(): Promise<boolean>;
  list(query: ListQuery): Promise<Page<Execution>>;
  /** How many executions there are of each status; counted by Temporal. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** @throws DomainError `notFound` for one that Temporal does not have and no archive keeps */
  read(workflowId: string): Promise<Execution>;
  /** The newest run, or null where Temporal has none. */
  find(workflowId: string): Promise<Execution | null>;
  /** What a run is busy with, and what of it fails. */
  busy(workflowId: string): Promise<Busy>;
  /** The running executions of this system's task queue, so many at most. */
  running(most: number): Promise<{ readonly ids: readonly string[]; readonly whole: boolean }>;
  history(
    workflowId: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<WorkflowEventView> & { archived: boolean }>;
  engine(): Promise<Engine>;
};

/** An execution without what the database knows of its case. `archived`: Temporal has dropped it, and the archive keeps its history. */
export type Execution = Omit<WorkflowView, 'caseNumber' | 'caseState'>;

/** Attempts count from 1; a failure is a code, never a text. */
export type Busy = {
  readonly taskAttempts: number;
  readonly taskFailure: string | null;
  readonly activities: readonly { readonly type: string; readonly attempts: number; readonly failure: string | null }[];
};

/** How Temporal stands: the server, the namespace and the task queue this system's workers poll. */
export type Engine = {
  readonly version: string;
  readonly retentionDays: number;
  readonly backlog: number;
  readonly backlogSeconds: number;
  readonly pollers: readonly { readonly identity: string; readonly seenAt: string | null }[];
};

type ListQuery = {
  status?: 'running' | 'completed' | 'failed' | 'terminated' | 'canceled' | 'timedOut' | undefined;
  process?: string | undefined;
  state?: string | undefined;
  startedBefore?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

export type ExecutionSettings = {
  /** Signs cursors. */
  readonly keys: KeyStore;
  readonly taskQueue: string;
  /** The kept history of a closed case; null where none is kept. */
  readonly archived: (caseId: string) => Promise<History | null>;
};

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;
type History = temporal.api.history.v1.IHistory;
type Failure = temporal.api.failure.v1.IFailure;

const DEADLINE_MS = 5_000;
/** Whoever asks for health waits no longer. */
const HEALTH_DEADLINE_MS = 1_000;
const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  exhausted: 8,
  unavailable: 14,
} as const;
const AWAY: readonly unknown[] = [GRPC.cancelled, GRPC.deadlineExceeded, GRPC.exhausted, GRPC.unavailable];
const PAGE = 1000;
const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;

/** `dataConverter` opens what the engine keeps encrypted. */
export function temporalExecutions(
  client: Client,
  dataConverter: DataConverter,
  { keys, taskQueue, archived }: ExecutionSettings,
): Executions {
  const { namespace } = client.options;
  const decoded = payloadReader(dataConverter);
  const eventOf = eventReader(decoded);
  const { cursorOf, tokenOf } = signedCursors(keys);

  async function call<Answer>(ask: () => Promise<Answer>, deadlineMs = DEADLINE_MS): Promise<Answer> {
    try {
      return await client.withDeadline(Date.now() + deadlineMs, ask);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === GRPC.notFound) throw new DomainError('notFound');
      if (code === GRPC.invalidArgument)
        throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
      if (AWAY.includes(code)) throw new DomainError('temporalAway');
      throw error;
    }
  }

  const describe = (workflowId: string) =>
    call(() => client.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } }));

  async function find(workflowId: string): Promise<Execution | null> {
    const answer = await describe(workflowId).catch(nullWhenNotFound);
    return answer && executionOf(answer.workflowExecutionInfo ?? {});
  }

  return {
    isUp: () =>
      call(() => client.workflowService.getSystemInfo({}), HEALTH_DEADLINE_MS).then(
        () => true,
        () => false,
      ),

    async list({ status, process, state, startedBefore, cursor, limit }) {
      const conditions = [
        ...(status ? [`ExecutionStatus = '${status[0]?.toUpperCase()}${status.slice(1)}'`] : []),
        ...(process && EXECUTION_WORD.test(process) ? [`WorkflowType = '${process}'`] : []),
        ...(state && EXECUTION_WORD.test(state) ? [`CaseState = '${state}'`] : []),
        ...(startedBefore ? [`StartTime < '${new Date(startedBefore).toISOString()}'`] : []),
      ];
      const nextPageToken = await tokenOf(cursor);
      const answer = await call(() =>
        client.workflowService.listWorkflowExecutions({
          namespace,
          pageSize: limit,
          nextPageToken,
          query: conditions.join(' AND '),
        }),
      );
      return { items: answer.executions.map(executionOf), nextCursor: await cursorOf(answer.nextPageToken) };
    },

    async counts() {
      const answer = await call(() =>
        client.workflowService.countWorkflowExecutions({ namespace, query: 'GROUP BY ExecutionStatus' }),
      );
      const groups = await Promise.all(
        answer.groups.map(async ({ groupValues, count }) => {
          const [payload] = groupValues ?? [];
          return [String(payload ? await decoded(payload) : ''), Number(count ?? 0)] as const;
        }),
      );
      return Object.fromEntries(groups.map(([name, count]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, count]));
    },

    find,

    async read(workflowId) {
      const found = await find(workflowId);
      if (found) return found;
      const history = await archived(caseIdOf(workflowId));
      if (!history?.events?.length) throw new DomainError('notFound');
      return archivedExecution(workflowId, history.events);
    },

    async busy(workflowId) {
      const { pendingActivities, pendingWorkflowTask } = await describe(workflowId);
      const taskAttempts = pendingWorkflowTask?.attempt ?? 0;
      return {
        taskAttempts,
        taskFailure: taskAttempts > 1 ? await lastTaskFailure(workflowId) : null,
        activities: (pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
          type: activityType?.name ?? '',
          attempts: attempt ?? 1,
          failure: failureCode(lastFailure),
        })),
      };
    },

    async running(most) {
      const ids: string[] = [];
      let token: Uint8Array = new Uint8Array();
      do {
        const answer = await call(() =>
          client.workflowService.listWorkflowExecutions({
            namespace,
            pageSize: Math.min(PAGE, most),
            nextPageToken: token,
            query: `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue.replaceAll("'", '')}'`,
          }),
        );
        ids.push(...answer.executions.map((info) => info.execution?.workflowId ?? ''));
        token = answer.nextPageToken ?? new Uint8Array();
      } while (token.length > 0 && ids.length < most);
      return { ids, whole: token.length === 0 };
    },

    async history(workflowId, { cursor, limit }) {
      const fromArchive = cursor?.startsWith(ARCHIVE) ? Number(cursor.slice(ARCHIVE.length)) || 0 : null;
      const nextPageToken = fromArchive === null ? await tokenOf(cursor) : new Uint8Array();
      const page = await call(() =>
        client.workflowService.getWorkflowExecutionHistory({
          namespace,
          execution: { workflowId },
          maximumPageSize: limit,
          nextPageToken,
        }),
      ).catch(nullWhenNotFound);
      if (page && fromArchive === null)
        return {
          items: await Promise.all((page.history?.events ?? []).map(eventOf)),
          nextCursor: await cursorOf(page.nextPageToken),
          archived: false,
        };
      const events = (await archived(caseIdOf(workflowId)))?.events ?? [];
      if (events.length === 0) throw new DomainError('notFound');
      const from = fromArchive ?? 0;
      const to = from + limit;
      return {
        items: await Promise.all(events.slice(from, to).map(eventOf)),
        nextCursor: to < events.length ? `${ARCHIVE}${to}` : null,
        archived: true,
      };
    },

    async engine() {
      const queue = (taskQueueType: number) =>
        call(() =>
          client.workflowService.describeTaskQueue({
            namespace,
            taskQueue: { name: taskQueue },
            taskQueueType,
            reportStats: true,
          }),
        );
      const [system, described, workflows, activities] = await Promise.all([
        call(() => client.workflowService.getSystemInfo({})),
        call(() => client.workflowService.describeNamespace({ namespace })),
        queue(WORKFLOW_QUEUE),
        queue(ACTIVITY_QUEUE),
      ]);
      const stats = [workflows.stats, activities.stats];
      return {
        version: system.serverVersion ?? '',
        retentionDays: Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400,
        backlog: stats.reduce((sum, each) => sum + Number(each?.approximateBacklogCount ?? 0), 0),
        backlogSeconds: Math.max(...stats.map((each) => Number(each?.approximateBacklogAge?.seconds ?? 0))),
        pollers: (workflows.pollers ?? []).map(({ identity, lastAccessTime }) => ({
          identity: identity ?? '',
          seenAt: lastAccessTime ? instant(lastAccessTime) : null,
        })),
      };
    },
  };

  /** Why the workflow task fails that is tried again: the server's own word for it, and the failure's code. */
  async function lastTaskFailure(workflowId: string): Promise<string | null> {
    const answer = await call(() =>
      client.workflowService.getWorkflowExecutionHistoryReverse({
        namespace,
        execution: { workflowId },
        maximumPageSize: 20,
      }),
    );
    for (const event of answer.history?.events ?? []) {
      const failed = event.workflowTaskFailedEventAttributes;
      if (failed) return failureCode(failed.failure) ?? `cause-${failed.cause ?? 0}`;
      if (event.workflowTaskTimedOutEventAttributes) return 'timedOut';
    }
    return null;
  }
}

const ARCHIVE = 'archive:';

function nullWhenNotFound(error: unknown): null {
  if (error instanceof DomainError && error.code === 'notFound') return null;
  throw error;
}

/** The failure's code, or where it has none the failure's kind. */
function failureCode(failure: Failure | null | undefined): string | null {
  if (!failure) return null;
  const type = failure.applicationFailureInfo?.type ?? failure.cause?.applicationFailureInfo?.type;
  return type && EXECUTION_WORD.test(type) ? type : 'failed';
}

const statuses = [
  'unspecified',
  'running',
  'completed',
  'failed',
  'canceled',
  'terminated',
  'continuedAsNew',
  'timedOut',
];

/** A case's workflow has a fixed id (workflows/contracts/case.ts). */
const caseIdOf = (workflowId: string): string => workflowId.slice(workflowId.indexOf(':') + 1);

/** The case it runs, or the account; other lives have no page of that kind. */
function subjectOf(workflowId: string, type: string): Pick<Execution, 'caseId' | 'accountId'> {
  const id = workflowId.startsWith(`${type}:`) ? caseIdOf(workflowId) : null;
  return { caseId: lifeOf(type) ? null : id, accountId: type === ACCOUNT ? id : null };
}

function executionOf(info: Info): Execution {
  const workflowId = info.execution?.workflowId ?? '';
  const type = info.type?.name ?? '';
  return {
    workflowId,
    runId: info.execution?.runId ?? '',
    type,
    status: statuses[Number(info.status ?? 0)] ?? 'unspecified',
    startedAt: instant(info.startTime),
    closedAt: info.closeTime ? instant(info.closeTime) : null,
    historyLength: Number(info.historyLength ?? 0),
    ...subjectOf(workflowId, type),
    archived: false,
  };
}

/** What a kept history tells of its execution. */
function archivedExecution(workflowId: string, events: readonly Event[]): Execution {
  const [first] = events;
  const last = events.at(-1);
  const ended = /^workflowExecution(\w+)$/.exec(last ? nameOf(last) : '')?.[1] ?? 'Unspecified';
  return {
    workflowId,
    runId: first?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '',
    type: first?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '',
    status: `${ended[0]?.toLowerCase()}${ended.slice(1)}`,
    startedAt: instant(first?.eventTime),
    closedAt: instant(last?.eventTime),
    historyLength: events.length,
    ...subjectOf(workflowId, workflowId.slice(0, workflowId.indexOf(':'))),
    archived: true,
  };
}
