import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, settingsTable } from '../../platform/config.ts';
import { certificateAuthority } from '../support/certificate.ts';

const authority = certificateAuthority('authority');
const [ours, theirs, expired] = [authority.issue('us'), authority.issue('them'), authority.issue('us', { endsIn: -2 })];

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
  } catch (cause) {
    if (cause instanceof ConfigError) return cause.problems;
    throw cause;
  }
  return [];
};

describe('settings', () => {
  test('an empty environment is enough to start', () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      keyDir: resolve('.data/keys'),
      postgresPort: 0,
      databaseUrl: null,
      temporalAddress: null,
      temporalNamespace: 'default',
      taskQueue: 'key-accounts',
      production: false,
      demo: true,
      uploadLimitBytes: 50 * 1024 * 1024,
    });
  });

  test('an empty variable counts as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(loadConfig({}));
  });

  test('the keys lie in the data folder unless KEY_DIR says otherwise', () => {
    expect(loadConfig({ DATA_DIR: '/srv/data' }).keyDir).toBe(join('/srv/data', 'keys'));
    expect(loadConfig({ DATA_DIR: '/srv/data', KEY_DIR: '/srv/keys' }).keyDir).toBe('/srv/keys');
  });

  test.each([
    [{ PORT: 'http' }, 'PORT=http: should be a whole number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT=-1'],
    [{ PORT: '65536' }, 'PORT=65536'],
    [{ PORT: '30.5' }, 'PORT=30.5'],
    [{ HOST: 'example', DEMO: 'off' }, 'HOST=example: should be an IP address or localhost.'],
    [{ DEMO: 'false' }, 'DEMO=false: should be on or off.'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV=prod: should be one of development, test, production.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    [{ SESSION_HOURS: '0' }, 'SESSION_HOURS=0'],
    [{ TEMPORAL_ADDRESS: 'temporal' }, 'TEMPORAL_ADDRESS=temporal: should be host:port.'],
    [{ TEMPORAL_ADDRESS: 'temporal:99999' }, 'TEMPORAL_ADDRESS=temporal:99999'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318: should be an http',
    ],
    [{ OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG=2: should be a number from 0 to 1.'],
    [{ TRUST_TRACEPARENT: 'yes' }, 'TRUST_TRACEPARENT=yes: should be on or off.'],
    [{ TEMPORAL_TLS: 'on' }, 'TEMPORAL_TLS=on: the embedded server speaks no TLS.'],
    [{ PORT: '5000', TEMPORAL_PORT: '5000' }, 'TEMPORAL_PORT=5000: PORT has the same port'],
  ])('nonsense is refused by name: %j', (env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    [{ TEMPORAL_TLS_CA: 'x' }, 'TEMPORAL_TLS_CA: should hold certificates in PEM'],
    [{ TEMPORAL_TLS_CERT: ours.certificate }, 'TEMPORAL_TLS_KEY: is missing'],
    [{ TEMPORAL_TLS_KEY: ours.key }, 'TEMPORAL_TLS_CERT: is missing'],
    [{ TEMPORAL_TLS_CERT: ours.certificate, TEMPORAL_TLS_KEY: theirs.key }, 'TEMPORAL_TLS_KEY: is not the key'],
    [
      { TEMPORAL_TLS_CERT: expired.certificate, TEMPORAL_TLS_KEY: expired.key },
      'TEMPORAL_TLS_CERT: holds a certificate that expired',
    ],
    [{ TEMPORAL_TLS: 'off', TEMPORAL_TLS_SERVER_NAME: 'temporal' }, 'TEMPORAL_TLS: should be on'],
    [{ TEMPORAL_TLS: 'off', TEMPORAL_ADDRESS: 'a.b.tmprl.cloud:7233' }, 'TEMPORAL_TLS: should be on'],
    [{ TEMPORAL_API_KEY_FILE: '/nowhere/key' }, 'TEMPORAL_API_KEY_FILE=/nowhere/key: cannot be read'],
    [{ TEMPORAL_API_KEY: 'two words' }, 'TEMPORAL_API_KEY: should be one word'],
    [{ DATABASE_URL: 'postgres://u:geheim@h/d?sslmode=require' }, 'DATABASE_URL: sslmode=require does not say'],
    [{ DATABASE_URL: 'postgres://u:geheim@h/d?sslmode=verify-full&sslrootcert=/no' }, 'sslrootcert=/no cannot be read'],
    [{ DATABASE_URL: 'postgres://u:geheim@h/d', NODE_ENV: 'production' }, 'DATABASE_URL: in production mode'],
  ])('certificates and keys that cannot be used are refused by name: %#', (env, problem) => {
    const problems = problemsOf({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_TLS: 'on', ...env });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems.join()).not.toMatch(/geheim|BEGIN PRIVATE/);
  });

  test.each([
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'geheim' }, 'OTEL_EXPORTER_OTLP_HEADERS: should be name=value'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=geheim' },
      'OTEL_EXPORTER_OTLP_HEADERS: would travel in the clear',
    ],
  ])('what a collector wants to see is never repeated: %#', (env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(problem)]);
    expect(problemsOf(env).join()).not.toContain('geheim');
  });

  test('traces are kept only where there is somewhere to send them', () => {
    expect(loadConfig({ TRUST_TRACEPARENT: 'on' }).traces).toBeNull();
    const OTEL_EXPORTER_OTLP_HEADERS = 'authorization=Bearer%20x, tenant=ours';
    expect(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector', OTEL_EXPORTER_OTLP_HEADERS }).traces).toEqual(
      {
        endpoint: 'https://collector',
        headers: { authorization: 'Bearer x', tenant: 'ours' },
        ratio: 1,
        trustCaller: false,
      },
    );
  });

  test('a secret may stand in a file, but not in both places', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'approvals-config-')), 'url');
    writeFileSync(file, 'postgres://u:p@127.0.0.1/d\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://u:p@127.0.0.1/d');
    expect(problemsOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://u:p@h/d' })).toEqual([
      expect.stringContaining('DATABASE_URL_FILE: DATABASE_URL is set too'),
    ]);
    rmSync(file);
  });

  test('all problems are told at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', TEMPORAL_PORT: 'z' })).toHaveLength(3);
  });

  test('a refused connection string is not repeated, since it holds a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://u:geheim@h/d' }).join()).not.toContain('geheim');
  });

  test.each([
    [{ NODE_ENV: 'production', DEMO: 'on' }, 'DEMO'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
    [{ HOST: '192.168.1.5', DEMO: 'on' }, 'HOST'],
    [{ TRUST_PROXY: '1' }, 'TRUST_PROXY'],
  ])('the demo organisation starts on loopback only and never in production: %j', (env, name) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(name)]);
    expect(problemsOf({ ...env, DEMO: 'off' })).toEqual([]);
  });

  test('production mode has no demo organisation unless told, which it refuses', () => {
    expect(loadConfig({ NODE_ENV: 'production' }).demo).toBe(false);
  });

  test('every setting is described once, in both languages', () => {
    const names = settingsTable.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { meaning } of settingsTable) expect([meaning.zh, meaning.en]).not.toContain('');
  });
});
