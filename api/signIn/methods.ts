import { DomainError } from '../../domain/errors.ts';

/**
 * Ways to sign in, as one port. A method finds out who somebody is in its own words; which person of the company that is, and
 * the session, come after it and are the same for all (`api/signIn/entering.ts`).
 */

/** Who somebody is to a method. */
export type ExternalIdentity = {
  /** The method's id. */
  readonly method: string;
  /** The method's lasting name for him: never an address or a name that may be given to another. */
  readonly subject: string;
  /** The login of the person he is, by the attribute configured for matching; only where one is configured. */
  readonly login?: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly email?: string;
  /** When he proved himself to a provider, where it says so; a provider that knew him already lets him through without. */
  readonly provenAt?: Date;
  readonly groups: readonly string[];
};

type Named = {
  /** As it stands in addresses and in `identities.method`: `local`, `ldap`, `oidc`, `wecom`, … */
  readonly id: string;
  readonly label: string;
  readonly labelEn: string;
};

/** Login and password are typed into the console's own page. */
export type PasswordMethod = Named & {
  readonly kind: 'password';
  /** null where login or password is wrong, and not which. Takes as long for a login nobody has. */
  check(login: string, password: string): Promise<ExternalIdentity | null>;
};

/** What a redirect method keeps between its two halves: `state`, `nonce`, PKCE verifier. Stored, never shown. */
export type RedirectState = Readonly<Record<string, string>>;

/** The browser goes to a provider and comes back. */
export type RedirectMethod = Named & {
  readonly kind: 'redirect';
  /** Whether it can be made to ask somebody whom it knows already. */
  readonly provesAnew: boolean;
  /** Where to send the browser. `again`: the provider is to ask him anew, even if it knows him (step-up). */
  begin(trip: {
    readonly redirectUri: string;
    readonly again: boolean;
    /** The browser's own: inside a provider's app the way is another. */
    readonly userAgent: string;
  }): Promise<{ url: string; state: RedirectState }>;
  /** @throws DomainError `providerRefused` where the provider, or the check of what it sent, says no. */
  finish(trip: {
    readonly redirectUri: string;
    readonly query: Readonly<Record<string, string>>;
    readonly state: RedirectState;
    readonly again: boolean;
  }): Promise<ExternalIdentity>;
  /** Where to end one's session at the provider too, and come `back` from there; null where it offers none. */
  end?(back: string): Promise<string | null>;
};

export type SignInMethod = PasswordMethod | RedirectMethod;

/** @throws DomainError `notFound` for a method that is not configured */
export function methodOf<Kind extends SignInMethod['kind']>(
  methods: readonly SignInMethod[],
  id: string,
  kind: Kind,
): Extract<SignInMethod, { kind: Kind }> {
  const found = methods.find((method) => method.id === id && method.kind === kind);
  if (!found) throw new DomainError('notFound');
  return found as Extract<SignInMethod, { kind: Kind }>;
}
