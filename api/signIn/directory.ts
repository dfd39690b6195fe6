import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AndFilter,
  Client,
  type Entry,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  FilterParser,
  InvalidCredentialsError,
  ResultCodeError,
} from 'ldapts';
import type { MethodSettingsOf } from '../../platform/signInSettings.ts';
import type { ExternalIdentity, PasswordMethod } from './methods.ts';
import { ProviderError } from './provider.ts';

/** Active Directory's rule that follows groups within groups (LDAP_MATCHING_RULE_IN_CHAIN). */
const IN_CHAIN = '1.2.840.113556.1.4.1941';
/** Bits of Active Directory's userAccountControl. */
const DISABLED = 0x2;
const LOCKED = 0x10;
/** What Active Directory adds to a refused bind: `… data 775, v…`. */
const refusalWords: Readonly<Record<string, 'accountDisabled' | 'accountLocked' | 'accountPasswordExpired'>> = {
  '533': 'accountDisabled',
  '701': 'accountDisabled',
  '775': 'accountLocked',
  '532': 'accountPasswordExpired',
  '773': 'accountPasswordExpired',
};
const STATE = ['userAccountControl', 'msDS-User-Account-Control-Computed', 'pwdAccountLockedTime', 'nsAccountLock'];

/** A name of a directory entry, written always the same, so that two spellings of one group are one. */
export const dnKey = (dn: string): string =>
  dn
    .trim()
    .replaceAll(/\s*([,=])\s*/g, '$1')
    .toLowerCase();

/**
 * LDAP or Active Directory: the person's entry is searched with an account of the system's own, then his password is tried by a bind
 * as this entry. Referrals are not followed: the password is sent to the configured servers alone.
 */
