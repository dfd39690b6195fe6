import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inspect } from 'node:util';
import { FilterParser } from 'ldapts';
import { z } from 'zod';
import { allRoles, isAdministratorRole, unitRoles } from '../domain/roles.ts';
import { ConfigError, isLoopback } from './config.ts';

/** A secret of a sign-in method: printed, logged or turned into JSON it shows nothing. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toJSON(): string {
    return '[secret]';
  }
  [inspect.custom](): string {
    return '[secret]';
  }
}

const text = z.string().trim().min(1).max(500);
const secret = z
  .union([z.strictObject({ env: text }), z.strictObject({ file: text })], {
    error: 'a secret does not stand in this file: give {"env": "NAME"} or {"file": "path"}',
  })
  .brand<'secret'>();

/** A member of a group of the method gets a role, in a unit where the role has one. */
const mapping = z
  .strictObject({
    group: text,
    role: z.enum(allRoles),
    unit: text.optional(),
    /** Said expressly: this mapping makes administrators. */
    administrator: z.literal(true).optional(),
  })
  .superRefine((given, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (isAdministratorRole(given.role) && !given.administrator)
      fault('administrator', `must be true, expressly, where a group makes a ${given.role}`);
    if (!isAdministratorRole(given.role) && given.administrator)
      fault('administrator', `${given.role} is no administrator`);
    if (unitRoles.includes(given.role) !== (given.unit !== undefined))
      fault('unit', given.unit === undefined ? `${given.role} is held in a unit` : `${given.role} is held in no unit`);
  });

/** HTTPS, or a loopback address, where nobody listens on the way. */
const safeUrl = (protocols: readonly [safe: string, plain: string], what: string) =>
  z.string().refine(
    (given) => {
      const url = URL.parse(given);
      return (
        url !== null &&
        url.hostname !== '' &&
        (url.protocol === protocols[0] ||
          (url.protocol === protocols[1] && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))))
      );
    },
    { error: what },
  );
const httpsUrl = safeUrl(['https:', 'http:'], 'should be an https address');
const base = (documented: string) => httpsUrl.default(documented);

const common = {
  id: z.string().regex(/^[a-z][A-Za-z0-9-]{0,31}$/, 'should be letters, digits and hyphens, a small letter first'),
  label: text,
  labelEn: text,
  roles: z.array(mapping).max(200).default([]),
};

const openIdConnect = z.strictObject({
  ...common,
  kind: z.literal('openIdConnect'),
  issuer: httpsUrl,
  clientId: text,
  clientSecret: secret.optional(),
  clientAuthentication: z.enum(['basic', 'post']).default('basic'),
  scopes: z
    .array(text)
    .refine((scopes) => scopes.includes('openid'), { error: 'should contain openid' })
    .default(['openid', 'profile', 'email']),
  groupsClaim: text.default('groups'),
  personBy: text.optional(),
  clockToleranceSeconds: z.number().int().min(0).max(300).default(30),
});

