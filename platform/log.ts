import { randomUUID } from 'node:crypto';
import type { Logger as TemporalLogger } from '@temporalio/common';
import { type DestinationStream, type LevelWithSilent, type Logger as Pino, pino, stdTimeFunctions } from 'pino';

/**
 * Logs hold ids, codes and figures, never contents (Article 11). So a line has a constant text and named fields; only the fields
 * below are let through, and only values that look like an id or a code; of an error its name, code and place, never its message,
 * because messages quote what they are about.
 */
const fieldNames = [
  ...[
    'service',
    'version',
    'pid',
    'port',
    'address',
    'requestId',
    'traceId',
    'method',
    'route',
    'status',
    'code',
    'field',
  ],
  ...[
    'caseId',
    'taskId',
    'ballotId',
    'accountId',
    'clientId',
    'unitId',
    'seatId',
    'personId',
    'actorId',
    'attachmentId',
  ],
  ...['process', 'step', 'round', 'state', 'act', 'kind', 'seq', 'stream', 'purpose', 'article'],
  ...['namespace', 'taskQueue', 'workflowId', 'runId', 'workflowRunId', 'workflowType'],
  ...['activityId', 'activityType', 'isLocal', 'attempt', 'sdkComponent', 'signal', 'exitCode'],
  ...['count', 'bytes', 'durationMs', 'delayMs', 'reason', 'constraint', 'job'],
] as const;

export type LogField = (typeof fieldNames)[number];
export type LogFields = { readonly [field in LogField]?: string | number | boolean | null | undefined };

export type Log = {
  /** `text` is a constant in English: what differs from line to line goes into `fields`. */
  debug(text: string, fields?: LogFields): void;
  info(text: string, fields?: LogFields): void;
  warn(text: string, fields?: LogFields, error?: unknown): void;
  error(text: string, fields?: LogFields, error?: unknown): void;
  /** A log whose every line carries `fields` too. */
  with(fields: LogFields): Log;
};

const WITHHELD = '[withheld]';
/** Ids, codes, routes, host:port: no spaces, nothing but ASCII, no e-mail addresses. */
const ID_OR_CODE = /^[\w.:/+#{}-]{0,200}$/;
const TEXT = /^[\x20-\x7e]{1,200}$/;
const STACK_LINE = /^\s+at .*?((\/|node:|file:)[^\s()]*:\d+:\d+|<anonymous>|native)\)?$/;
const CAUSES = 4;

/** A log that writes a JSON line a call to `destination`, standard output by default. */
export function createLog(level: LevelWithSilent, fields: LogFields = {}, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return logOn(pino(options, destination ?? standardOutput()), permitted(fields));
}

/** What cannot be written, on a full disk, is lost: a log never ends the process whose log it is. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true });
  output.on('error', () => {});
  return output;
}

function logOn(lines: Pino, bound: Record<string, unknown>): Log {
  const write = (level: 'debug' | 'info' | 'warn' | 'error', text: string, fields: LogFields = {}, error?: unknown) => {
    // Most of what the SDK says is not wanted at this level, and it says much.
    if (!lines.isLevelEnabled(level)) return;
    const shown = error === undefined ? {} : { error: describe(error, CAUSES) };
    lines[level]({ ...bound, ...permitted(fields), ...shown }, TEXT.test(text) ? text : WITHHELD);
  };
  return {
    debug: (text, fields) => write('debug', text, fields),
    info: (text, fields) => write('info', text, fields),
    warn: (text, fields, error) => write('warn', text, fields, error),
    error: (text, fields, error) => write('error', text, fields, error),
    with: (fields) => logOn(lines, { ...bound, ...permitted(fields) }),
  };
}

function permitted(fields: LogFields): Record<string, unknown> {
  const known = fieldNames.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, idOrCode(fields[name])]));
}

/** A value as it may be shown: an id, a code or a figure; whatever else it is, is withheld. */
export function idOrCode(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && ID_OR_CODE.test(value) ? value : WITHHELD;
}

type ShownError = { name: unknown; code?: unknown; constraint?: unknown; stack?: string[]; cause?: ShownError };

function describe(error: unknown, causes: number): ShownError {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint, type } = error as { code?: unknown; constraint?: unknown; type?: unknown };
  return {
    name: idOrCode(error.name),
    // An ApplicationFailure of Temporal carries its code as `type`.
    ...((code ?? type) === undefined ? {} : { code: idOrCode(code ?? type) }),
    ...(constraint === undefined ? {} : { constraint: idOrCode(constraint) }),
    stack: placesOf(error),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: describe(error.cause, causes - 1) }),
  };
}

/** The lines of a stack that name places. Its first lines quote the message, and are left out. */
function placesOf(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const quoted = stack.indexOf(error.message);
  return placesIn(quoted >= 0 ? stack.slice(quoted + error.message.length) : stack);
}

/** The lines of a text that name places in a program, and no others. */
export const placesIn = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => STACK_LINE.test(line))
    .map((line) => line.trim());

/** For `Runtime.install({ logger })`: the SDK's own lines, which quote the errors of workflows and activities, under the same rule. */
export function temporalLogger(log: Log): TemporalLogger {
  const write = (level: string, text: string, meta: Record<string, unknown> = {}) => {
    const fields = meta as LogFields;
    if (level === 'ERROR') log.error(text, fields, meta.error);
    else if (level === 'WARN') log.warn(text, fields, meta.error);
    else if (level === 'INFO') log.info(text, fields);
    else log.debug(text, fields);
  };
  return {
    log: write,
    trace: (text, meta) => write('TRACE', text, meta),
    debug: (text, meta) => write('DEBUG', text, meta),
    info: (text, meta) => write('INFO', text, meta),
    warn: (text, meta) => write('WARN', text, meta),
    error: (text, meta) => write('ERROR', text, meta),
  };
}

/** The id under which a request is logged: the caller's `X-Request-Id` when it is a plain one, else a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID();
}
