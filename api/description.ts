import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiContentObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { allBodies } from '../cases/processes.ts';
import { errorCodes } from '../domain/errors.ts';
import { refusalsOf } from './contract/refusals.ts';
import type { Route } from './contract/route.ts';
import { routeGroups, scopeOf } from './contract/routes.ts';
import { problem } from './contract/shared.ts';
import { taskRoutes } from './contract/tasks.ts';

export const API_PREFIX = '/api/v1';

/** The OpenAPI 3.1 description, made from the schemas that requests are read with. */
export function createDescription(): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const [group, routes] of Object.entries(routeGroups)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = `${API_PREFIX}${route.path}`;
      paths[path] = { ...paths[path], [route.method]: operationOf(group, name, route) };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '大客户管理 · Key account management',
      version: '1',
      description: [
        'Amounts are yuan with two decimals as strings; times are ISO 8601 with zone; ids are opaque.',
        `Problems are RFC 9457 with a code, in Chinese or English by Accept-Language. Codes: ${errorCodes.join(', ')}.`,
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'Writes also send X-CSRF-Token.' },
        token: { type: 'http', scheme: 'bearer', description: 'Scopes: read, decide, admin.' },
      },
    },
  });
}

function operationOf(group: string, name: string, route: Route): ZodOpenApiOperationObject {
  const isOpen = route.access === 'open';
  return {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: route.summary,
    security: isOpen ? [] : [{ session: [] }, { token: [scopeOf(route)] }],
    ...(route.roles ? { description: `Roles: ${route.roles.join(', ')}.` } : {}),
    requestParams: {
      ...(route.params ? { path: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      header: headersOf(route),
    },
    ...bodyOf(route),
    responses: responsesOf(route),
  };
}

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const status = String(route.status ?? 200) as '200' | '201';
  const refused = refusalsOf(route).map((each) => [each, { description: 'Refused', content: PROBLEM }] as const);
  if (route.redirects) {
    const headers = z.object({ Location: z.string() });
    return { ...Object.fromEntries(refused), '303': { description: 'Sent elsewhere', headers } };
  }
  return { ...Object.fromEntries(refused), [status]: { description: route.summary, content: contentOf(route) } };
}

const PROBLEM = { 'application/problem+json': { schema: problem } };

function contentOf({ response, events, files = [] }: Route): ZodOpenApiContentObject {
  if (response) return { 'application/json': { schema: response } };
  if (events) return { 'text/event-stream': { schema: z.string() } };
  return Object.fromEntries(files.map((type) => [type, { schema: z.string().meta({ format: 'binary' }) }]));
}

function headersOf(route: Route): z.ZodObject {
  const write = route.method !== 'get' && route.access !== 'open';
  return z.object({
    'Accept-Language': z.string().optional().meta({ description: 'zh or en' }),
    ...(route.writes ? { 'Idempotency-Key': z.string().min(8).max(200), Prefer: z.string().optional() } : {}),
    ...(route.ifMatch ? { 'If-Match': z.string() } : {}),
    ...(write ? { 'X-CSRF-Token': z.string().optional().meta({ description: 'With a session cookie' }) } : {}),
  });
}

/** What may be answered, by kind of task and action. */
function decisions(): z.ZodType {
  const answers = Object.entries(allBodies()).flatMap(([kind, actions]) =>
    Object.entries(actions).map(([action, body]) =>
      z.strictObject({ action: z.literal(action), body }).meta({ title: `${kind}: ${action}` }),
    ),
  );
  return z.union(answers).meta({ id: 'Decision' });
}

function bodyOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route === taskRoutes.decide)
    return { requestBody: { required: true, content: { 'application/json': { schema: decisions() } } } };
  if (route.body) {
    // No body is read as an empty object.
    const required = !route.body.safeParse({}).success;
    return { requestBody: { required, content: { 'application/json': { schema: route.body } } } };
  }
  if (!route.multipart) return {};
  const schema = route.multipart.extend({ file: z.string().meta({ format: 'binary' }) });
  return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
}
