import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadConfig } from '../../platform/config.ts';
import { connectionFault } from '../../platform/connectionFault.ts';
import { connectDatabase } from '../../platform/database.ts';
import { applyMigrations } from '../../platform/migrations.ts';
import { type Postgres, startPostgres } from '../../platform/postgres.ts';
import { certificateAuthority } from '../support/certificate.ts';

const authority = certificateAuthority('authority of databases');
let folder: string;
let postgres: Postgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'approvals-postgres-tls-'));
  const { certificate, key } = authority.issue('database.example');
  // Where root starts it, another user reads the certificate (and nobody but root and him the key).
  await mkdir(join(folder, 'postgres'), { mode: 0o711 });
  await writeFile(join(folder, 'server.pem'), certificate);
  await writeFile(join(folder, 'server.key'), key, { mode: 0o600 });
  await writeFile(join(folder, 'authority.pem'), authority.certificate);
  await writeFile(join(folder, 'stranger.pem'), certificateAuthority('another authority').certificate);
  postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: 0,
    logFile: join(folder, 'postgres.log'),
    settings: {
      ssl: 'on',
      ssl_cert_file: join(folder, 'server.pem'),
      ssl_key_file: join(folder, 'server.key'),
      fsync: 'off',
    },
  });
});

afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const secured = (authorities: string, change: (url: URL) => void = () => {}): string => {
  const url = new URL(postgres.url);
  url.searchParams.set('sslmode', 'verify-full');
  url.searchParams.set('sslrootcert', join(folder, authorities));
  change(url);
  return loadConfig({ DATABASE_URL: url.href }).databaseUrl ?? '';
};

test('the database is reached over TLS with its certificate verified, by SQL and by Prisma', async () => {
  const url = secured('authority.pem');
  await applyMigrations(url);
  const database = connectDatabase(url);
  try {
    const { rows } = await database.pool.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    expect(rows).toEqual([{ ssl: true }]);
    expect(await database.prisma.unit.count()).toBe(0);
  } finally {
    await database.close();
  }
});

test.each([
  ['an authority not trusted', 'unknownAuthority', () => secured('stranger.pem'), 'sslrootcert'],
  [
    'a wrong password',
    'credentials',
    () =>
      secured('authority.pem', (url) => {
        url.password = 'wrong';
      }),
    'password',
  ],
  [
    'a server without TLS',
    'noTls',
    () =>
      secured('authority.pem', (url) => {
        url.host = new URL(inject('postgresUrl')).host;
      }),
    'ssl of the server',
  ],
] as const)('%s is told as what it is', async (_what, fault, url, hint) => {
  const cause = await applyMigrations(url()).catch((error: unknown) => error);
  expect(connectionFault((cause as Error).cause), String((cause as Error).cause)).toBe(fault);
  expect((cause as Error).message).toContain(hint);
  expect((cause as Error).message).not.toContain(new URL(url()).password);
});
