import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { DomainError } from '../domain/errors.ts';
import { DECIDED } from '../workflows/contracts/case.ts';
import type { Page } from './contract/shared.ts';
import type { WorkflowEventView, WorkflowView } from './contract/workflows.ts';

/** What administrators see of the workflow engine. Each rejects with DomainError `temporalAway` when it cannot be reached. */
export type Executions = {
  isUp(): Promise<boolean>;
  list(query: ListQuery): Promise<Page<Execution>>;
  read(workflowId: string): Promise<Execution>;
  history(workflowId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<WorkflowEventView>>;
};

/** An execution without what the database knows of its case. */
export type Execution = Omit<WorkflowView, 'caseNumber' | 'caseState'>;

type ListQuery = {
  status?: 'running' | 'completed' | 'failed' | 'terminated' | undefined;
  process?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;
type Event = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

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
const PROCESS = /^[A-Za-z][A-Za-z-]{0,40}$/;

/** `decode` opens what the engine keeps encrypted. */
export function temporalExecutions(client: Client, { payloadCodecs = [] }: DataConverter): Executions {
  const { namespace } = client.options;
  const service = client.workflowService;

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

  return {
    isUp: () =>
      call(() => service.getSystemInfo({}), HEALTH_DEADLINE_MS).then(
        () => true,
        () => false,
      ),

    async list({ status, process, cursor, limit }) {
      const conditions = [
        ...(status ? [`ExecutionStatus = '${status[0]?.toUpperCase()}${status.slice(1)}'`] : []),
        ...(process && PROCESS.test(process) ? [`WorkflowType = '${process}'`] : []),
      ];
      const answer = await call(() =>
        service.listWorkflowExecutions({
          namespace,
          pageSize: limit,
          nextPageToken: tokenOf(cursor),
          query: conditions.join(' AND '),
        }),
      );
      return { items: answer.executions.map(executionOf), nextCursor: cursorOf(answer.nextPageToken) };
    },

    async read(workflowId) {
      const answer = await call(() => service.describeWorkflowExecution({ namespace, execution: { workflowId } }));
      return executionOf(answer.workflowExecutionInfo ?? {});
    },

    async history(workflowId, { cursor, limit }) {
      const answer = await call(() =>
        service.getWorkflowExecutionHistory({
          namespace,
          execution: { workflowId },
          maximumPageSize: limit,
          nextPageToken: tokenOf(cursor),
        }),
      );
      const items = await Promise.all((answer.history?.events ?? []).map((event) => eventOf(event)));
      return { items, nextCursor: cursorOf(answer.nextPageToken) };
    },
  };

  async function eventOf(event: Event): Promise<WorkflowEventView> {
    const [, attributes] =
      Object.entries(event).find(([name, value]) => name.endsWith('EventAttributes') && value) ?? [];
    return {
      eventId: Number(event.eventId),
      type: nameOf(event),
      at: instant(event.eventTime),
      details: ((await readable(withoutSecrets(event, attributes ?? {}))) as WorkflowEventView['details']) ?? {},
    };
  }

  /** Plain JSON of anything in an event: payloads decoded, bytes and long numbers as text. */
  async function readable(value: unknown): Promise<unknown> {
    if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (Array.isArray(value)) return Promise.all(value.map(readable));
    if (isLong(value)) return value.toString();
    if ('metadata' in value && 'data' in value) return decoded(value as Payload);
    const entries = Object.entries(value).filter(
      ([, inner]) => inner !== null && inner !== undefined && typeof inner !== 'function',
    );
    return Object.fromEntries(
      await Promise.all(entries.map(async ([key, inner]) => [key, await readable(inner)] as const)),
    );
  }

  async function decoded(payload: Payload): Promise<unknown> {
    let [plain] = [payload];
    for (const codec of payloadCodecs.toReversed())
      [plain = payload] = await codec.decode([plain]).catch(() => [payload]);
    const encoding = Buffer.from(plain.metadata?.encoding ?? []).toString();
    if (encoding === 'binary/null') return null;
    const text = Buffer.from(plain.data ?? []).toString('utf8');
    try {
      return encoding.startsWith('json/') ? JSON.parse(text) : { encoding };
    } catch {
      return { encoding };
    }
  }
}

/** A signal from outside may hold a vote, which is sealed, or an opinion: only the doorbell's number is shown. */
function withoutSecrets(event: Event, attributes: object): object {
  const signal = event.workflowExecutionSignaledEventAttributes;
  return !signal || signal.signalName === DECIDED ? attributes : { ...attributes, input: null };
}

const isLong = (value: object): boolean => 'low' in value && 'high' in value && 'unsigned' in value;

const EVENT_PREFIX = /EventAttributes$/;

/** `workflowExecutionStarted`, from the name of the attributes an event carries. */
function nameOf(event: Event): string {
  const [name] = Object.entries(event).find(([key, value]) => EVENT_PREFIX.test(key) && value) ?? ['unknown'];
  return name.replace(EVENT_PREFIX, '');
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
    // A case's workflow has a fixed id (workflows/contracts/case.ts).
    caseId: workflowId.startsWith(`${type}:`) ? workflowId.slice(type.length + 1) : null,
  };
}

type Timestamp = { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined;
const instant = (time: Timestamp): string =>
  new Date(Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6)).toISOString();

/** A token of the server with a digest: one it never gave out would make it search until the deadline. */
function cursorOf(token: Uint8Array | null | undefined): string | null {
  return token && token.length > 0 ? `${Buffer.from(token).toString('base64url')}.${digest(token)}` : null;
}

/** @throws DomainError `invalid` for a cursor this API did not give out */
function tokenOf(cursor: string | undefined): Uint8Array {
  const [text = '', sum] = cursor?.split('.') ?? [];
  const token = Buffer.from(text, 'base64url');
  if (cursor !== undefined && sum !== digest(token))
    throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
  return token;
}

const digest = (token: Uint8Array): string => createHash('sha256').update(token).digest('hex').slice(0, 16);
