import pg from 'pg';
import { expect, test } from 'vitest';
import { schemaDrift } from '../../platform/schemaDump.ts';
import { freshDatabase } from '../support/database.ts';

const url = await freshDatabase();

test('the migrations lead to prisma/schema.sql, statement by statement', async () => {
  expect(await schemaDrift(url)).toEqual([]);
});

test('a column more in one table is noticed', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE drifted (id text)');
  await client.end();
  expect(await schemaDrift(url)).toEqual(['+ CREATE TABLE drifted (\n  id text\n)']);
});
