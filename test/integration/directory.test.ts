import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { directoryMethod, dnKey, inChainFilter } from '../../api/signIn/directory.ts';
import { type MethodSettingsOf, Secret } from '../../platform/signInSettings.ts';
import { loopbackCertificate } from '../support/certificate.ts';
import { BASE, PASSWORD, startDirectoryServer } from '../support/directoryServer.ts';
import { directorySettings } from '../support/signInSettings.ts';

const directory = await startDirectoryServer();
afterAll(() => directory.discard());

const method = (change: Partial<MethodSettingsOf<'directory'>> = {}) =>
  directoryMethod(directorySettings(directory, { id: 'company', ...change }));

test('tells who somebody is by login and password: lasting subject, name, address, groups and the attribute for matching', async () => {
  const identity = await method().check('submitter1', PASSWORD);
  expect(identity).toEqual({
    method: 'company',
    subject: expect.stringMatching(/^[0-9a-f]{8}-/),
    name: '华中经办人',
    email: 'central-submitter@example.com',
    login: 'central-submitter',
    groups: [dnKey(`cn=Central Submitters,ou=groups,${BASE}`)],
  });
});

test('a wrong password and a login nobody has are answered alike', async () => {
  expect(await method().check('submitter1', 'wrong')).toBeNull();
  expect(await method().check('nobody', PASSWORD)).toBeNull();
});

test('a login nobody has costs the directory what a wrong password does: neither answer comes sooner', async () => {
  const heard = await listeningIn();
  const work = async (login: string) => {
    const before = heard.requests.length;
    expect(await method({ servers: [heard.url] }).check(login, 'wrong')).toBeNull();
    return heard.requests.slice(before);
  };
  const known = await work('both(1)');
  expect(known).toEqual(['bind', 'search', 'bind', 'unbind', 'unbind']);
  for (const login of ['nobody', 'twin', '*']) expect(await work(login)).toEqual(known);
});

test('an empty password proves nothing, though the server takes the bind', async () => {
  const { Client } = await import('ldapts');
  const client = new Client({ url: directory.plainUrl });
  await client.bind(directory.dnOf('central-submitter'), '');
  await client.unbind();
  expect(await method().check('submitter1', '')).toBeNull();
  expect(await method().check('', PASSWORD)).toBeNull();
});

test.each(['*', 'submitter1)(uid=*', '*)(objectClass=*', 'sub*', '\\2a', 'submitter1\0', ')(|(uid=*'])(
  'what is typed is a value and no filter: %j finds nobody',
  async (login) => {
    expect(await method().check(login, PASSWORD)).toBeNull();
  },
);

test('logins with signs of the filter language are found as they are', async () => {
  expect((await method().check('star*', PASSWORD))?.login).toBe('star');
  expect((await method().check('both(1)', PASSWORD))?.login).toBe('both');
});

test('a login that two entries have lets neither in', async () => {
  expect(await method().check('twin', PASSWORD)).toBeNull();
});

test('a disabled account is told, once the password is right', async () => {
  expect(await method().check('left1', 'wrong')).toBeNull();
  await expect(method().check('left1', PASSWORD)).rejects.toMatchObject({ code: 'accountDisabled' });
});

test('an account that the directory has locked is told', async () => {
  for (let count = 0; count < 3; count += 1)
    await method()
      .check('locked1', 'wrong')
      .catch(() => {});
  await expect(method().check('locked1', PASSWORD)).rejects.toMatchObject({ code: 'accountLocked' });
});

