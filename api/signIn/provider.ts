import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { DomainError, type ErrorCode } from '../../domain/errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { RedirectState } from './methods.ts';

/** What a provider, or the check of what it sent, may say no with. */
export type ProviderFault = Extract<
  ErrorCode,
  | 'signInDeclined'
  | 'signInExpired'
  | 'notAMember'
  | 'accountDisabled'
  | 'accountLocked'
  | 'accountPasswordExpired'
  | 'cannotProveAnew'
  | 'providerRefused'
  | 'providerAway'
>;

/** `reason` is for operators: a code of the provider's documentation, never a token, a code of a sign-in or a name. */
export class ProviderError extends DomainError {
  readonly reason: string;
  constructor(fault: ProviderFault, method: string, reason: string) {
    super(fault, { method });
    this.name = 'ProviderError';
    // What a provider calls its code is not known; it must not carry anything else into the log.
    this.reason = /^[\w.-]{1,80}$/.test(reason) ? reason : 'unreadable';
  }
}

/** The origin that a provider knows this system by; without a public address configured, as the browser sees this host. */
export const originOf = ({ signIn }: Pick<ApiDeps, 'signIn'>, request: Request): string =>
  signIn.publicUrl ?? `${request.protocol}://${request.get('Host')}`;

/** 256 random bits; hexadecimal, since WeCom takes letters and digits only. */
export const newState = (): string => randomBytes(32).toString('hex');

/** Whoever comes back is the one that was sent. @throws ProviderError `signInExpired` */
export function requireState(method: string, query: Readonly<Record<string, string>>, kept: RedirectState): void {
  const wanted = Buffer.from(kept.state ?? '');
  const given = Buffer.from(query.state ?? '');
  if (wanted.length === 0 || wanted.length !== given.length || !timingSafeEqual(wanted, given))
    throw new ProviderError('signInExpired', method, 'otherState');
}

const TIMEOUT_MS = 10_000;

type Asked = {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Asks a provider that answers in JSON; `isWell` and `codeOf` read whether and how an answer is an error. */
export function createProvider<Answer>(
  method: string,
  isWell: (answer: Answer) => boolean,
  codeOf: (answer: Answer) => string,
) {
  async function ask<T>(verb: 'GET' | 'POST', address: string, { query = {}, headers = {}, body }: Asked): Promise<T> {
    const url = new URL(address);
    url.search = new URLSearchParams(query).toString();
    const answer = await fetch(url, {
      method: verb,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
      .then(
        async (response) => ({ status: response.status, body: (await response.json()) as T & Answer }),
        // Its error may quote the address, and with it a secret.
        () => null,
      )
      .catch(() => null);
    if (answer === null || typeof answer.body !== 'object' || answer.body === null)
      throw new ProviderError('providerAway', method, 'noAnswer');
    if (!isWell(answer.body)) throw new ProviderError('providerRefused', method, codeOf(answer.body));
    if (answer.status >= 500) throw new ProviderError('providerAway', method, String(answer.status));
    if (answer.status >= 400) throw new ProviderError('providerRefused', method, String(answer.status));
    return answer.body;
  }
  const as =
    (fault: ProviderFault) =>
    (...codes: readonly (string | number)[]) =>
    (error: unknown): never => {
      if (error instanceof ProviderError && codes.map(String).includes(error.reason))
        throw new ProviderError(fault, method, error.reason);
      throw error;
    };
  return {
    get: <T>(address: string, asked: Asked) => ask<T>('GET', address, asked),
    post: <T>(address: string, asked: Asked) => ask<T>('POST', address, asked),
    /** These codes mean that the code of this sign-in was used, unknown or too old. */
    endedBy: as('signInExpired'),
    /** These codes mean that the person is none of the company's. */
    refusedBy: as('notAMember'),
  };
}

/** A token is renewed a little before it ends. */
const SPARE_MS = 120_000;

/** The application's own token: asked for once by any number of sign-ins, kept until shortly before it ends. */
export function createAppToken(fetchToken: () => Promise<{ token: string; seconds: number }>, now = Date.now) {
  let current: { readonly answer: Promise<string>; until: number } | null = null;

  function renewed(): Promise<string> {
    const mine = {
      until: Number.POSITIVE_INFINITY,
      answer: fetchToken().then(({ token, seconds }) => {
        mine.until = now() + Math.max(seconds * 1000 - SPARE_MS, 0);
        return token;
      }),
    };
    current = mine;
    // What failed is not kept.
    mine.answer.catch(() => {
      if (current === mine) current = null;
    });
    return mine.answer;
  }
  const token = () => (current && now() < current.until ? current.answer : renewed());

  return {
    /** Does what needs the token; once more with a new one, where the provider ended it before its time. */
    async used<T>(work: (token: string) => Promise<T>, hasEnded: (code: string) => boolean): Promise<T> {
      const first = await token();
      try {
        return await work(first);
      } catch (error) {
        if (!(error instanceof ProviderError && hasEnded(error.reason))) throw error;
        const again = current && (await current.answer) !== first ? await current.answer : await renewed();
        return work(again);
      }
    },
  };
}
