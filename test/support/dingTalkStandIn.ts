import { appTokens, type Heard, oneUseCodes, type Said, startStandIn } from './standIn.ts';

export type DingTalkUser = {
  readonly userid: string;
  readonly unionid: string;
  readonly name: string;
  readonly job_number?: string;
  readonly org_email?: string;
  readonly active?: boolean;
  readonly dept_id_list: readonly number[];
  readonly role_list?: readonly { readonly name: string }[];
};

/** 钉钉 as its documentation describes it: the newer interface answers with codes of words and a status, the older one with numbers. */
export async function startDingTalk(users: readonly DingTalkUser[]) {
  const app = { clientId: 'dingoa1b2', clientSecret: 'dingtalk-secret-K3', corpId: 'ding9f8e' };
  let now = Date.now();
  const codes = oneUseCodes<{ unionId: string; corpId: string }>(() => now);
  const tokens = appTokens(() => now);
  const userTokens = new Map<string, string>();
  let scanner: { unionId: string; corpId: string } | null = { unionId: users[0]?.unionid ?? '', corpId: app.corpId };

  const words = (status: number, code: string): Said => ({ status, json: { code, message: code, requestid: 'R' } });
  const number = (errcode: number, errmsg: string): Said => ({ json: { errcode, errmsg, request_id: 'r' } });
  const routes: Readonly<Record<string, (heard: Heard) => Said>> = {
    'GET /oauth2/auth': ({ query }) => {
      const redirectUri = query.get('redirect_uri') ?? '';
      const asked = query.get('client_id') === app.clientId && query.get('response_type') === 'code';
      const scopes = (query.get('scope') ?? '').split(' ');
      if (!asked || !scopes.includes('openid') || query.get('prompt') !== 'consent' || !URL.canParse(redirectUri))
        return words(400, 'invalidParameter');
      const to = new URL(redirectUri);
      to.searchParams.set('state', query.get('state') ?? '');
      if (scanner === null) to.searchParams.set('error', 'access_denied');
      else to.searchParams.set('authCode', codes.give(scanner));
      return { location: to.href };
    },
    'POST /v1.0/oauth2/userAccessToken': ({ body }) => {
      if (body?.clientId !== app.clientId) return words(400, 'invalidClientId');
      if (body.clientSecret !== app.clientSecret) return words(400, 'invalidClientSecret');
      if (body.grantType !== 'authorization_code') return words(400, 'invalidGrantType');
      const held = codes.take(body.code);
      if (held === 'unknown' || held === 'expired') return words(400, 'invalidParameter.authCode.notFound');
      const accessToken = `USER-${Math.random().toString(36).slice(2)}`;
      userTokens.set(accessToken, held.unionId);
      return { json: { accessToken, refreshToken: 'unused', expireIn: 7200, corpId: held.corpId } };
    },
    'GET /v1.0/contact/users/me': ({ headers }) => {
      const unionId = userTokens.get(String(headers['x-acs-dingtalk-access-token']));
      return unionId
        ? { json: { nick: 'nick', unionId, openId: `o-${unionId}` } }
        : words(401, 'InvalidAuthentication');
    },
    'POST /v1.0/oauth2/accessToken': ({ body }) =>
      body?.appKey === app.clientId && body.appSecret === app.clientSecret
        ? { json: { accessToken: tokens.give(7200), expireIn: 7200 } }
        : words(400, 'invalidClientIdOrSecret'),
    'POST /topapi/user/getbyunionid': ({ query, body }) => {
      if (!tokens.isGood(query.get('access_token'))) return number(40014, '不合法的access_token');
      const user = users.find(({ unionid }) => unionid === body?.unionid);
      return user
        ? { json: { errcode: 0, errmsg: 'ok', result: { contact_type: 0, userid: user.userid } } }
        : number(60121, '找不到该用户');
    },
    'POST /topapi/v2/user/get': ({ query, body }) => {
      if (!tokens.isGood(query.get('access_token'))) return number(40014, '不合法的access_token');
      const user = users.find(({ userid }) => userid === body?.userid);
      return user
        ? { json: { errcode: 0, errmsg: 'ok', result: { active: true, ...user } } }
        : number(60121, '找不到该用户');
    },
  };
  const standIn = await startStandIn(
    (heard) => routes[`${heard.method} ${heard.path}`]?.(heard) ?? { status: 404, json: { code: 'NotFound' } },
  );
  return {
    ...standIn,
    app,
    tokens,
    scannedBy: (unionId: string | null, corpId = app.corpId) => {
      scanner = unionId === null ? null : { unionId, corpId };
    },
    pass: (ms: number) => {
      now += ms;
    },
    settings: {
      id: 'dingtalk',
      kind: 'dingTalk' as const,
      label: '钉钉',
      labelEn: 'DingTalk',
      clientId: app.clientId,
      corpId: app.corpId,
      loginBase: standIn.url,
      apiBase: standIn.url,
      oapiBase: standIn.url,
    },
  };
}
