import { createHash, randomBytes } from 'node:crypto';
import type { MethodSettingsOf } from '../../platform/signInSettings.ts';
import type { RedirectMethod } from './methods.ts';
import { createAppToken, createProvider, newState, ProviderError, requireState } from './provider.ts';

type Answer = { code: number; msg?: string };
type UserInfo = {
  open_id: string;
  union_id?: string;
  user_id?: string;
  name?: string;
  en_name?: string;
  email?: string;
  enterprise_email?: string;
  employee_no?: string;
};
type User = {
  department_ids?: string[];
  status?: { is_frozen?: boolean; is_resigned?: boolean; is_exited?: boolean; is_unjoin?: boolean };
};

/** 20003, 20004: a code that is unknown, was used or is older than five minutes; 20024: another application's. */
const CODE_ENDED = [20003, 20004, 20024];
/** 20010: the application is not open to this person. */
const NOT_OPEN_TO = 20010;
/** 99991663, 99991661: the application's token has ended, or is missing. */
const TOKEN_ENDED = [99991663, 99991661];

/** 飞书: OAuth 2.0 with PKCE, the same address on a computer and inside the app; groups are the ids of departments. */
export function feishuMethod(settings: MethodSettingsOf<'feishu'>): RedirectMethod {
  const { id, label, labelEn, appId, appSecret, accountsBase, apiBase, personBy } = settings;
  const provider = createProvider(
    id,
    (answer: Answer) => answer.code === 0,
    ({ code }) => String(code),
  );
  const token = createAppToken(async () => {
    const answer = await provider.post<Answer & { tenant_access_token: string; expire: number }>(
      `${apiBase}/open-apis/auth/v3/tenant_access_token/internal`,
      { body: { app_id: appId, app_secret: appSecret.reveal() } },
    );
    return { token: answer.tenant_access_token, seconds: answer.expire };
  });

  return {
    id,
    kind: 'redirect',
    provesAnew: false,
    label,
    labelEn,
    async begin({ redirectUri, again }) {
      // Inside the app it asks nothing, and there is no way to make it.
      if (again) throw new ProviderError('cannotProveAnew', id, 'noPrompt');
      const state = newState();
      const verifier = randomBytes(32).toString('base64url');
      const url = new URL(`${accountsBase}/open-apis/authen/v1/authorize`);
      url.search = new URLSearchParams({
        client_id: appId,
        response_type: 'code',
        redirect_uri: redirectUri,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return { url: url.href, state: { state, verifier } };
    },
    async finish({ query, redirectUri, state }) {
      requireState(id, query, state);
      const code = query.code;
      if (!code) throw new ProviderError('signInDeclined', id, query.error ?? 'noCode');
      const { access_token: userToken } = await provider
        .post<Answer & { access_token: string }>(`${apiBase}/open-apis/authen/v2/oauth/token`, {
          body: {
            grant_type: 'authorization_code',
            client_id: appId,
            client_secret: appSecret.reveal(),
            code,
            redirect_uri: redirectUri,
            code_verifier: state.verifier,
          },
        })
        .catch(provider.endedBy(...CODE_ENDED))
        .catch(provider.refusedBy(NOT_OPEN_TO));
      const { data: info } = await provider.get<Answer & { data: UserInfo }>(
        `${apiBase}/open-apis/authen/v1/user_info`,
        {
          headers: { Authorization: `Bearer ${userToken}` },
        },
      );
      const { data } = await token.used(
        (tenantToken) =>
          provider.get<Answer & { data: { user: User } }>(
            `${apiBase}/open-apis/contact/v3/users/${encodeURIComponent(info.open_id)}`,
            {
              query: { user_id_type: 'open_id', department_id_type: 'open_department_id' },
              headers: { Authorization: `Bearer ${tenantToken}` },
            },
          ),
        (code) => TOKEN_ENDED.includes(Number(code)),
      );
      const { status = {}, department_ids: departments = [] } = data.user;
      if (status.is_frozen || status.is_resigned || status.is_exited || status.is_unjoin)
        throw new ProviderError('accountDisabled', id, 'status');
      return {
        method: id,
        subject: info.open_id,
        name: info.name,
        nameEn: info.en_name || undefined,
        email: info.enterprise_email || info.email || undefined,
        login: (personBy && info[personBy]) || undefined,
        groups: departments,
      };
    },
  };
}
