import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { refuseWrongLocale } from '../../platform/databaseLocale.ts';
import { freshDatabase } from '../support/database.ts';
import { createDatabase, dropDatabase } from '../support/databases.ts';

const url = await freshDatabase();

test('near names of Chinese clients can be found in a fresh database', async () => {
  await expect(refuseWrongLocale(url)).resolves.toBeUndefined();
});

test('a database whose locale cannot read Chinese is refused', async () => {
  const serverUrl = inject('postgresUrl');
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query("CREATE DATABASE blind ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
  await admin.end();
  const blind = new URL(serverUrl);
  blind.pathname = '/blind';
  await expect(refuseWrongLocale(blind.href)).rejects.toThrow(/locale \(C\) cannot read Chinese/);
  await dropDatabase(serverUrl, 'blind');
});

test('the embedded server listens on the loopback address alone and asks for a password', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
  );
  await client.end();
  expect(rows).toEqual([{ addresses: '127.0.0.1', sockets: '' }]);
  const stranger = new URL(url);
  stranger.password = 'guess';
  const refused = new pg.Client({ connectionString: stranger.href });
  await expect(refused.connect()).rejects.toThrow(/password authentication failed/);
});

test('each test file has a database of its own', async () => {
  const other = await createDatabase(inject('postgresUrl'), 'of_another_file');
  expect(new URL(other).pathname).not.toBe(new URL(url).pathname);
  await dropDatabase(inject('postgresUrl'), 'of_another_file');
});
