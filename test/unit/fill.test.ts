import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filledTables, untouchedTables } from '../../scripts/fill/multiply.ts';

test('filling with copies says of every table whether it is filled, and why not', () => {
  const schema = readFileSync(fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url)), 'utf8');
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => String(table));
  expect([...filledTables, ...Object.values(untouchedTables).flat()].toSorted()).toEqual(tables.toSorted());
});