const ldapUrl = z.string().regex(/^ldaps?:\/\/[^/?#@]+\/?$/, 'should be ldaps://host:port or ldap://host:port');
const directory = z
  .strictObject({
    ...common,
    kind: z.literal('directory'),
    servers: z.array(ldapUrl).min(1).max(10),
    startTls: z.boolean().default(false),
    caFile: text.optional(),
    bindDn: text,
    bindPassword: secret,
    base: text,
    loginAttribute: attributeName('uid'),
    filter: text.refine(isFilter, { error: 'should be a filter of RFC 4515' }).default('(objectClass=person)'),
    subjectAttribute: attributeName('entryUUID'),
    nameAttribute: attributeName('displayName'),
    nameEnAttribute: attributeName().optional(),
    emailAttribute: attributeName('mail'),
    personBy: attributeName().optional(),
    groups: z
      .discriminatedUnion('by', [
        z.strictObject({ by: z.literal('memberOf') }),
        z.strictObject({
          by: z.literal('search'),
          base: text,
          memberAttribute: attributeName('member'),
          /** Groups within groups: not at all, by Active Directory's own rule, or one search after the other. */
          nested: z.enum(['no', 'activeDirectory', 'stepwise']).default('no'),
        }),
      ])
      .default({ by: 'memberOf' }),
    timeoutSeconds: z.number().int().min(1).max(60).default(5),
  })
  .superRefine(({ servers, startTls }, context) => {
    for (const [index, server] of servers.entries()) {
      const url = URL.parse(server);
      const clear = url?.protocol === 'ldap:' && !startTls && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
      const twice = url?.protocol === 'ldaps:' && startTls;
      if (clear)
        context.addIssue({
          code: 'custom',
          path: ['servers', index],
          message: 'passwords would travel in the clear: use ldaps:// or "startTls": true',
        });
      if (twice)
        context.addIssue({ code: 'custom', path: ['servers', index], message: 'ldaps:// needs no "startTls": true' });
    }
  });

function isFilter(given: string): boolean {
  try {
    FilterParser.parseString(given);
    return true;
  } catch {
    return false;
  }
}

function attributeName(): z.ZodString;
function attributeName(usual: string): z.ZodDefault<z.ZodString>;
function attributeName(usual?: string) {
  const name = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'should be the name of an attribute');
  return usual === undefined ? name : name.default(usual);
}

const weCom = z.strictObject({
  ...common,
  kind: z.literal('weCom'),
  corpId: text,
  agentId: z.string().regex(/^\d{1,20}$/, 'should be digits'),
  secret,
  personBy: z.enum(['userid', 'email']).optional(),
  loginBase: base('https://login.work.weixin.qq.com'),
  inAppBase: base('https://open.weixin.qq.com'),
  apiBase: base('https://qyapi.weixin.qq.com'),
});

const feishu = z.strictObject({
  ...common,
  kind: z.literal('feishu'),
  appId: text,
  appSecret: secret,
  personBy: z.enum(['employee_no', 'user_id', 'enterprise_email']).optional(),
  accountsBase: base('https://accounts.feishu.cn'),
  apiBase: base('https://open.feishu.cn'),
});

const dingTalk = z.strictObject({
  ...common,
  kind: z.literal('dingTalk'),
  clientId: text,
  clientSecret: secret,
  corpId: text,
  personBy: z.enum(['job_number', 'userid', 'org_email']).optional(),
  loginBase: base('https://login.dingtalk.com'),
  apiBase: base('https://api.dingtalk.com'),
  oapiBase: base('https://oapi.dingtalk.com'),
});

const method = z.discriminatedUnion('kind', [openIdConnect, directory, weCom, feishu, dingTalk]);
const file = z
  .strictObject({
    /** Where people reach this system: providers send them back there. */
    publicUrl: httpsUrl.optional(),
    methods: z.array(method).max(20),
  })
  .superRefine(({ methods }, context) => {
    for (const [index, { id }] of methods.entries()) {
      if (['demo', 'local'].includes(id))
        context.addIssue({ code: 'custom', path: ['methods', index, 'id'], message: `"${id}" is taken` });
      if (methods.findIndex((other) => other.id === id) < index)
        context.addIssue({ code: 'custom', path: ['methods', index, 'id'], message: `"${id}" is there twice` });
    }
  });

type Given = z.infer<typeof file>;
/** What a method was given, with its secrets read. */
type WithSecrets<T> = T extends unknown
  ? {
      [Key in keyof T]: Extract<T[Key], z.infer<typeof secret>> extends never
        ? T[Key]
        : Secret | Exclude<T[Key], z.infer<typeof secret>>;
    }
  : never;
export type MethodSettings = WithSecrets<Given['methods'][number]> & {
  /** The certificates a directory server is trusted by, as PEM; null: those of the machine. */
  readonly ca: string | null;
};
export type MethodSettingsOf<Kind extends MethodSettings['kind']> = Extract<MethodSettings, { kind: Kind }>;
export type SignInSettings = { readonly publicUrl: string | null; readonly methods: readonly MethodSettings[] };

export const noSignInMethods: SignInSettings = { publicUrl: null, methods: [] };

/**
 * Reads the file that SIGN_IN_FILE names: which other ways to sign in there are. Secrets are read from where it says.
 * Errors: ConfigError with every fault found, each with its place in the file, and none with a secret.
 */
export function loadSignInSettings(
  config: { readonly signInFile: string | null; readonly production: boolean },
  env: Readonly<Record<string, string | undefined>>,
): SignInSettings {
  const path = config.signInFile;
  if (path === null) return noSignInMethods;
  const told = (faults: readonly string[]) => new ConfigError(faults.map((fault) => `SIGN_IN_FILE ${path}: ${fault}`));
  const read = file.safeParse(parsed(path, told));
  if (!read.success)
    throw told(read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}.`));
  const faults: string[] = [];
  const { methods, publicUrl = null } = read.data;
  if (publicUrl === null && config.production && methods.some(({ kind }) => kind !== 'directory'))
    faults.push('publicUrl: is needed in production, since providers send people back there.');
  if (publicUrl !== null && new URL(publicUrl).pathname !== '/')
    faults.push('publicUrl: should be an address without a path.');
  const settings = methods.map((each, index) => withSecrets(each, `methods.${index}`, { path, env, faults }));
  if (faults.length > 0) throw told(faults);
  return { publicUrl: publicUrl === null ? null : new URL(publicUrl).origin, methods: settings };
}

function parsed(path: string, told: (faults: readonly string[]) => ConfigError): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw told([cause instanceof SyntaxError ? 'is not JSON.' : 'cannot be read.']);
  }
}

type Reading = { path: string; env: Readonly<Record<string, string | undefined>>; faults: string[] };

function withSecrets(given: Given['methods'][number], place: string, reading: Reading): MethodSettings {
  const { path, env, faults } = reading;
  const besides = (name: string) => resolve(dirname(path), name);
  const entries = Object.entries(given).map(([name, value]): [string, unknown] => {
    if (!/secret|password/i.test(name) || typeof value !== 'object' || value === null) return [name, value];
    const held = value as { env: string } | { file: string };
    const found = 'env' in held ? env[held.env] : contentsOf(besides(held.file));
    if (!found?.trim())
      faults.push(
        `${place}.${name}: ${'env' in held ? `the variable ${held.env} is not set` : `the file ${held.file} is not there or empty`}.`,
      );
    return [name, new Secret(found?.trim() ?? '')];
  });
  const caFile = given.kind === 'directory' ? given.caFile : undefined;
  const ca = caFile === undefined ? null : contentsOf(besides(caFile));
  if (caFile !== undefined && !ca?.includes('-----BEGIN CERTIFICATE-----'))
    faults.push(`${place}.caFile: the file ${caFile} is not there or holds no certificate.`);
  return { ...Object.fromEntries(entries), ca } as unknown as MethodSettings;
}

function contentsOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
