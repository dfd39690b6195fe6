import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Route } from '../../api/contract/route.ts';
import { routeGroups } from '../../api/contract/routes.ts';
import { allBodies } from '../../cases/processes.ts';
import { startApi } from '../support/api.ts';
import { exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma } = company.deps;
const ROUNDS = 30;

// A generator of its own, so that what failed once fails again.
let seed = 20261123;
const random = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const nasty: readonly unknown[] = [
  ...['', ' ', '\0', '\ud800', "'; DROP TABLE cases; --", '../../etc/passwd', '%00', 'x'.repeat(5000), '{}', 'null'],
  ...['0000-01-01', '9999-12-31', '2026-02-30', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '-1.00', '1e400'],
  ...['WzEsMiwzXQ', 'WyI5OTk5OS0wMS0wMSIsIngiLDFd', 'current', '__proto__', 'constructor', '审定'],
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), null, true, [], {}, [[]], { $gt: '' }, deep(70)],
];

function deep(levels: number): unknown {
  return levels === 0 ? 1 : [deep(levels - 1)];
}

const firstCase = await company.submitted();
const secondCase = await company.draft();
const ids = [
  ...[firstCase, secondCase, 'nobody', 'central-submitter', 'office', 'central', 'seat-4', 'director', 'current'],
  ...(await prisma.task.findMany()).map((task) => task.id),
  ...(await prisma.roleAssignment.findMany({ take: 3 })).map((role) => role.id),
];
const persons = [
  'central-submitter',
  'central-head',
  'office-head',
  'director',
  'security-admin',
  'system-admin',
  'auditor',
];

type Schema = { [key: string]: unknown };

/** A value that may well be taken, from a JSON schema; now and then one that must not be. */
function sample(schema: Schema, defs: Schema): unknown {
  if (random() < 0.1) return pick(nasty);
  if (typeof schema.$ref === 'string') return sampleNamed(schema.$ref.split('/').at(-1) ?? '', defs);
  if (Array.isArray(schema.enum)) return pick(schema.enum);
  if ('const' in schema) return schema.const;
  const union = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (union) return sample(pick(union), defs);
  switch (schema.type) {
    case 'object': {
      const required = (schema.required as string[] | undefined) ?? [];
      const properties = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
      const taken = properties.filter(([name]) => required.includes(name) || random() < 0.6);
      const entries = taken.map(([name, inner]) => [name, sample(inner, defs)] as const);
      return Object.fromEntries(random() < 0.03 ? [...entries, ['surprise', 1]] : entries);
    }
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, () => sample(schema.items as Schema, defs));
    case 'integer':
    case 'number':
      return pick([1, 2, 5, 30, Number(schema.minimum ?? 0)]);
    case 'boolean':
      return random() < 0.5;
    default:
      return schema.format === 'date' ? '2026-12-01' : pick(['云澜示例', 'central', 'endorse', 'recommendation', '1']);
  }
}

function sampleNamed(name: string, defs: Schema): unknown {
  if (name === 'Id') return pick(ids);
  if (name === 'Time') return pick(['2026-12-01T00:00:00Z', '2099-01-01T00:00:00+08:00', '1999-01-01T00:00:00Z']);
  if (name === 'Amount') return pick(['260200000.00', '0.00', '99999999.99']);
  if (name === 'RecommendationDraft') return random() < 0.5 ? exampleForm() : sample(defs[name] as Schema, defs);
  return sample(defs[name] as Schema, defs);
}

function sampleOf(schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return sample(json, (json.$defs as Schema | undefined) ?? {});
}

function bodyOf(route: Route): unknown {
  if (!route.path.endsWith('}/decisions')) return route.body && sampleOf(route.body);
  const actions = Object.values(allBodies()).flatMap((kind) => Object.entries(kind));
  const [action, schema] = pick(actions);
  return { action, body: sampleOf(schema) };
}

const text = (value: unknown): string =>
  encodeURIComponent(
    String(value ?? '')
      .toWellFormed()
      .slice(0, 300),
  );

test.each(
  Object.values(routeGroups)
    .flatMap((group): Route[] => Object.values(group))
    // A stream of events never ends; it takes nothing that could be wrong.
    .filter((route) => !route.events)
    .map((route) => [route.method, route.path, route] as const),
)('%s %s never answers 5xx, whatever it is given', async (method, path, route) => {
  // A session ended, or a person gone, would leave nothing to try with.
  if (/\/(leave|sessions\/|tokens\/\{)/.test(path) && method !== 'get') return;
  for (let round = 0; round < ROUNDS; round++) {
    const filled = path.replaceAll(/\{\w+\}/g, () => text(random() < 0.8 ? pick(ids) : pick(nasty)));
    const query = route.query ? Object.entries(Object(sampleOf(route.query))) : [];
    const address = `${filled}?${query.map(([key, value]) => `${text(key)}=${text(value)}`).join('&')}`;
    const body = bodyOf(route);
    const { status, body: answer } = await api.call(method.toUpperCase(), address, {
      as: pick(route.roles ? [...persons, ...persons.filter((person) => person.startsWith('s'))] : persons),
      ...(body === undefined ? {} : { body }),
      headers: route.ifMatch ? { 'If-Match': pick(['"1"', '"2"', '*', '']) } : {},
    });
    expect(status, `${method} ${address} ${JSON.stringify(body)} → ${JSON.stringify(answer)}`).toBeLessThan(500);
  }
});