describe('groups', () => {
  const search = (nested: 'no' | 'stepwise' | 'activeDirectory') =>
    method({ groups: { by: 'search', base: `ou=groups,${BASE}`, memberAttribute: 'member', nested } });
  const own = dnKey(`cn=heads,ou=groups,${BASE}`);

  test('are searched where entries do not name them', async () => {
    expect((await search('no').check('head1', PASSWORD))?.groups).toEqual([own]);
  });

  test('within groups are followed step by step, without end in a circle', async () => {
    expect((await search('stepwise').check('head1', PASSWORD))?.groups.toSorted()).toEqual([
      dnKey(`cn=everybody,ou=groups,${BASE}`),
      own,
    ]);
  });

  test('within groups are followed by Active Directory’s rule in one search', async () => {
    expect(inChainFilter('member', 'cn=a,dc=b').toString()).toBe('(member:1.2.840.113556.1.4.1941:=cn=a,dc=b)');
    // OpenLDAP does not know the rule: it finds nothing, and nobody is turned away.
    expect((await search('activeDirectory').check('head1', PASSWORD))?.groups).toEqual([]);
  });

  test('are the same however their names are written', () => {
    expect(dnKey('CN=Heads, OU=Groups,DC=example , DC=com')).toBe('cn=heads,ou=groups,dc=example,dc=com');
  });
});

describe('on the way', () => {
  test('StartTLS is done before anything is said', async () => {
    const secured = method({ servers: [directory.plainUrl], startTls: true });
    expect((await secured.check('head1', PASSWORD))?.login).toBe('central-head');
  });

  test('without TLS on this machine alone', async () => {
    expect((await method({ servers: [directory.plainUrl] }).check('head1', PASSWORD))?.login).toBe('central-head');
  });

  test.each(['ldaps', 'StartTLS'])('a server whose certificate nobody trusts gets no password (%s)', async (way) => {
    const ca = loopbackCertificate().certificate;
    const distrusting =
      way === 'ldaps' ? method({ ca }) : method({ ca, servers: [directory.plainUrl], startTls: true });
    await expect(distrusting.check('head1', PASSWORD)).rejects.toMatchObject({ code: 'providerAway' });
  });

  test('the next server is asked where one is away or silent', async () => {
    const silent = await silentServer();
    const several = method({ servers: ['ldap://127.0.0.1:9', silent, directory.tlsUrl], timeoutSeconds: 1 });
    expect((await several.check('head1', PASSWORD))?.login).toBe('central-head');
  });

  test('where no server answers that is told, and not that the password is wrong', async () => {
    await expect(method({ servers: ['ldap://127.0.0.1:9'] }).check('head1', PASSWORD)).rejects.toMatchObject({
      code: 'providerAway',
    });
  });

  test('our own account being refused is no fault of the person’s', async () => {
    const broken = method({ bindPassword: new Secret('wrong') });
    await expect(broken.check('head1', PASSWORD)).rejects.toMatchObject({ code: 'providerRefused', reason: 'bind49' });
  });

  test('referrals are not followed', async () => {
    const heard = await listening();
    await directory.administer((client) =>
      client.add(`ou=far,${BASE}`, {
        objectClass: ['referral', 'extensibleObject'],
        ou: 'far',
        ref: `ldap://127.0.0.1:${heard.port}/ou=people,dc=far`,
      }),
    );
    expect(await method().check('somebody-far', PASSWORD)).toBeNull();
    expect(heard.count()).toBe(0);
  });
});

const operations: Readonly<Record<number, string>> = { 96: 'bind', 66: 'unbind', 99: 'search' };

/** On the way to the directory, without TLS: hears which operations are asked for. */
async function listeningIn(): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const { port } = new URL(directory.plainUrl);
  const server = createServer((socket) => {
    const onward = connect(Number(port), '127.0.0.1');
    // One request comes in one piece; its operation's tag follows the message's id.
    socket.on('data', (piece: Buffer) => requests.push(operations[piece[piece.indexOf(2) + 3] ?? 0] ?? 'other'));
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  return { url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Takes connections and never answers. */
async function silentServer(): Promise<string> {
  return `ldap://127.0.0.1:${(await listening()).port}`;
}

async function listening(): Promise<{ port: number; count(): number }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, count: () => sockets.length };
}
