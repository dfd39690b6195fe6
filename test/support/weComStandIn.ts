import { appTokens, type Heard, oneUseCodes, type Said, startStandIn } from './standIn.ts';

/** A member as 企业微信 keeps him; `outside` is somebody who is none. */
export type WeComMember = {
  readonly userid: string;
  readonly name: string;
  readonly department: readonly number[];
  readonly status?: number;
  readonly biz_mail?: string;
};

/** 企业微信 as its documentation describes it: parameters, answers, numbers of errors; codes once and for five minutes, tokens that end. */
export async function startWeCom(members: readonly WeComMember[]) {
  const app = { corpId: 'ww5f0c11', agentId: '1000002', secret: 'wecom-secret-K3' };
  let now = Date.now();
  const codes = oneUseCodes<string>(() => now);
  const tokens = appTokens(() => now);
  /** Who scans next; nobody: he cancels. */
  let scanner: string | null = members[0]?.userid ?? null;

  const fault = (errcode: number, errmsg: string): Said => ({ json: { errcode, errmsg } });
  const back = ({ query }: Heard): Said => {
    const to = new URL(query.get('redirect_uri') ?? '');
    if (scanner !== null) to.searchParams.set('code', codes.give(scanner));
    to.searchParams.set('state', query.get('state') ?? '');
    return { location: to.href };
  };
  const isOurs = ({ query }: Heard) =>
    query.get('appid') === app.corpId &&
    query.get('agentid') === app.agentId &&
    /^[a-zA-Z0-9]{1,128}$/.test(query.get('state') ?? '') &&
    URL.canParse(query.get('redirect_uri') ?? '');

  const routes: Readonly<Record<string, (heard: Heard) => Said>> = {
    'GET /wwlogin/sso/login': (heard) =>
      isOurs(heard) && heard.query.get('login_type') === 'CorpApp'
        ? back(heard)
        : fault(50001, 'redirect_uri unauthorized'),
    'GET /connect/oauth2/authorize': (heard) =>
      isOurs(heard) && heard.query.get('response_type') === 'code' && heard.query.get('scope') === 'snsapi_base'
        ? back(heard)
        : fault(50001, 'redirect_uri unauthorized'),
    'GET /cgi-bin/gettoken': ({ query }) => {
      if (query.get('corpid') !== app.corpId) return fault(40013, 'invalid corpid');
      if (query.get('corpsecret') !== app.secret) return fault(40001, 'invalid credential');
      return { json: { errcode: 0, errmsg: 'ok', access_token: tokens.give(7200), expires_in: 7200 } };
    },
    'GET /cgi-bin/auth/getuserinfo': ({ query }) => {
      if (!tokens.isGood(query.get('access_token'))) return fault(42001, 'access_token expired');
      const userid = codes.take(query.get('code'));
      if (userid === 'unknown' || userid === 'expired') return fault(40029, 'invalid code');
      return members.some((member) => member.userid === userid)
        ? { json: { errcode: 0, errmsg: 'ok', userid } }
        : { json: { errcode: 0, errmsg: 'ok', openid: `openid-of-${userid}` } };
    },
    'GET /cgi-bin/user/get': ({ query }) => {
      if (!tokens.isGood(query.get('access_token'))) return fault(40014, 'invalid access_token');
      const member = members.find(({ userid }) => userid === query.get('userid'));
      return member ? { json: { errcode: 0, errmsg: 'ok', status: 1, ...member } } : fault(60111, 'userid not found');
    },
  };
  const standIn = await startStandIn(
    (heard) => routes[`${heard.method} ${heard.path}`]?.(heard) ?? { status: 404, json: { errcode: 404 } },
  );
  return {
    ...standIn,
    app,
    tokens,
    scannedBy: (userid: string | null) => {
      scanner = userid;
    },
    pass: (ms: number) => {
      now += ms;
    },
    settings: {
      id: 'wecom',
      kind: 'weCom' as const,
      label: '企业微信',
      labelEn: 'WeCom',
      corpId: app.corpId,
      agentId: app.agentId,
      loginBase: standIn.url,
      inAppBase: standIn.url,
      apiBase: standIn.url,
    },
  };
}
