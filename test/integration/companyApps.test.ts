import { describe, expect, test } from 'vitest';
import { dingTalkMethod } from '../../api/signIn/dingTalk.ts';
import { feishuMethod } from '../../api/signIn/feishu.ts';
import type { RedirectMethod } from '../../api/signIn/methods.ts';
import { weComMethod } from '../../api/signIn/weCom.ts';
import { Secret } from '../../platform/signInSettings.ts';
import { startDingTalk } from '../support/dingTalkStandIn.ts';
import { startFeishu } from '../support/feishuStandIn.ts';
import { startWeCom } from '../support/weComStandIn.ts';

const REDIRECT = 'https://approvals.example.com/api/v1/sign-in/app/callback';
const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0';
const common = { roles: [], ca: null };

const weCom = await startWeCom([
  { userid: 'ada', name: '艾达', department: [2, 7], biz_mail: 'ada@example.com' },
  { userid: 'left', name: '已停用', department: [2], status: 2 },
]);
const feishu = await startFeishu([
  { open_id: 'ou_ada', name: '艾达', en_name: 'Ada', employee_no: 'E1', department_ids: ['od-2', 'od-7'] },
  { open_id: 'ou_left', name: '已停用', department_ids: [], status: { is_resigned: true } },
]);
const dingTalk = await startDingTalk([
  {
    userid: 'ada',
    unionid: 'union-ada',
    name: '艾达',
    job_number: 'E1',
    org_email: 'ada@example.com',
    dept_id_list: [2, 7],
    role_list: [{ name: '负责人' }],
  },
  { userid: 'left', unionid: 'union-left', name: '已停用', active: false, dept_id_list: [] },
]);

const newWeCom = (secret = weCom.app.secret) =>
  weComMethod({ ...weCom.settings, ...common, secret: new Secret(secret), personBy: 'userid' });
const newFeishu = (secret = feishu.app.appSecret) =>
  feishuMethod({ ...feishu.settings, ...common, appSecret: new Secret(secret), personBy: 'employee_no' });
const newDingTalk = (secret = dingTalk.app.clientSecret) =>
  dingTalkMethod({ ...dingTalk.settings, ...common, clientSecret: new Secret(secret), personBy: 'job_number' });

/** From the start to the way back, as a browser goes it: `state` is what the method keeps, `query` what the provider sends. */
async function away(method: RedirectMethod, userAgent = DESKTOP) {
  const { url, state } = await method.begin({ redirectUri: REDIRECT, again: false, userAgent });
  const response = await fetch(url, { redirect: 'manual' });
  const to = response.headers.get('Location');
  if (to === null) throw new Error(`The provider refused the way there: ${await response.text()}`);
  return { url: new URL(url), state, query: Object.fromEntries(new URL(to).searchParams) };
}
async function signIn(method: RedirectMethod, userAgent?: string) {
  const { state, query } = await away(method, userAgent);
  return method.finish({ redirectUri: REDIRECT, query, state, again: false });
}

const apps = [
  {
    name: 'WeCom',
    standIn: weCom,
    make: newWeCom,
    scan: (who: 'ada' | 'left' | 'outside' | null) => weCom.scannedBy(who),
    identity: {
      method: 'wecom',
      subject: 'ada',
      name: '艾达',
      email: 'ada@example.com',
      login: 'ada',
      groups: ['2', '7'],
    },
  },
  {
    name: 'Feishu',
    standIn: feishu,
    make: newFeishu,
    scan: (who: 'ada' | 'left' | 'outside' | null) => feishu.scannedBy(who && `ou_${who}`),
    identity: {
      method: 'feishu',
      subject: 'ou_ada',
      name: '艾达',
      nameEn: 'Ada',
      login: 'E1',
      groups: ['od-2', 'od-7'],
    },
  },
  {
    name: 'DingTalk',
    standIn: dingTalk,
    make: newDingTalk,
    scan: (who: 'ada' | 'left' | 'outside' | null) => dingTalk.scannedBy(who && `union-${who}`),
    identity: {
      method: 'dingtalk',
      subject: 'ada',
      name: '艾达',
      email: 'ada@example.com',
      login: 'E1',
      groups: ['2', '7', '负责人'],
    },
  },
] as const;

