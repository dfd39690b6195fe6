import { afterAll, describe, expect, test } from 'vitest';
import { openIdConnectMethod } from '../../api/signIn/openIdConnect.ts';
import { Secret } from '../../platform/signInSettings.ts';
import { startHostileProvider } from '../support/openId/hostile.ts';
import { atProvider, startOpenIdProvider } from '../support/openId/provider.ts';
import { openIdSettings } from '../support/signInSettings.ts';

const REDIRECT = 'http://127.0.0.1:1/api/v1/sign-in/company/callback';
const people = {
  ada: {
    name: '艾达',
    email: 'ada@example.com',
    email_verified: true,
    employee_number: 'central-submitter',
    groups: ['sales', 'heads'],
  },
  bob: { name: 'Bob', email: 'bob@elsewhere.com', email_verified: false, groups: 'sales' },
};
const real = await startOpenIdProvider([REDIRECT], people);
const hostile = await startHostileProvider();
afterAll(() => real.stop());

const methodAt = (issuer: string, secret: string) =>
  openIdConnectMethod(
    openIdSettings(issuer, { clientSecret: new Secret(secret), scopes: ['openid', 'profile', 'email', 'groups'] }),
  );
const method = methodAt(real.issuer, real.client.secret);
const begin = (again = false, by = method) => by.begin({ redirectUri: REDIRECT, again, userAgent: 'test' });
const queryOf = (url: URL): Record<string, string> => Object.fromEntries(url.searchParams);

