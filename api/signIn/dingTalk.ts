import type { MethodSettingsOf } from '../../platform/signInSettings.ts';
import type { RedirectMethod } from './methods.ts';
import { createAppToken, createProvider, newState, ProviderError, requireState } from './provider.ts';

/** The newer interface answers with an HTTP status and a code of words, the older one with a number. */
type Answer = { code?: string; errcode?: number };
type User = {
  userid: string;
  unionid?: string;
  name?: string;
  job_number?: string;
  email?: string;
  org_email?: string;
  active?: boolean;
  dept_id_list?: number[];
  role_list?: { name: string }[];
};

/** A code that is unknown, was used or is too old. */
const CODE_ENDED = ['invalidParameter.authCode.notFound', 'invalidParameter.authCode.notExist'];
/** 60121: no such user in this company. */
const NOT_A_MEMBER = 60121;
/** 40014, 42001, 88: the application's token has ended. */
const TOKEN_ENDED = ['40014', '42001', '88', 'InvalidAuthentication'];

/** 钉钉: OAuth 2.0 by the company's own application, in browsers and inside the app; groups are departments' ids and roles' names. */
export function dingTalkMethod(settings: MethodSettingsOf<'dingTalk'>): RedirectMethod {
  const { id, label, labelEn, clientId, clientSecret, corpId, loginBase, apiBase, oapiBase, personBy } = settings;
  const provider = createProvider(
    id,
    ({ code, errcode = 0 }: Answer) => code === undefined && errcode === 0,
    ({ code, errcode }) => code ?? String(errcode),
  );
  const token = createAppToken(async () => {
    const answer = await provider.post<Answer & { accessToken: string; expireIn: number }>(
      `${apiBase}/v1.0/oauth2/accessToken`,
      { body: { appKey: clientId, appSecret: clientSecret.reveal() } },
    );
    return { token: answer.accessToken, seconds: answer.expireIn };
  });
  const ask = <T>(path: string, body: Record<string, string>) =>
    token.used(
      (access_token) => provider.post<Answer & { result: T }>(`${oapiBase}${path}`, { query: { access_token }, body }),
      (code) => TOKEN_ENDED.includes(code),
    );

  return {
    id,
    kind: 'redirect',
    provesAnew: false,
    label,
    labelEn,
    async begin({ redirectUri, again }) {
      // It asks for consent each time, and never for a password.
      if (again) throw new ProviderError('cannotProveAnew', id, 'consentOnly');
      const state = newState();
      const url = new URL(`${loginBase}/oauth2/auth`);
      url.search = new URLSearchParams({
        redirect_uri: redirectUri,
        response_type: 'code',
        client_id: clientId,
        scope: 'openid corpid',
        state,
        prompt: 'consent',
        corpId,
      }).toString();
      return { url: url.href, state: { state } };
    },
    async finish({ query, state }) {
      requireState(id, query, state);
      const code = query.authCode ?? query.code;
      if (!code) throw new ProviderError('signInDeclined', id, query.error ?? 'noCode');
      const user = await provider
        .post<Answer & { accessToken: string; corpId?: string }>(`${apiBase}/v1.0/oauth2/userAccessToken`, {
          body: { clientId, clientSecret: clientSecret.reveal(), code, grantType: 'authorization_code' },
        })
        .catch(provider.endedBy(...CODE_ENDED));
      // A person may belong to several companies, and chooses one on the way.
      if (user.corpId !== undefined && user.corpId !== corpId)
        throw new ProviderError('notAMember', id, 'otherCompany');
      const me = await provider.get<Answer & { unionId: string; email?: string }>(`${apiBase}/v1.0/contact/users/me`, {
        headers: { 'x-acs-dingtalk-access-token': user.accessToken },
      });
      const { result: found } = await ask<{ userid: string }>('/topapi/user/getbyunionid', {
        unionid: me.unionId,
      }).catch(provider.refusedBy(NOT_A_MEMBER));
      const { result: member } = await ask<User>('/topapi/v2/user/get', { userid: found.userid, language: 'zh_CN' });
      if (member.active === false) throw new ProviderError('accountDisabled', id, 'inactive');
      return {
        method: id,
        subject: member.userid,
        name: member.name,
        email: member.org_email || member.email || undefined,
        login: (personBy && member[personBy]) || undefined,
        groups: [...(member.dept_id_list ?? []).map(String), ...(member.role_list ?? []).map(({ name }) => name)],
      };
    },
  };
}
