import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../platform/config.ts';
import { loadSignInSettings, Secret } from '../../platform/signInSettings.ts';
import { loopbackCertificate } from '../support/certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'approvals-sign-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'sign-in.json');
writeFileSync(join(folder, 'secret'), 'from a file\n');
writeFileSync(join(folder, 'ca.pem'), loopbackCertificate().certificate);

// biome-ignore lint/suspicious/noExplicitAny: what is tried out need not be right
function load(content: any, { production = false, env = { CLIENT_SECRET: 'from the environment' } } = {}) {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return loadSignInSettings({ signInFile: path, production }, env);
}
function faultsOf(...given: Parameters<typeof load>): readonly string[] {
  try {
    load(...given);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.replace(path, '…'));
    throw error;
  }
  return [];
}

const named = { id: 'company', label: '公司账号', labelEn: 'Company account' };
const oidc = { ...named, kind: 'openIdConnect', issuer: 'https://id.example.com', clientId: 'approvals' };
const ldap = {
  ...named,
  kind: 'directory',
  servers: ['ldaps://ldap.example.com'],
  bindDn: 'cn=reader,dc=example,dc=com',
  bindPassword: { env: 'CLIENT_SECRET' },
  base: 'dc=example,dc=com',
};
const one = (method: object) => ({ publicUrl: 'https://approvals.example.com', methods: [method] });

test('without a file there are no other ways to sign in', () => {
  expect(loadSignInSettings({ signInFile: null, production: true }, {})).toEqual({ publicUrl: null, methods: [] });
});

test('the example that comes with the system is taken as it is, and shows every provider', () => {
  const example = readFileSync(new URL('../../examples/sign-in.json', import.meta.url), 'utf8');
  const env = Object.fromEntries([...example.matchAll(/"env": "(\w+)"/g)].map(([, name]) => [String(name), 'x']));
  const files = [...example.matchAll(/"(?:file|caFile)": "([^"]+)"/g)].map(([, name]) => String(name));
  for (const file of files) writeFileSync(join(folder, file), loopbackCertificate().certificate);
  const { methods } = load(example, { production: true, env: { CLIENT_SECRET: '', ...env } });
  expect(new Set(methods.map(({ kind }) => kind))).toEqual(
    new Set(['openIdConnect', 'directory', 'weCom', 'feishu', 'dingTalk']),
  );
});

test('secrets are read from the environment or from a file beside, and show themselves nowhere', () => {
  const fromEnv = load(one({ ...oidc, clientSecret: { env: 'CLIENT_SECRET' } }));
  const fromFile = load(one({ ...oidc, clientSecret: { file: 'secret' } }));
  const secrets = [fromEnv, fromFile].map(({ methods }) => {
    const [method] = methods;
    return method?.kind === 'openIdConnect' ? method.clientSecret?.reveal() : null;
  });
  expect(secrets).toEqual(['from the environment', 'from a file']);
  for (const shown of [JSON.stringify(fromEnv), inspect(fromEnv, { depth: 9 }), String(new Secret('from the'))])
    expect(shown).not.toContain('from the');
});

test('certificates of a directory are read with the file', () => {
  const [method] = load(one({ ...ldap, caFile: 'ca.pem' })).methods;
  expect(method?.ca).toContain('BEGIN CERTIFICATE');
});

describe('nonsense is refused, by its place in the file', () => {
  test.each<[object | string, string | RegExp]>([
    ['{', 'is not JSON'],
    [{ methods: [], more: 1 }, /more/],
    [one({ ...oidc, kind: 'saml' }), 'methods.0.kind'],
    [one({ ...oidc, issuer: 'http://id.example.com' }), 'methods.0.issuer: should be an https address'],
    [
      one({ ...oidc, clientSecret: 'secret-in-the-file' }),
      'methods.0.clientSecret: a secret does not stand in this file',
    ],
    [one({ ...oidc, clientSecret: { env: 'NOT_SET' } }), 'methods.0.clientSecret: the variable NOT_SET is not set'],
    [one({ ...oidc, clientSecret: { file: 'not-there' } }), 'methods.0.clientSecret: the file not-there is not there'],
    [one({ ...oidc, scopes: ['profile'] }), 'methods.0.scopes: should contain openid'],
    [one({ ...oidc, id: 'local' }), '"local" is taken'],
    [{ ...one(oidc), methods: [oidc, oidc] }, 'methods.1.id: "company" is there twice'],
    [
      { ...one(oidc), publicUrl: 'https://approvals.example.com/sub' },
      'publicUrl: should be an address without a path',
    ],
    [
      one({ ...ldap, servers: ['ldap://ldap.example.com'] }),
      'methods.0.servers.0: passwords would travel in the clear',
    ],
    [one({ ...ldap, startTls: true }), 'methods.0.servers.0: ldaps:// needs no "startTls": true'],
    [one({ ...ldap, servers: ['http://ldap.example.com'] }), 'methods.0.servers.0: should be ldaps://'],
    [one({ ...ldap, caFile: 'secret' }), 'methods.0.caFile: the file secret is not there or holds no certificate'],
    [one({ ...ldap, loginAttribute: 'uid=*)(' }), 'methods.0.loginAttribute: should be the name of an attribute'],
    [one({ ...ldap, filter: '(uid=' }), 'methods.0.filter: should be a filter'],
    [one({ ...oidc, roles: [{ group: 'a', role: 'boss' }] }), 'methods.0.roles.0.role'],
    [one({ ...oidc, roles: [{ group: 'a', role: 'submitter' }] }), 'roles.0.unit: submitter is held in a unit'],
    [one({ ...oidc, roles: [{ group: 'a', role: 'office', unit: 'u' }] }), 'roles.0.unit: office is held in no unit'],
    [one({ ...oidc, roles: [{ group: 'a', role: 'auditor' }] }), 'roles.0.administrator: must be true, expressly'],
    [one({ ...oidc, roles: [{ group: 'a', role: 'office', administrator: true }] }), 'office is no administrator'],
  ])('%j', (content, fault) => {
    expect(faultsOf(content)).toEqual([expect.stringMatching(fault)]);
  });

  test('all faults at once, and none repeats a secret', () => {
    const faults = faultsOf(one({ ...oidc, issuer: 'x', clientSecret: 'secret-in-the-file', labelEn: '' }));
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('secret-in-the-file');
  });

  test('in production, where people are to come back to is not taken from what a request says', () => {
    expect(faultsOf({ methods: [oidc] }, { production: true })).toEqual([expect.stringContaining('publicUrl')]);
    expect(faultsOf({ methods: [ldap] }, { production: true })).toEqual([]);
    expect(faultsOf({ methods: [oidc] })).toEqual([]);
  });
});
