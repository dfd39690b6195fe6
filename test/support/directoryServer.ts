import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'ldapts';
import { freePort } from '../../platform/ports.ts';
import { findSlapd } from '../../scripts/slapd.ts';
import { loopbackCertificate } from './certificate.ts';

export type DirectoryServer = Awaited<ReturnType<typeof startDirectoryServer>>;

export const BASE = 'dc=example,dc=com';
/** The account the system reads with, and the passwords of everybody. */
export const READER = { dn: `cn=reader,${BASE}`, password: 'reader-password-7Q' };
export const PASSWORD = 'correct horse 电池';

const PATIENCE_MS = 30_000;

type Person = { login: string; number: string; name: string; extra?: Record<string, string | string[]> };
const people: readonly Person[] = [
  { login: 'submitter1', number: 'central-submitter', name: '华中经办人' },
  { login: 'head1', number: 'central-head', name: '华中负责人' },
  { login: 'left1', number: 'left-person', name: '已停用', extra: { userAccountControl: '514' } },
  { login: 'star*', number: 'star', name: '星号' },
  { login: 'both(1)', number: 'both', name: '括号' },
  { login: 'locked1', number: 'locked', name: '锁定者' },
  { login: 'twin', number: 'twin-1', name: '同名甲' },
  { login: 'twin', number: 'twin-2', name: '同名乙' },
  { login: 'stranger', number: 'nobody-here', name: '外来者' },
];
const dnOf = (number: string) => `employeeNumber=${number},ou=people,${BASE}`;

/** A real directory server (OpenLDAP) with people and groups, on free ports of 127.0.0.1, in a folder of its own. */
export async function startDirectoryServer() {
  const slapd = await findSlapd();
  const folder = await mkdtemp(join(tmpdir(), 'approvals-directory-'));
  const [plain, tls] = [await freePort(), await freePort()];
  const { certificate, key } = loopbackCertificate();
  const file = (name: string) => join(folder, name);
  await mkdir(file('data'));
  await writeFile(file('certificate.pem'), certificate);
  await writeFile(file('key.pem'), key, { mode: 0o600 });
  await writeFile(file('slapd.conf'), configuration(slapd, file));
  const urls = [`ldap://127.0.0.1:${plain}`, `ldaps://127.0.0.1:${tls}`] as const;

  const start = () => {
    // Without a debug level it would go to the background.
    const child = spawn(slapd.program, ['-f', file('slapd.conf'), '-h', `${urls.join(' ')} `, '-d', '0'], {
      env: { ...process.env, LD_LIBRARY_PATH: slapd.libraries },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return { child, ended, said: () => said };
  };
  let running = start();

  /** As the directory's own administrator. */
  async function administer<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const client = new Client({ url: urls[0], connectTimeout: 2000 });
      try {
        await client.bind(`cn=admin,${BASE}`, 'admin');
      } catch (cause) {
        if (Date.now() > end || running.child.exitCode !== null)
          throw new Error(`The directory server is not there: ${running.said()}`, { cause });
        await pause(30);
        continue;
      }
      try {
        return await work(client);
      } finally {
        await client.unbind();
      }
    }
  }
  await administer(fill);

  return {
    plainUrl: urls[0],
    tlsUrl: urls[1],
    caFile: file('certificate.pem'),
    certificate,
    administer,
    dnOf,
    async stop() {
      running.child.kill('SIGTERM');
      await running.ended;
    },
    async startAgain() {
      running = start();
      await administer(async () => {});
    },
    async discard() {
      running.child.kill('SIGTERM');
      await running.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(slapd: Awaited<ReturnType<typeof findSlapd>>, file: (name: string) => string): string {
  return `
${['core', 'cosine', 'inetorgperson'].map((name) => `include ${slapd.schemas}/${name}.schema`).join('\n')}
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.11.99 NAME 'accountState' SUP top AUXILIARY MAY userAccountControl )
modulepath ${slapd.modules}
moduleload back_mdb
moduleload memberof
moduleload ppolicy
pidfile ${file('slapd.pid')}
argsfile ${file('slapd.args')}
TLSCertificateFile ${file('certificate.pem')}
TLSCertificateKeyFile ${file('key.pem')}
TLSCACertificateFile ${file('certificate.pem')}
TLSVerifyClient never
# As many servers are set up: a bind with a name and no password is taken for an anonymous one.
allow bind_anon_cred bind_anon_dn
database mdb
suffix "${BASE}"
directory ${file('data')}
rootdn "cn=admin,${BASE}"
rootpw admin
maxsize 10485760
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER.dn}" read by * none
overlay memberof
overlay ppolicy
ppolicy_default "cn=policy,${BASE}"
`;
}

async function fill(client: Client): Promise<void> {
  const add = (dn: string, attributes: Record<string, string | string[]>) => client.add(dn, attributes);
  await add(BASE, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' });
  await add(`ou=people,${BASE}`, { objectClass: 'organizationalUnit', ou: 'people' });
  await add(`ou=groups,${BASE}`, { objectClass: 'organizationalUnit', ou: 'groups' });
  await add(`cn=policy,${BASE}`, {
    objectClass: ['person', 'pwdPolicy'],
    cn: 'policy',
    sn: 'policy',
    pwdAttribute: 'userPassword',
    pwdLockout: 'TRUE',
    pwdMaxFailure: '3',
    pwdLockoutDuration: '0',
  });
  await add(READER.dn, {
    objectClass: ['person', 'simpleSecurityObject'],
    cn: 'reader',
    sn: 'reader',
    userPassword: READER.password,
  });
  for (const { login, number, name, extra = {} } of people)
    await add(dnOf(number), {
      objectClass: ['inetOrgPerson', 'accountState'],
      employeeNumber: number,
      uid: login,
      cn: name,
      sn: name,
      displayName: name,
      mail: `${number}@example.com`,
      userPassword: PASSWORD,
      ...extra,
    });
  // A referral: whoever followed it would send the password elsewhere.
  await add(`ou=elsewhere,${BASE}`, {
    objectClass: ['referral', 'extensibleObject'],
    ou: 'elsewhere',
    ref: 'ldap://127.0.0.1:9/ou=people,dc=elsewhere',
  });
  const group = (name: string, ...members: string[]) =>
    add(`cn=${name},ou=groups,${BASE}`, { objectClass: 'groupOfNames', cn: name, member: members });
  await group('Central Submitters', dnOf('central-submitter'));
  await group('heads', dnOf('central-head'));
  await group('everybody', `cn=Central Submitters,ou=groups,${BASE}`, `cn=heads,ou=groups,${BASE}`);
}
