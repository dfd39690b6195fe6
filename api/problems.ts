import type { ErrorRequestHandler, Request, Response } from 'express';
import { z } from 'zod';
import { isDatabaseAway, isDatabaseBusy } from '../cases/sqlErrors.ts';
import { DomainError, describeError, type ErrorCode, type ErrorParams } from '../domain/errors.ts';
import { KeyStoreError } from '../platform/keyStore.ts';
import type { Problem } from './contract/shared.ts';
import type { ApiDeps } from './deps.ts';
import { fieldInWords } from './fieldWords.ts';
import { type Fault, faultsOf, InvalidRequest } from './invalidRequest.ts';
import { type Language, languageOf, stateInWords, wordsOf } from './language.ts';
import { patternOf } from './observed.ts';

const RETRY_SECONDS = 5;

/** Every error becomes one problem (RFC 9457), in the caller's language, and never a stack. */
export function problemHandler(deps: Pick<ApiDeps, 'log'>): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refused = refusalOf(error, response.locals.requestId);
    if (refused.code === 'internal' || refused.code === 'undecipherable')
      deps.log.error(
        'request failed',
        { requestId: response.locals.requestId, method: request.method, route: patternOf(response.locals.route) },
        error,
      );
    if (response.headersSent) {
      request.socket.destroy();
      return;
    }
    send(request, response, refused);
  };
}

type Refusal = {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly field?: string | undefined;
  readonly faults?: readonly Fault[];
};

/** Which code of domain/errors.ts an error is; `internal` for what nobody foresaw. */
export function refusalOf(error: unknown, requestId = ''): Refusal {
  if (error instanceof InvalidRequest) return ofFaults(error.faults);
  if (error instanceof DomainError) return { code: error.code, params: error.params, field: error.field };
  if (error instanceof z.ZodError) return ofFaults(faultsOf(error, undefined));
  // What was sealed under a destroyed key is erased for good: there is nothing left to find.
  if (error instanceof KeyStoreError && error.code === 'keyDestroyed') return { code: 'notFound', params: {} };
  if (isAway(error)) return { code: 'unavailable', params: {} };
  return ofBodyParser(error) ?? { code: 'internal', params: { requestId } };
}

function ofFaults(faults: readonly Fault[]): Refusal {
  const first = faults[0];
  if (!first) return { code: 'invalid', params: {} };
  return { code: first.code, params: first.params, field: first.field, faults };
}

const ofParser: Readonly<Record<string, Refusal>> = {
  'entity.parse.failed': { code: 'malformed', params: {} },
  'entity.verify.failed': { code: 'malformed', params: {} },
  'request.aborted': { code: 'malformed', params: {} },
  'request.size.invalid': { code: 'malformed', params: {} },
  'entity.too.large': { code: 'tooLarge', params: { limit: '1 MB' } },
  'encoding.unsupported': { code: 'unsupportedMedia', params: { expected: 'gzip, deflate, br' } },
  'charset.unsupported': { code: 'unsupportedMedia', params: { expected: 'application/json; charset=utf-8' } },
};

/** What Express and its parts throw: errors with a `type` or a `status`, or a URL that does not decode. */
function ofBodyParser(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof URIError) return { code: 'notFound', params: {} };
  const { type, status } = error as Error & { type?: unknown; status?: unknown };
  if (typeof type === 'string' && ofParser[type]) return ofParser[type];
  if (status === 404) return { code: 'notFound', params: {} };
  return typeof status === 'number' && status >= 400 && status < 500 ? { code: 'malformed', params: {} } : null;
}

const AWAY_KINDS = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];

/** The disk of keys and files is full. */
const NO_ROOM = ['ENOSPC', 'EDQUOT'];

/** The database cannot be reached or answers no more in time, as `pg` or as Prisma around it says it; or nothing more can be stored. */
function isAway(error: unknown): boolean {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth++) {
    if (isDatabaseAway(cause) || isDatabaseBusy(cause)) return true;
    const { kind, code, meta, cause: next } = cause as Record<string, unknown> & { meta?: Record<string, unknown> };
    if (NO_ROOM.includes(String(code))) return true;
    if (AWAY_KINDS.includes(String(kind)) || ['P1001', 'P1002', 'P1008', 'P1017', 'P2024'].includes(String(code)))
      return true;
    cause = next ?? meta?.driverAdapterError;
  }
  return false;
}

/** A refusal as a problem, worded in a language. */
export function problemOf(refused: Refusal, language: Language): Problem {
  const { status, retry, article, text } = describe(refused, language);
  return {
    type: `urn:problem:${refused.code}`,
    code: refused.code,
    title: text.split(/(?<=[。！])|(?<=[.!]) /)[0] ?? text,
    detail: text,
    status,
    ...(article ? { article } : {}),
    ...(refused.field ? { field: refused.field, fieldName: fieldInWords(refused.field, language) } : {}),
    ...(retry ? { retry } : {}),
    ...(Object.keys(refused.params).length > 0 ? { params: refused.params } : {}),
    ...(refused.faults && refused.faults.length > 1
      ? {
          faults: refused.faults.map((fault) => ({
            code: fault.code,
            field: fault.field,
            fieldName: fieldInWords(fault.field, language),
            detail: describe(fault, language).text,
          })),
        }
      : {}),
  };
}

function send(request: Request, response: Response, refused: Refusal): void {
  const language = languageOf(request);
  const problem = { ...problemOf(refused, language), requestId: response.locals.requestId };
  const { status } = problem;
  response.locals.code = refused.code;
  if (status === 503) response.set('Retry-After', String(RETRY_SECONDS));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(status).set('Content-Language', language).set('Cache-Control', 'no-store');
  response.type('application/problem+json').send(JSON.stringify(problem));
}

/** The params that hold codes people read as words. */
const WORDED = {
  reason: wordsOf,
  why: wordsOf,
  needed: wordsOf,
  role: wordsOf,
  state: stateInWords,
  field: fieldInWords,
};

function describe({ code, params }: Refusal, language: Language): ReturnType<typeof describeError> {
  const worded = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      // A field that nobody knows is called what the caller called it.
      name in WORDED && !(code === 'unknownField' && name === 'field')
        ? WORDED[name as keyof typeof WORDED](String(value), language)
        : value,
    ]),
  );
  return describeError(code, worded, language);
}
