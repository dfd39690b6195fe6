import type { temporal } from '@temporalio/proto';
import { DECIDED } from '../workflows/contracts/case.ts';
import type { WorkflowEventView } from './contract/workflows.ts';
import type { payloadReader } from './payloads.ts';

export type Event = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

/** Reads events of a history for people: their payloads decoded, and nothing in them that is sealed. */
export function eventReader(decoded: ReturnType<typeof payloadReader>): (event: Event) => Promise<WorkflowEventView> {
  return eventOf;

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
}

/** A signal from outside may hold a vote, which is sealed, or an opinion: only the doorbell's number is shown. */
function withoutSecrets(event: Event, attributes: object): object {
  const signal = event.workflowExecutionSignaledEventAttributes;
  return !signal || signal.signalName === DECIDED ? attributes : { ...attributes, input: null };
}

const isLong = (value: object): boolean => 'low' in value && 'high' in value && 'unsigned' in value;

const EVENT_PREFIX = /EventAttributes$/;

/** `workflowExecutionStarted`, from the name of the attributes an event carries. */
export function nameOf(event: Event): string {
  const [name] = Object.entries(event).find(([key, value]) => EVENT_PREFIX.test(key) && value) ?? ['unknown'];
  return name.replace(EVENT_PREFIX, '');
}

type Timestamp = { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined;
/** A time of Temporal's, as ISO 8601. */
export const instant = (time: Timestamp): string =>
  new Date(Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6)).toISOString();