describe.each(apps)('$name', ({ standIn, make, scan, identity }) => {
  test('tells who scanned: lasting subject, name, groups and the attribute for matching', async () => {
    scan('ada');
    expect(await signIn(make())).toEqual(identity);
  });

  test('a code is good once', async () => {
    scan('ada');
    const method = make();
    const { state, query } = await away(method);
    await method.finish({ redirectUri: REDIRECT, query, state, again: false });
    await expect(method.finish({ redirectUri: REDIRECT, query, state, again: false })).rejects.toMatchObject({
      code: 'signInExpired',
    });
  });

  test('a code that is too old is refused', async () => {
    scan('ada');
    const method = make();
    const { state, query } = await away(method);
    standIn.pass(301_000);
    await expect(method.finish({ redirectUri: REDIRECT, query, state, again: false })).rejects.toMatchObject({
      code: 'signInExpired',
    });
  });

  test('an answer with another state is refused before the provider is asked', async () => {
    scan('ada');
    const method = make();
    const { state, query } = await away(method);
    const heard = standIn.heard.length;
    await expect(
      method.finish({ redirectUri: REDIRECT, query: { ...query, state: 'f'.repeat(64) }, state, again: false }),
    ).rejects.toMatchObject({ code: 'signInExpired' });
    expect(standIn.heard).toHaveLength(heard);
  });

  test('whoever cancels is told so', async () => {
    scan(null);
    await expect(signIn(make())).rejects.toMatchObject({ code: 'signInDeclined' });
  });

  test('an account that was disabled does not sign in', async () => {
    scan('left');
    await expect(signIn(make())).rejects.toMatchObject({ code: 'accountDisabled' });
  });

  test('the application’s token is asked for once, and anew when it has ended, also before its time', async () => {
    scan('ada');
    const method = make();
    const before = standIn.tokens.count();
    await Promise.all([signIn(method), signIn(method), signIn(method)]);
    expect(standIn.tokens.count()).toBe(before + 1);
    standIn.tokens.endAll();
    expect(await signIn(method)).toEqual(identity);
    expect(standIn.tokens.count()).toBe(before + 2);
  });

  test('a wrong secret is an operator’s matter, and stands in no error', async () => {
    scan('ada');
    const error: Error = await signIn(make('a-wrong-secret')).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'providerRefused' });
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('a-wrong-secret');
  });
});

test('WeCom and DingTalk let nobody in who is none of the company’s', async () => {
  weCom.scannedBy('outside');
  await expect(signIn(newWeCom())).rejects.toMatchObject({ code: 'notAMember' });
  dingTalk.scannedBy('union-outside');
  await expect(signIn(newDingTalk())).rejects.toMatchObject({ code: 'notAMember' });
  dingTalk.scannedBy('union-ada', 'ding-another-company');
  await expect(signIn(newDingTalk())).rejects.toMatchObject({ code: 'notAMember' });
});

test('WeCom shows a code to scan on a computer, and asks silently inside its app', async () => {
  weCom.scannedBy('ada');
  const { url } = await away(newWeCom());
  expect([url.pathname, url.searchParams.get('login_type')]).toEqual(['/wwlogin/sso/login', 'CorpApp']);
  const inApp = await away(newWeCom(), 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/7.0 wxwork/4.1.30');
  expect(inApp.url.pathname).toBe('/connect/oauth2/authorize');
  expect(inApp.url.hash).toBe('#wechat_redirect');
  const anew = await newWeCom().begin({ redirectUri: REDIRECT, again: true, userAgent: 'wxwork/4.1.30' });
  expect(new URL(anew.url).pathname).toBe('/wwlogin/sso/login');
});

test('Feishu and DingTalk, which cannot ask anew who somebody is, are not taken for a new proof', async () => {
  for (const method of [newFeishu(), newDingTalk()])
    await expect(method.begin({ redirectUri: REDIRECT, again: true, userAgent: DESKTOP })).rejects.toMatchObject({
      code: 'cannotProveAnew',
    });
});

test('a code of Feishu’s is of no use without the verifier it was asked for with', async () => {
  feishu.scannedBy('ou_ada');
  const method = newFeishu();
  const { state, query } = await away(method);
  const mixed = { ...state, verifier: 'another'.repeat(8) };
  await expect(method.finish({ redirectUri: REDIRECT, query, state: mixed, again: false })).rejects.toMatchObject({
    code: 'providerRefused',
    reason: '20049',
  });
});

test('a provider that is not there is told as such', async () => {
  const gone = weComMethod({
    ...weCom.settings,
    ...common,
    secret: new Secret('x'),
    apiBase: 'http://127.0.0.1:9',
  });
  await expect(signIn(gone)).rejects.toMatchObject({ code: 'providerAway' });
});