describe('a real provider', () => {
  test('tells who somebody is: subject, name, verified address, groups and the attribute for matching', async () => {
    const { url, state } = await begin();
    const back = await atProvider(url, 'ada', REDIRECT);
    expect(await method.finish({ redirectUri: REDIRECT, query: queryOf(back), state, again: false })).toEqual({
      method: 'company',
      subject: 'ada',
      name: '艾达',
      email: 'ada@example.com',
      login: 'central-submitter',
      groups: ['sales', 'heads'],
    });
  });

  test('an address nobody verified is not taken, and one group alone is a group', async () => {
    const { url, state } = await begin();
    const back = await atProvider(url, 'bob', REDIRECT);
    const identity = await method.finish({ redirectUri: REDIRECT, query: queryOf(back), state, again: false });
    expect(identity).toMatchObject({ subject: 'bob', groups: ['sales'] });
    expect(identity.email).toBeUndefined();
    expect(identity.login).toBeUndefined();
  });

  test('asks for a code with PKCE, state and nonce, and for a new proof where one is wanted', async () => {
    const usual = new URL((await begin()).url).searchParams;
    expect(usual.get('response_type')).toBe('code');
    expect(usual.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(usual.get(name)?.length).toBeGreaterThan(40);
    expect(usual.has('prompt')).toBe(false);
    const again = new URL((await begin(true)).url).searchParams;
    expect([again.get('prompt'), again.get('max_age')]).toEqual(['login', '0']);
  });

  test('a code is good once', async () => {
    const { url, state } = await begin();
    const query = queryOf(await atProvider(url, 'ada', REDIRECT));
    await method.finish({ redirectUri: REDIRECT, query, state, again: false });
    await expect(method.finish({ redirectUri: REDIRECT, query, state, again: false })).rejects.toMatchObject({
      code: 'signInExpired',
    });
  });

  test('a code is of no use without the verifier it was asked for with', async () => {
    const { url, state } = await begin();
    const other = await begin();
    const query = queryOf(await atProvider(url, 'ada', REDIRECT));
    const mixed = { ...state, verifier: other.state.verifier ?? '' };
    await expect(method.finish({ redirectUri: REDIRECT, query, state: mixed, again: false })).rejects.toMatchObject({
      code: 'signInExpired',
    });
  });

  test('an answer with another state, or with none, is refused before anything is asked', async () => {
    const { url, state } = await begin();
    const query = queryOf(await atProvider(url, 'ada', REDIRECT));
    for (const wrong of [
      { ...query, state: 'x'.repeat(64) },
      { ...query, state: '' },
    ])
      await expect(method.finish({ redirectUri: REDIRECT, query: wrong, state, again: false })).rejects.toMatchObject({
        code: 'signInExpired',
      });
  });

  test('an answer that names another issuer is refused (mix-up)', async () => {
    const { url, state } = await begin();
    const query = queryOf(await atProvider(url, 'ada', REDIRECT));
    expect(query.iss).toBe(real.issuer);
    await expect(
      method.finish({ redirectUri: REDIRECT, query: { ...query, iss: hostile.issuer }, state, again: false }),
    ).rejects.toMatchObject({ code: 'providerRefused', reason: 'otherIssuer' });
  });

  test('a session left open at the provider is no new proof of who sits there', async () => {
    const jar = new Map<string, string>();
    const first = await begin();
    await atProvider(first.url, 'ada', REDIRECT, jar);
    // What the provider would do anew is left out on the way: its old session answers.
    const { url, state } = await begin(true);
    const without = new URL(url);
    without.searchParams.delete('prompt');
    without.searchParams.delete('max_age');
    const query = queryOf(await atProvider(without.href, 'ada', REDIRECT, jar));
    const later = { ...state, since: String(Number(state.since) + 120) };
    await expect(method.finish({ redirectUri: REDIRECT, query, state: later, again: true })).rejects.toMatchObject({
      code: 'providerRefused',
    });
    const proven = await begin(true);
    const anew = queryOf(await atProvider(proven.url, 'ada', REDIRECT, jar));
    const identity = await method.finish({ redirectUri: REDIRECT, query: anew, state: proven.state, again: true });
    expect(identity.subject).toBe('ada');
  });

  test('whoever cancels is told so; a provider that is not there is told as such', async () => {
    const { state } = await begin();
    await expect(
      method.finish({
        redirectUri: REDIRECT,
        query: { error: 'access_denied', state: state.state ?? '' },
        state,
        again: false,
      }),
    ).rejects.toMatchObject({ code: 'signInDeclined' });
    const gone = methodAt('http://127.0.0.1:9', 'x');
    await expect(begin(false, gone)).rejects.toMatchObject({ code: 'providerAway' });
  });

  test('offers to end its own session too', async () => {
    const url = new URL((await method.end?.('http://127.0.0.1:1/sign-in')) ?? '');
    expect(url.origin).toBe(real.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe('http://127.0.0.1:1/sign-in');
  });
});

describe('a token is refused that', () => {
  const attacked = methodAt(hostile.issuer, 'any');
  const now = () => Math.floor(Date.now() / 1000);
  async function finish(again = false) {
    const { url, state } = await begin(again, attacked);
    return attacked.finish({ redirectUri: REDIRECT, query: hostile.answer(url), state, again });
  }

  test('(the same way, the usual one is taken)', async () => {
    hostile.send((usual) => usual);
    expect((await finish()).subject).toBe('mallory');
  });

  test.each<[string, Parameters<typeof hostile.send>]>([
    ['has another nonce', [(usual) => ({ ...usual, nonce: 'another' })]],
    ['has no nonce', [({ nonce: _nonce, ...usual }) => usual]],
    ['comes from another issuer', [(usual) => ({ ...usual, iss: 'https://other.example' })]],
    ['is for another application', [(usual) => ({ ...usual, aud: 'other' })]],
    ['has expired', [(usual) => ({ ...usual, iat: now() - 900, exp: now() - 600 })]],
    ['names nobody', [({ sub: _sub, ...usual }) => usual]],
    ['is not signed', [(usual) => usual, 'none']],
    ['is signed by somebody else', [(usual) => usual, 'foreign']],
  ])('%s', async (_what, sent) => {
    hostile.send(...sent);
    await expect(finish()).rejects.toMatchObject({ code: 'providerRefused' });
  });

  test('proves what was proven long ago, or not when, where a new proof is wanted', async () => {
    hostile.send((usual) => ({ ...usual, auth_time: now() - 3600 }));
    await expect(finish(true)).rejects.toMatchObject({ code: 'providerRefused' });
    hostile.send((usual) => usual);
    await expect(finish(true)).rejects.toMatchObject({ code: 'providerRefused' });
    hostile.send((usual) => ({ ...usual, auth_time: now() }));
    expect((await finish(true)).subject).toBe('mallory');
  });

  test('is about another than the one whose particulars follow', async () => {
    hostile.send((usual) => usual);
    hostile.tellsOf('somebody-else');
    await expect(finish()).rejects.toMatchObject({ code: 'providerRefused' });
    hostile.tellsOf(null);
  });

  test('a clock some seconds off is forgiven', async () => {
    hostile.send((usual) => ({ ...usual, iat: now() + 20, exp: now() - 10 }));
    expect((await finish()).subject).toBe('mallory');
  });
});