export function directoryMethod(settings: MethodSettingsOf<'directory'>): PasswordMethod {
  const { id, label, labelEn, servers, groups } = settings;
  return {
    id,
    kind: 'password',
    label,
    labelEn,
    async check(login, password) {
      // A bind with a name and no password succeeds without proving anything (RFC 4513, 5.1.2).
      if (password === '' || login.trim() === '' || login.includes('\0')) return null;
      let last = new ProviderError('providerAway', id, 'noServer');
      for (const server of servers) {
        try {
          return await checkAt(server, login.trim(), password);
        } catch (error) {
          if (!(error instanceof ProviderError && error.code === 'providerAway')) throw error;
          last = error;
        }
      }
      throw last;
    },
  };

  async function checkAt(server: string, login: string, password: string): Promise<ExternalIdentity | null> {
    const reader = await connected(server);
    try {
      await reader.bind(settings.bindDn, settings.bindPassword.reveal()).catch((error: unknown) => {
        // Our own account: nothing the person could do about it.
        throw error instanceof ResultCodeError
          ? new ProviderError('providerRefused', id, `bind${error.code}`)
          : away(error);
      });
      const entry = await entryOf(reader, login);
      // Neither answer may come sooner: a login nobody has costs the same bind, as an entry that cannot be.
      if (entry === null) {
        await provesPassword(server, { dn: `cn=${randomBytes(16).toString('hex')},${settings.base}` }, password);
        return null;
      }
      if (!(await provesPassword(server, entry, password))) return null;
      const fault = stateOf(entry);
      if (fault) throw new ProviderError(fault, id, 'entry');
      return {
        method: id,
        subject: firstOf(entry, settings.subjectAttribute) ?? dnKey(entry.dn),
        name: firstOf(entry, settings.nameAttribute),
        nameEn: settings.nameEnAttribute ? firstOf(entry, settings.nameEnAttribute) : undefined,
        email: firstOf(entry, settings.emailAttribute),
        login: settings.personBy ? firstOf(entry, settings.personBy) : undefined,
        groups: await groupsOf(reader, entry),
      };
    } finally {
      await reader.unbind().catch(() => {});
    }
  }

  /** The one entry with this login; none where there is none, or more than one. */
  async function entryOf(reader: Client, login: string): Promise<Entry | null> {
    const { subjectAttribute, nameAttribute, nameEnAttribute, emailAttribute, personBy } = settings;
    const { searchEntries } = await search(reader, settings.base, {
      // Built, not written: what is typed is a value and never a part of the filter.
      filter: new AndFilter({
        filters: [
          FilterParser.parseString(settings.filter),
          new EqualityFilter({ attribute: settings.loginAttribute, value: login }),
        ],
      }),
      attributes: [
        ...new Set(
          [subjectAttribute, nameAttribute, nameEnAttribute, emailAttribute, personBy, 'memberOf', ...STATE].filter(
            (name) => name !== undefined,
          ),
        ),
      ],
      explicitBufferAttributes: subjectAttribute === 'objectGUID' ? ['objectGUID'] : [],
      sizeLimit: 2,
    });
    return searchEntries.length === 1 ? (searchEntries[0] ?? null) : null;
  }

  async function provesPassword(server: string, entry: Entry, password: string): Promise<boolean> {
    const client = await connected(server);
    try {
      await client.bind(entry.dn, password);
      return true;
    } catch (error) {
      if (!(error instanceof ResultCodeError)) throw away(error);
      if (!(error instanceof InvalidCredentialsError))
        throw new ProviderError('providerRefused', id, `bind${error.code}`);
      const told = refusalWords[/\bdata ([0-9a-f]{3})\b/.exec(error.message)?.[1] ?? ''];
      if (told) throw new ProviderError(told, id, 'bind');
      if (stateOf(entry) === 'accountLocked') throw new ProviderError('accountLocked', id, 'entry');
      return false;
    } finally {
      await client.unbind().catch(() => {});
    }
  }

  async function groupsOf(reader: Client, entry: Entry): Promise<readonly string[]> {
    if (groups.by === 'memberOf') return valuesOf(entry, 'memberOf').map(dnKey);
    const { memberAttribute, nested } = groups;
    if (nested === 'activeDirectory') return groupsBy(reader, groups.base, inChainFilter(memberAttribute, entry.dn));
    const found = new Set<string>();
    for (let members = [entry.dn]; members.length > 0; ) {
      const next: string[] = [];
      for (const member of members) {
        const direct = new EqualityFilter({ attribute: memberAttribute, value: member });
        next.push(...(await groupsBy(reader, groups.base, direct)).filter((dn) => !found.has(dn)));
      }
      for (const dn of next) found.add(dn);
      members = nested === 'stepwise' ? next : [];
    }
    return [...found];
  }

  async function groupsBy(reader: Client, base: string, filter: Filter): Promise<readonly string[]> {
    const { searchEntries } = await search(reader, base, { filter, attributes: ['1.1'], paged: { pageSize: 500 } });
    return searchEntries.map(({ dn }) => dnKey(dn));
  }

  async function search(reader: Client, base: string, options: NonNullable<Parameters<Client['search']>[1]>) {
    try {
      return await reader.search(base, { scope: 'sub', timeLimit: settings.timeoutSeconds, ...options });
    } catch (error) {
      throw error instanceof ResultCodeError
        ? new ProviderError('providerRefused', id, `search${error.code}`)
        : away(error);
    }
  }

  async function connected(server: string): Promise<Client> {
    const ms = settings.timeoutSeconds * 1000;
    const tls = { minVersion: 'TLSv1.2' as const, ...(settings.ca === null ? {} : { ca: settings.ca }) };
    const client = new Client({
      url: server,
      timeout: ms,
      connectTimeout: ms,
      strictDN: false,
      // Given for ldap:// they would mean TLS from the first byte.
      ...(server.startsWith('ldaps:') ? { tlsOptions: tls } : {}),
    });
    if (!settings.startTls) return client;
    try {
      const host = new URL(server).hostname.replace(/^\[|\]$/g, '');
      // An address has no name that TLS could send along; the certificate is held against it all the same.
      await client.startTLS({ ...tls, host, ...(isIP(host) === 0 ? { servername: host } : {}) });
      return client;
    } catch (error) {
      await client.unbind().catch(() => {});
      throw away(error);
    }
  }

  function away(error: unknown): ProviderError {
    const { code, name } = error as { code?: unknown; name?: unknown };
    return new ProviderError('providerAway', id, typeof code === 'string' ? code : String(name));
  }
}

/** One search that follows groups within groups, at Active Directory. */
export const inChainFilter = (memberAttribute: string, dn: string): Filter =>
  new ExtensibleFilter({ matchType: memberAttribute, rule: IN_CHAIN, value: dn });

function stateOf(entry: Entry): 'accountDisabled' | 'accountLocked' | null {
  const flags = Number(firstOf(entry, 'userAccountControl') ?? 0);
  const computed = Number(firstOf(entry, 'msDS-User-Account-Control-Computed') ?? 0);
  if (flags & DISABLED || firstOf(entry, 'nsAccountLock')?.toLowerCase() === 'true') return 'accountDisabled';
  if (computed & LOCKED || firstOf(entry, 'pwdAccountLockedTime') !== undefined) return 'accountLocked';
  return null;
}

function valuesOf(entry: Entry, attribute: string): readonly string[] {
  // Directories write names of attributes as they please.
  const name = Object.keys(entry).find((each) => each.toLowerCase() === attribute.toLowerCase());
  const held = name === undefined ? [] : entry[name];
  return (Array.isArray(held) ? held : [held]).flatMap((value) =>
    value === undefined || value.length === 0 ? [] : [Buffer.isBuffer(value) ? value.toString('hex') : String(value)],
  );
}

const firstOf = (entry: Entry, attribute: string): string | undefined => valuesOf(entry, attribute)[0];
