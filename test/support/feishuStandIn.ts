import { createHash } from 'node:crypto';
import { appTokens, type Heard, oneUseCodes, type Said, startStandIn } from './standIn.ts';

export type FeishuUser = {
  readonly open_id: string;
  readonly name: string;
  readonly en_name?: string;
  readonly employee_no?: string;
  readonly enterprise_email?: string;
  readonly department_ids: readonly string[];
  readonly status?: { readonly is_frozen?: boolean; readonly is_resigned?: boolean };
};

/** 飞书 as its documentation describes it: PKCE, codes once and for five minutes, tokens of the user and of the application. */
export async function startFeishu(users: readonly FeishuUser[]) {
  const app = { appId: 'cli_a5ca35a685b0x26e', appSecret: 'feishu-secret-K3' };
  let now = Date.now();
  const codes = oneUseCodes<{ openId: string; challenge: string; redirectUri: string }>(() => now);
  const tokens = appTokens(() => now);
  const userTokens = new Map<string, string>();
  let scanner: string | null = users[0]?.open_id ?? null;

  const fault = (code: number, error: string): Said => ({
    status: 400,
    json: { code, error, error_description: error },
  });
  const bearer = ({ headers }: Heard) => /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const routes: Readonly<Record<string, (heard: Heard) => Said>> = {
    'GET /open-apis/authen/v1/authorize': ({ query }) => {
      const redirectUri = query.get('redirect_uri') ?? '';
      if (query.get('client_id') !== app.appId || query.get('response_type') !== 'code' || !URL.canParse(redirectUri))
        return fault(20029, 'redirect_uri request invalid');
      if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
        return fault(20001, 'code_challenge missing');
      const to = new URL(redirectUri);
      to.searchParams.set('state', query.get('state') ?? '');
      if (scanner === null) to.searchParams.set('error', 'access_denied');
      else
        to.searchParams.set(
          'code',
          codes.give({ openId: scanner, challenge: query.get('code_challenge') ?? '', redirectUri }),
        );
      return { location: to.href };
    },
    'POST /open-apis/authen/v2/oauth/token': ({ body }) => {
      if (!body) return fault(20001, 'invalid_request');
      if (body.grant_type !== 'authorization_code') return fault(20036, 'unsupported_grant_type');
      if (body.client_id !== app.appId) return fault(20048, 'invalid_client');
      if (body.client_secret !== app.appSecret) return fault(20002, 'invalid_client');
      const held = codes.take(body.code);
      if (held === 'unknown') return fault(20003, 'invalid_grant');
      if (held === 'expired') return fault(20004, 'invalid_grant');
      if (held.redirectUri !== body.redirect_uri) return fault(20071, 'invalid_grant');
      if (createHash('sha256').update(String(body.code_verifier)).digest('base64url') !== held.challenge)
        return fault(20049, 'invalid_grant');
      const token = `USER-${Math.random().toString(36).slice(2)}`;
      userTokens.set(token, held.openId);
      return { json: { code: 0, access_token: token, expires_in: 7200, token_type: 'Bearer', scope: '' } };
    },
    'GET /open-apis/authen/v1/user_info': (heard) => {
      const user = users.find(({ open_id: openId }) => openId === userTokens.get(bearer(heard)));
      if (!user) return { status: 400, json: { code: 20005, msg: 'The user access token passed is invalid.' } };
      const { department_ids: _departments, status: _status, ...told } = user;
      return { json: { code: 0, msg: 'success', data: told } };
    },
    'POST /open-apis/auth/v3/tenant_access_token/internal': ({ body }) =>
      body?.app_id === app.appId && body.app_secret === app.appSecret
        ? { json: { code: 0, msg: 'ok', tenant_access_token: tokens.give(7200), expire: 7200 } }
        : { json: { code: 10014, msg: 'app secret invalid' } },
  };
  const standIn = await startStandIn((heard) => {
    const route = routes[`${heard.method} ${heard.path}`];
    if (route) return route(heard);
    const openId = /^\/open-apis\/contact\/v3\/users\/([^/]+)$/.exec(heard.path)?.[1];
    const user = users.find(({ open_id: each }) => each === openId);
    if (heard.method !== 'GET' || heard.query.get('user_id_type') !== 'open_id' || !user)
      return { status: 404, json: { code: 404, msg: 'not found' } };
    if (!tokens.isGood(bearer(heard))) return { status: 400, json: { code: 99991663, msg: 'Invalid access token' } };
    const { department_ids, status = {} } = user;
    return { json: { code: 0, msg: 'success', data: { user: { open_id: openId, department_ids, status } } } };
  });
  return {
    ...standIn,
    app,
    tokens,
    scannedBy: (openId: string | null) => {
      scanner = openId;
    },
    pass: (ms: number) => {
      now += ms;
    },
    settings: {
      id: 'feishu',
      kind: 'feishu' as const,
      label: '飞书',
      labelEn: 'Feishu',
      appId: app.appId,
      accountsBase: standIn.url,
      apiBase: standIn.url,
    },
  };
}
