import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Route } from '../../api/contract/route.ts';
import { routeGroups } from '../../api/contract/routes.ts';
import { createDescription } from '../../api/description.ts';
import { type Cell, rows } from '../support/routeTable.ts';

const routes = new Map<string, Route>(
  Object.entries(routeGroups).flatMap(([group, own]) =>
    Object.entries(own).map(([name, route]) => [`${group}.${name}`, route as Route] as const),
  ),
);
const listing = fileURLToPath(new URL('../../docs/access.md', import.meta.url));
/** Held for the whole company, so that no unit is foreign to who holds them. */
const COMPANY_WIDE = ['office', 'dataClerk', 'systemAdmin', 'securityAdmin', 'auditor'];

test('the table of routes has a row for every operation of the description, and no other', () => {
  const described = Object.values(createDescription().paths ?? {}).flatMap((item) =>
    Object.values(item).map((operation) => String((operation as { operationId: string }).operationId)),
  );
  expect(Object.keys(rows).sort()).toEqual(described.sort());
});

test('the table of routes leaves a situation out only where the operation names no object, or its role is held for the whole company', () => {
  const left = Object.entries(rows).filter(([operation, { unit, object }]) => {
    const { access, roles, path } = routes.get(operation) as Route;
    const isWide = roles?.every((role) => COMPANY_WIDE.includes(role)) ?? false;
    return access !== 'open' && !isWide && path.includes('{') && (unit === '-' || object === '-');
  });
  expect(left).toEqual([]);
});

// Made anew with: npm test -- test/unit/routeTable.test.ts -u
test('the table is what docs/access.md lists', async () => {
  await expect(listed()).toMatchFileSnapshot(listing);
});

function listed(): string {
  const say = (cell: Cell): string => (typeof cell === 'number' ? `refused, ${cell}` : WORDS[cell]);
  const lines = Object.entries(rows).map(([operation, row]) => {
    const { method, path, access, roles } = routes.get(operation) as Route;
    const cells = [
      `\`${operation}\``,
      `\`${method.toUpperCase()} ${path}\``,
      access === 'open' ? 'answered' : 'refused, 401',
      roles ? `refused, 403, unless ${roles.join(', ')}` : '–',
      say(row.unit),
      say(row.object),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${HEAD}\n${lines.join('\n')}\n`;
}

const WORDS: Readonly<Record<Exclude<Cell, number>, string>> = {
  open: 'the company’s own',
  own: 'only one’s own',
  noneTaken: 'each refused',
  '-': '–',
};
const HEAD = `# Who is refused what

Every operation of the description in four situations, each asked over HTTP by \`test/integration/routeTable.test.ts\`, from the table in
\`test/support/routeTable.ts\`. 404: refused as if it were not there. *Only one’s own*: answered, with nothing of another’s. *The company’s own*: everybody in the company may
know it. –: there is no such situation. Who may do what in which state of a recommendation is a table of its own, \`test/support/accessTable.ts\`.

| Operation | Route | Nobody signed in | Another role | Another unit | Not one’s own object |
| --- | --- | --- | --- | --- | --- |`;
