import * as oidc from 'openid-client';
import { isLoopback } from '../../platform/config.ts';
import type { MethodSettingsOf } from '../../platform/signInSettings.ts';
import type { RedirectMethod } from './methods.ts';
import { newState, ProviderError, requireState } from './provider.ts';

const TIMEOUT_S = 10;
/** How long one may take at the provider between proving oneself and coming back. */
const MAX_AGE_S = 600;
/** What the provider said of itself is asked again after an hour; its keys are asked again whenever one is unknown. */
const DISCOVERY_MS = 3_600_000;

/**
 * OpenID Connect with any provider: authorization code with PKCE, state, nonce and issuer checked, the ID token's signature, times and
 * audience too. What the ID token does not tell is asked of the userinfo endpoint.
 */
export function openIdConnectMethod(settings: MethodSettingsOf<'openIdConnect'>): RedirectMethod {
  const { id, label, labelEn, issuer, clientId, scopes, groupsClaim, personBy } = settings;
  const discovered = createDiscovery(settings);

  return {
    id,
    kind: 'redirect',
    provesAnew: true,
    label,
    labelEn,
    async begin({ redirectUri, again }) {
      const configuration = await discovered();
      const verifier = oidc.randomPKCECodeVerifier();
      const nonce = oidc.randomNonce();
      const state = newState();
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Somebody else may have left his session at the provider open: he is to prove himself again.
        ...(again ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { url: url.href, state: { state, verifier, nonce, since: String(Math.floor(Date.now() / 1000)) } };
    },
    async finish({ query, redirectUri, state: kept, again }) {
      requireState(id, query, kept);
      const configuration = await discovered();
      // An answer from another provider than the one asked is looked at no further (RFC 9207).
      if (query.iss !== undefined && query.iss !== configuration.serverMetadata().issuer)
        throw new ProviderError('providerRefused', id, 'otherIssuer');
      if (query.error !== undefined)
        throw new ProviderError(
          query.error === 'access_denied' ? 'signInDeclined' : 'providerRefused',
          id,
          query.error,
        );
      const callback = new URL(redirectUri);
      callback.search = new URLSearchParams(query).toString();
      const tokens = await oidc
        .authorizationCodeGrant(configuration, callback, {
          expectedState: kept.state ?? '',
          expectedNonce: kept.nonce ?? '',
          pkceCodeVerifier: kept.verifier ?? '',
          idTokenExpected: true,
          ...(again ? { maxAge: MAX_AGE_S } : {}),
        })
        .catch((error: unknown) => fail(id, error));
      const proven = tokens.claims();
      if (proven === undefined) throw new ProviderError('providerRefused', id, 'noIdToken');
      // The library allows for a lag; what was proven before he was sent proves nothing now.
      if (again && (proven.auth_time ?? 0) + settings.clockToleranceSeconds < Number(kept.since))
        throw new ProviderError('providerRefused', id, 'oldAuthentication');
      const told = configuration.serverMetadata().userinfo_endpoint
        ? await oidc
            .fetchUserInfo(configuration, tokens.access_token, proven.sub)
            .catch((error: unknown) => fail(id, error))
        : {};
      const claims: Readonly<Record<string, unknown>> = { ...told, ...proven };
      return {
        method: id,
        subject: proven.sub,
        ...(proven.auth_time === undefined ? {} : { provenAt: new Date(proven.auth_time * 1000) }),
        name: textOf(claims.name),
        email: claims.email_verified === false ? undefined : textOf(claims.email),
        login: personBy === undefined ? undefined : textOf(claims[personBy]),
        groups: listOf(claims[groupsClaim]),
      };
    },
    async end(back) {
      const configuration = await discovered();
      if (!configuration.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: back, client_id: clientId }).href;
    },
  };

  function createDiscovery({ clientSecret, clientAuthentication, clockToleranceSeconds }: typeof settings) {
    const authentication = (secret: string) =>
      clientAuthentication === 'post' ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
    let known: { readonly answer: Promise<oidc.Configuration>; readonly until: number } | null = null;
    return (): Promise<oidc.Configuration> => {
      if (known && Date.now() < known.until) return known.answer;
      const answer = oidc
        .discovery(
          new URL(issuer),
          clientId,
          { [oidc.clockTolerance]: clockToleranceSeconds },
          clientSecret ? authentication(clientSecret.reveal()) : oidc.None(),
          {
            timeout: TIMEOUT_S,
            // The ID token's signature is checked even though it came straight from the provider.
            execute: [
              oidc.enableNonRepudiationChecks,
              ...(isLoopback(new URL(issuer).hostname) ? [oidc.allowInsecureRequests] : []),
            ],
          },
        )
        .catch((error: unknown) => {
          known = null;
          return fail(id, error);
        });
      known = { answer, until: Date.now() + DISCOVERY_MS };
      return answer;
    };
  }
}

/** What the library throws, as our own; its messages may quote what the provider sent. */
function fail(id: string, error: unknown): never {
  if (error instanceof oidc.AuthorizationResponseError) throw new ProviderError('providerRefused', id, error.error);
  if (error instanceof oidc.ResponseBodyError)
    throw new ProviderError(error.error === 'invalid_grant' ? 'signInExpired' : 'providerRefused', id, error.error);
  const { code, name } = error as { code?: unknown; name?: unknown };
  const isAway =
    name === 'TimeoutError' || (error instanceof TypeError && code === undefined) || code === 'OAUTH_TIMEOUT';
  throw new ProviderError(
    isAway ? 'providerAway' : 'providerRefused',
    id,
    typeof code === 'string' ? code : String(name),
  );
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** A list of words, or one word; anything else names no group. */
const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');
