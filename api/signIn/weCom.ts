import type { MethodSettingsOf } from '../../platform/signInSettings.ts';
import type { RedirectMethod } from './methods.ts';
import { createAppToken, createProvider, newState, ProviderError, requireState } from './provider.ts';

type Answer = { errcode: number; errmsg?: string };
type Member = Answer & {
  userid?: string;
  name?: string;
  english_name?: string;
  email?: string;
  biz_mail?: string;
  department?: number[];
  /** 1 active, 2 disabled, 4 not activated, 5 left */
  status?: number;
};

/** 40014 and 42001: the application's token is not, or no longer, valid. */
const TOKEN_ENDED = [40014, 42001];
/** 40029: a code that is unknown, was used or is older than five minutes. */
const CODE_ENDED = 40029;

/** 企业微信: a code to scan on a computer, silent authorization inside the app; groups are the ids of departments. */
export function weComMethod(settings: MethodSettingsOf<'weCom'>): RedirectMethod {
  const { id, label, labelEn, corpId, agentId, secret, loginBase, inAppBase, apiBase, personBy } = settings;
  const provider = createProvider(
    id,
    (answer: Answer) => answer.errcode === 0,
    ({ errcode }) => String(errcode),
  );
  const token = createAppToken(async () => {
    const answer = await provider.get<Answer & { access_token: string; expires_in: number }>(
      `${apiBase}/cgi-bin/gettoken`,
      { query: { corpid: corpId, corpsecret: secret.reveal() } },
    );
    return { token: answer.access_token, seconds: answer.expires_in };
  });

  /** Asks with the application's token, once more with a new one where the token has ended before its time. */
  const ask = <T extends Answer>(path: string, query: Record<string, string>) =>
    token.used(
      (access_token) => provider.get<T>(`${apiBase}${path}`, { query: { access_token, ...query } }),
      (code) => TOKEN_ENDED.includes(Number(code)),
    );

  return {
    id,
    kind: 'redirect',
    provesAnew: true,
    label,
    labelEn,
    async begin({ redirectUri, userAgent, again }) {
      const state = newState();
      // The silent way proves nothing anew: whoever is to prove himself scans.
      const isInApp = /wxwork/i.test(userAgent) && !again;
      const url = new URL(isInApp ? `${inAppBase}/connect/oauth2/authorize` : `${loginBase}/wwlogin/sso/login`);
      url.search = new URLSearchParams(
        isInApp
          ? {
              appid: corpId,
              redirect_uri: redirectUri,
              response_type: 'code',
              scope: 'snsapi_base',
              state,
              agentid: agentId,
            }
          : { login_type: 'CorpApp', appid: corpId, agentid: agentId, redirect_uri: redirectUri, state },
      ).toString();
      if (isInApp) url.hash = 'wechat_redirect';
      return { url: url.href, state: { state } };
    },
    async finish({ query, state }) {
      requireState(id, query, state);
      const code = query.code;
      // Whoever cancels comes back without a code.
      if (!code) throw new ProviderError('signInDeclined', id, 'noCode');
      const { userid } = await ask<Answer & { userid?: string }>('/cgi-bin/auth/getuserinfo', { code }).catch(
        provider.endedBy(CODE_ENDED),
      );
      // Only members of the company have one; anybody else's is an openid.
      if (!userid) throw new ProviderError('notAMember', id, 'noUserid');
      const member = await ask<Member>('/cgi-bin/user/get', { userid });
      if (member.status !== undefined && member.status !== 1)
        throw new ProviderError('accountDisabled', id, `status${member.status}`);
      const email = member.biz_mail || member.email || undefined;
      return {
        method: id,
        subject: userid,
        name: member.name,
        nameEn: member.english_name || undefined,
        email,
        login: personBy === 'userid' ? userid : personBy === 'email' ? email : undefined,
        groups: (member.department ?? []).map(String),
      };
    },
  };
}
