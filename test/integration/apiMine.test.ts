import { describe, expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);

const make = (headers: Record<string, string>, days: number, scopes = ['read', 'admin']) =>
  api.post('/tokens', { headers, body: { name: '报表', scopes, days } });
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

describe('a token that makes a token', () => {
  test('makes none that lasts longer than itself', async () => {
    const own = (
      await api.post('/tokens', { as: 'east-head', body: { name: '十日', scopes: ['read', 'admin'], days: 10 } })
    ).body;
    const longer = await make(bearer(own.token), 11);
    expect([longer.status, longer.body.code, longer.body.field]).toEqual([403, 'tokenLonger', 'days']);
    const shorter = await make(bearer(own.token), 9);
    expect(shorter.status).toBe(201);
    expect(Date.parse(shorter.body.expiresAt)).toBeLessThan(Date.parse(own.expiresAt));
    expect((await make(bearer(shorter.body.token), 10)).body.code).toBe('tokenLonger');
  });
});

describe('sessions', () => {
  const signIn = async (personId: string, userAgent: string) => {
    const answer = await api.post('/sessions', {
      body: { method: 'demo', personId },
      headers: { 'User-Agent': userAgent },
    });
    const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
    return { Cookie: cookie, 'X-CSRF-Token': String(answer.body.csrfToken) };
  };
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
  const wecom =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 wxwork/4.1 MicroMessenger/7.0';

  test('are told apart by browser and system', async () => {
    await signIn('north-deputy', chrome);
    const headers = await signIn('north-deputy', wecom);
    const { body } = await api.get('/sessions', { headers });
    expect(body.items.map(({ device }: { device: string }) => device).sort()).toEqual([
      'chrome/windows',
      'wecom/iphone',
    ]);
  });

  test('end all but one’s own, and only one’s own person’s', async () => {
    const first = await signIn('south-deputy', chrome);
    const second = await signIn('south-deputy', wecom);
    const stranger = await signIn('east-deputy', chrome);
    expect((await api.delete('/sessions/others', { headers: second })).status).toBe(200);
    expect((await api.get('/me', { headers: first })).status).toBe(401);
    expect((await api.get('/me', { headers: second })).status).toBe(200);
    expect((await api.get('/me', { headers: stranger })).status).toBe(200);
    expect((await api.delete('/sessions/others', { headers: second })).status).toBe(200);
  });
});

test('language and appearance go with the person, not with the device', async () => {
  const as = 'central-head';
  expect((await api.get('/me', { as })).body.preferences).toEqual({ language: null, appearance: null, toured: false });
  expect((await api.put('/me/preferences', { as, body: { language: 'en' } })).status).toBe(200);
  expect((await api.put('/me/preferences', { as, body: { appearance: 'dark' } })).status).toBe(200);
  expect((await api.put('/me/preferences', { as, body: { toured: true } })).status).toBe(200);
  expect((await api.get('/me', { as })).body.preferences).toEqual({ language: 'en', appearance: 'dark', toured: true });
  expect((await api.put('/me/preferences', { as, body: { language: 'fr' } })).status).toBe(422);
  expect((await api.get('/me', { as: 'east-head' })).body.preferences.language).toBeNull();
});
