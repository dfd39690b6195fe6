import type { z } from 'zod';

/** Roles of the organisation; `director`, `viceDirector` and `member` hold seats, `accountManager` follows from a holding. */
export type RoleCode =
  | 'submitter'
  | 'unitHead'
  | 'marketingDeputy'
  | 'office'
  | 'dataClerk'
  | 'systemAdmin'
  | 'securityAdmin'
  | 'auditor';

export type Scope = 'read' | 'decide' | 'admin';

/**
 * One operation of the API. The router binds its handler to it, the description at /openapi.json is made from it, and
 * the tests read from it what must be refused without sign-in.
 */
export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api/v1, with `{name}` for what stands in the path. */
  readonly path: string;
  readonly summary: string;
  /** `open` needs no sign-in. Default `person`. */
  readonly access?: 'open' | 'person';
  /** What a bearer token needs. Default: `read` for GET and searches, else `decide`. */
  readonly scope?: Scope;
  /** One of these roles is needed. What else a route asks of a person is decided by its case. */
  readonly roles?: readonly RoleCode[];
  /** Stores something: takes `Idempotency-Key`. */
  readonly writes?: boolean;
  /** Changes persons, units, seats or roles, or what is proposed about them: whoever looks at them is told. */
  readonly changesOrganisation?: boolean;
  /** Takes `If-Match` with the version that is being replaced. */
  readonly ifMatch?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is multipart/form-data of these fields and one file. */
  readonly multipart?: z.ZodObject;
  readonly status?: 200 | 201;
  /** The answer is a stream of server-sent events. */
  readonly events?: boolean;
  /** The answer is a file of one of these media types. */
  readonly files?: readonly string[];
  /** The browser is sent elsewhere, after a refusal too: to a page that says it. */
  readonly redirects?: boolean;
  /** Absent: the answer is a file, events, or a redirection. */
  readonly response?: z.ZodType;
};

type ParsedOr<S, Otherwise> = S extends z.ZodType ? z.output<S> : Otherwise;
export type ParamsOf<R extends Route> = ParsedOr<R['params'], Record<never, never>>;
export type QueryOf<R extends Route> = ParsedOr<R['query'], Record<never, never>>;
export type BodyOf<R extends Route> = ParsedOr<R['body'], undefined>;
export type ResponseOf<R extends Route> = ParsedOr<R['response'], undefined>;
