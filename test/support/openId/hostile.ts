import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { startStandIn } from '../standIn.ts';

type Claims = Record<string, unknown>;

/** A provider that sends whatever one tells it to: for what a real one never sends. */
export async function startHostileProvider() {
  const [own, foreign] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  if (!own || !foreign) throw new Error('no keys');
  let claims: (usual: Claims) => Claims = (usual) => usual;
  let signing: 'own' | 'foreign' | 'none' = 'own';
  let userinfoSub: string | null = null;
  const codes = new Map<string, { nonce: string; challenge: string }>();
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  const standIn = await startStandIn(({ method, path, form }) => {
    const issuer = standIn.url;
    if (path === '/.well-known/openid-configuration')
      return {
        json: {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/me`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        },
      };
    if (path === '/keys')
      return { json: { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] } };
    if (path === '/me') return { json: { sub: userinfoSub ?? 'mallory', name: 'Mallory' } };
    if (method !== 'POST' || path !== '/token') return { status: 404, json: {} };
    const held = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proves = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!held || proves !== held.challenge) return { status: 400, json: { error: 'invalid_grant' } };
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: issuer, sub: 'mallory', aud: 'approvals', iat: now, exp: now + 300, nonce: held.nonce };
    const head = part(signing === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: '1' });
    const text = `${head}.${part(claims(usual))}`;
    const signature =
      signing === 'none'
        ? ''
        : createSign('RSA-SHA256')
            .update(text)
            .sign((signing === 'own' ? own : foreign).privateKey)
            .toString('base64url');
    return { json: { access_token: 'AT', token_type: 'Bearer', expires_in: 300, id_token: `${text}.${signature}` } };
  });

  return {
    issuer: standIn.url,
    /** What the next tokens say, and who signs them. */
    send(change: (usual: Claims) => Claims, by: typeof signing = 'own') {
      claims = change;
      signing = by;
    },
    tellsOf(sub: string | null) {
      userinfoSub = sub;
    },
    /** Where the browser comes back with, having been at `url`. */
    answer(url: string): Record<string, string> {
      const asked = new URL(url).searchParams;
      const code = `CODE-${Math.random().toString(36).slice(2)}`;
      codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '' });
      return { code, state: asked.get('state') ?? '' };
    },
  };
}
