import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { databaseTlsFaults, type Given, readGiven, type TemporalTls, temporalTlsFaults } from './tlsSettings.ts';

/** Every setting of the running system, parsed once at start. Paths are absolute. */
export type Config = {
  /** Console and API; 0 takes a free one. */
  port: number;
  host: string;
  dataDir: string;
  keyDir: string;
  /** Ports of the embedded servers; 0 takes the one of the last start, or a free one. */
  postgresPort: number;
  temporalPort: number;
  temporalUiPort: number;
  /** Where Temporal's own pages are; null: none, or the embedded server's. */
  temporalUiUrl: string | null;
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** null: the embedded Temporal server. */
  temporalAddress: string | null;
  temporalNamespace: string;
  temporalApiKey: Given | null;
  /** null: no TLS. */
  temporalTls: TemporalTls | null;
  /** How long closed executions stay readable in Temporal, in days. */
  temporalRetentionDays: number;
  taskQueue: string;
  production: boolean;
  /** Whether the demo organisation is loaded and may be entered by choosing a person. */
  demo: boolean;
  logLevel: LogLevel;
  /** Ports of their own for the figures of API and worker; null: the API shows its own at /metrics to this machine, the worker none. */
  apiMetricsPort: number | null;
  workerMetricsPort: number | null;
  metricsHost: string;
  /** Where traces go, by OTLP over HTTP; null: none are kept. */
  traces: TraceSettings | null;
  /** How many reverse proxies in front are believed about the caller's address. */
  trustProxy: number;
  sessionHours: number;
  sessionIdleMinutes: number;
  /** The file of other ways to sign in (platform/signInSettings.ts); null: there are none. */
  signInFile: string | null;
  /** The largest file one may attach, in bytes. */
  uploadLimitBytes: number;
};

export type TraceSettings = {
  /** Without `/v1/traces`. */
  endpoint: string;
  /** What the collector wants to see; a secret. */
  headers: Readonly<Record<string, string>>;
  /** The share of traces that is kept, 0 to 1. */
  ratio: number;
  /** Whether a trace goes on from the `traceparent` of the caller. */
  trustCaller: boolean;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

export type Setting = { name: string; default: string; meaning: { zh: string; en: string } };

/** Every variable the system reads, in the order of the README's table, which is checked against it. */
export const settingsTable = [
  setting('PORT', '3000', 'Port of console and API; 0 takes a free one', '控制台与 API 的端口;0 为任取空闲端口'),
  setting('HOST', '127.0.0.1', 'Address they listen on', '监听地址'),
  setting('DATA_DIR', '.data', 'Folder of everything stored on this machine', '本机数据目录'),
  setting('KEY_DIR', 'DATA_DIR/keys', 'Folder of the key store', '密钥目录'),
  setting('POSTGRES_PORT', '0', 'Port of the embedded PostgreSQL; 0 takes a free one', '内置 PostgreSQL 端口;0 为任取'),
  setting('TEMPORAL_PORT', '0', 'Port of the embedded Temporal; 0 takes a free one', '内置 Temporal 端口;0 为任取'),
  setting(
    'TEMPORAL_UI_PORT',
    '0',
    "Port of the embedded Temporal's own pages, behind the sign-in; 0 takes a free one",
    '内置 Temporal 自带页面的端口（须登录）;0 为任取',
  ),
  setting(
    'DATABASE_URL',
    '',
    'A PostgreSQL 15 or newer to use, over TLS with ?sslmode=verify-full&sslrootcert=FILE; none is embedded then',
    '外部 PostgreSQL 连接串,以 TLS 连接时加 ?sslmode=verify-full&sslrootcert=文件;设置后不启动内置',
  ),
  setting(
    'TEMPORAL_ADDRESS',
    '',
    'host:port of a Temporal to use; none is embedded then',
    '外部 Temporal 地址;设置后不启动内置',
  ),
  setting(
    'TEMPORAL_UI_URL',
    '',
    "Address of your Temporal's own pages, to link to; they may have payloads decoded",
    '外部 Temporal 自带页面的地址，用于链接;允许其解码载荷',
  ),
  setting('TEMPORAL_NAMESPACE', 'default', "Temporal's namespace", 'Temporal 命名空间'),
  setting('TEMPORAL_TLS', 'off', 'Whether Temporal is reached over TLS', '是否以 TLS 连接 Temporal'),
  setting(
    'TEMPORAL_TLS_CA',
    '',
    "Authorities Temporal's certificate may come from, in PEM; this machine's own when empty",
    'Temporal 证书的签发机构（PEM）;为空时用本机信任的机构',
  ),
  setting(
    'TEMPORAL_TLS_CERT',
    '',
    'Client certificate to show to Temporal (mTLS), in PEM',
    '向 Temporal 出示的客户端证书（mTLS,PEM）',
  ),
  setting('TEMPORAL_TLS_KEY', '', 'Private key of that certificate, in PEM', '该证书的私钥（PEM）'),
  setting(
    'TEMPORAL_TLS_SERVER_NAME',
    '',
    "Name Temporal's certificate must hold, where it is not the address's",
    'Temporal 证书上应有的名称（与地址不同时填写）',
  ),
  setting(
    'TEMPORAL_API_KEY',
    '',
    'Key for Temporal Cloud; needs TEMPORAL_TLS=on',
    'Temporal Cloud 密钥;须 TEMPORAL_TLS=on',
  ),
  setting(
    'TEMPORAL_RETENTION_DAYS',
    '30',
    'Days closed executions stay in Temporal',
    '已结束流程在 Temporal 的保留天数',
  ),
  setting('TASK_QUEUE', 'key-accounts', 'Task queue the worker serves', '任务队列'),
  setting(
    'NODE_ENV',
    'development',
    'production: no demo, secure cookies',
    'production 为生产模式:无演示,Cookie 仅限 HTTPS',
  ),
  setting('DEMO', 'on, off in production', 'The demo organisation, on loopback only', '演示组织,仅限本机回环地址'),
  setting('LOG_LEVEL', 'info', `One of ${LOG_LEVELS.join(', ')}`, '日志级别'),
  setting(
    'API_METRICS_PORT',
    '',
    'Port of the figures of the API for Prometheus; without it they are at /metrics, for this machine only',
    'API 指标端口;未设时在 /metrics,仅限本机',
  ),
  setting(
    'WORKER_METRICS_PORT',
    '',
    'Port of the figures of the worker; without it there are none',
    '后台指标端口;未设则无',
  ),
  setting('METRICS_HOST', '127.0.0.1', 'Address of these two ports', '以上两端口的监听地址'),
  setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    '',
    'Address of an OpenTelemetry collector (OTLP over HTTP); without it there are no traces',
    'OpenTelemetry 采集器地址（OTLP/HTTP）;未设则不采集链路',
  ),
  setting(
    'OTEL_EXPORTER_OTLP_HEADERS',
    '',
    'What the collector wants to see, as name=value,…',
    '采集器要求的请求头,形如 名称=值,…',
  ),
  setting('OTEL_TRACES_SAMPLER_ARG', '1', 'Share of traces that is kept, from 0 to 1', '保留的链路比例,0 至 1'),
  setting(
    'TRUST_TRACEPARENT',
    'off',
    'Whether a trace goes on from what a caller says it began as',
    '是否接续调用方传入的链路（traceparent）',
  ),
  setting('TRUST_PROXY', '0', 'Number of reverse proxies in front', '前置反向代理层数'),
  setting('SESSION_HOURS', '12', 'Hours a session lasts', '会话有效小时数'),
  setting('SESSION_IDLE_MINUTES', '60', 'Minutes after which an idle session ends', '会话空闲失效分钟数'),
  setting(
    'SIGN_IN_FILE',
    '',
    'JSON file of other ways to sign in; see docs/security.md and examples/sign-in.json',
    '其他登录方式的 JSON 文件;见 docs/security.md 与 examples/sign-in.json',
  ),
  setting('UPLOAD_LIMIT_MB', '50', 'Largest attachment in MB', '单个附件上限(MB)'),
] as const satisfies readonly Setting[];

type SettingName = (typeof settingsTable)[number]['name'];

/** Settings that may also stand in a file, named by the variable with `_FILE` at its end. They are never repeated in an error. */
export const fileSettings = [
  'DATABASE_URL',
  'TEMPORAL_TLS_CA',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_API_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const satisfies readonly SettingName[];

type FileSetting = (typeof fileSettings)[number];

function setting<const Name extends string>(name: Name, initial: string, en: string, zh: string) {
  return { name, default: initial, meaning: { zh, en } };
}

/** The environment cannot be used: every problem in one message, each naming its variable and what it should be. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the settings from an environment; an empty variable counts as unset.
 * Errors: ConfigError with every problem found, nonsense being never replaced by a default.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = reader(env);
  const production = read.oneOf('NODE_ENV', ['development', 'test', 'production']) === 'production';
  const dataDir = resolve(read.text('DATA_DIR'));
  const config: Config = {
    port: read.integer('PORT', 0, 65_535),
    host: read.matching('HOST', 'an IP address or localhost', isHost),
    dataDir,
    keyDir: resolve(read.optional('KEY_DIR') ?? join(dataDir, 'keys')),
    postgresPort: read.integer('POSTGRES_PORT', 0, 65_535),
    temporalPort: read.integer('TEMPORAL_PORT', 0, 65_535),
    temporalUiPort: read.integer('TEMPORAL_UI_PORT', 0, 65_535),
    databaseUrl:
      read.given('DATABASE_URL', 'postgresql://user:password@host:port/database', isDatabaseUrl)?.text ?? null,
    temporalAddress: read.optional('TEMPORAL_ADDRESS', 'host:port', isAddress),
    temporalUiUrl: read.optional('TEMPORAL_UI_URL', 'an http or https address', isPageAddress),
    temporalNamespace: read.text('TEMPORAL_NAMESPACE'),
    temporalApiKey: read.given('TEMPORAL_API_KEY', 'one word of ASCII', (text) => /^[\x21-\x7e]+$/.test(text)),
    temporalTls: temporalTls(read),
    temporalRetentionDays: read.integer('TEMPORAL_RETENTION_DAYS', 1, 3650),
    taskQueue: read.text('TASK_QUEUE'),
    production,
    demo: read.flag('DEMO', !production),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
    apiMetricsPort: read.port('API_METRICS_PORT'),
    workerMetricsPort: read.port('WORKER_METRICS_PORT'),
    metricsHost: read.matching('METRICS_HOST', 'an IP address or localhost', isHost),
    traces: traceSettings(read),
    trustProxy: read.integer('TRUST_PROXY', 0, 10),
    sessionHours: read.integer('SESSION_HOURS', 1, 24 * 31),
    sessionIdleMinutes: read.integer('SESSION_IDLE_MINUTES', 1, 24 * 60),
    signInFile: pathOrNull(read.optional('SIGN_IN_FILE')),
    uploadLimitBytes: read.integer('UPLOAD_LIMIT_MB', 1, 1024) * 1024 * 1024,
  };
  const problems = [...read.problems, ...contradictions(config)];
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** EX_CONFIG: starting again by itself would not help. */
export const EXIT_CONFIG = 78;

/** The settings of this process; where they cannot be used it says so on standard error and ends with 78. */
export function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (cause) {
    console.error(cause instanceof ConfigError ? cause.message : cause);
    process.exit(EXIT_CONFIG);
  }
}

/** Whether only this machine itself can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function temporalTls(read: ReturnType<typeof reader>): TemporalTls | null {
  const isOn = read.flag('TEMPORAL_TLS', false);
  const tls: TemporalTls = {
    authorities: read.given('TEMPORAL_TLS_CA'),
    certificate: read.given('TEMPORAL_TLS_CERT'),
    key: read.given('TEMPORAL_TLS_KEY'),
    serverName: read.optional('TEMPORAL_TLS_SERVER_NAME', 'a host name', (text) => /^[\w.-]+$/.test(text)),
  };
  read.problems.push(...temporalTlsFaults(tls));
  const isGiven = Object.values(tls).some((part) => part !== null);
  if (isGiven && !isOn) read.problems.push('TEMPORAL_TLS: should be on where other TEMPORAL_TLS_… settings are given.');
  return isOn ? tls : null;
}

/** Null where no traces are kept; what is wrong is said all the same. */
function traceSettings(read: ReturnType<typeof reader>): TraceSettings | null {
  const endpoint = read.optional('OTEL_EXPORTER_OTLP_ENDPOINT', 'an http or https address', isPageAddress);
  const headers = read.given('OTEL_EXPORTER_OTLP_HEADERS', 'name=value,name=value', (text) => headersIn(text) !== null);
  const ratio = read.matching('OTEL_TRACES_SAMPLER_ARG', 'a number from 0 to 1', (text) =>
    /^(0|1|0?\.\d{1,9})$/.test(text),
  );
  const trustCaller = read.flag('TRUST_TRACEPARENT', false);
  if (endpoint === null) return null;
  return { endpoint, headers: headersIn(headers?.text ?? '') ?? {}, ratio: Number(ratio), trustCaller };
}

/** Headers as OpenTelemetry writes them; null where they are none. */
function headersIn(text: string): Record<string, string> | null {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const headers = pairs.map((pair) => /^([\w-]+)=([\x21-\x7e]+)$/.exec(pair.trim()));
  try {
    return headers.every((header) => header !== null)
      ? Object.fromEntries(headers.map(([, name, value]) => [name, decodeURIComponent(value ?? '')]))
      : null;
  } catch {
    return null;
  }
}

/** Whether an address is on another machine and reached without TLS. */
function isInTheClear(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

const isHost = (text: string): boolean => isIP(text) !== 0 || text === 'localhost';

const pathOrNull = (path: string | null): string | null => (path === null ? null : resolve(path));

function contradictions(config: Config): string[] {
  const problems: string[] = [];
  if (config.demo && config.production) {
    problems.push('DEMO=on: anybody could enter as any person, so it must be off in production mode (NODE_ENV).');
  }
  if (config.demo && !config.production && !isLoopback(config.host)) {
    problems.push(
      `HOST=${config.host}: the demo organisation lets anybody enter as any person, so others may not reach it. ` +
        'Set DEMO=off, or HOST to a loopback address such as 127.0.0.1.',
    );
  }
  if (config.demo && !config.production && config.trustProxy > 0) {
    problems.push('TRUST_PROXY: a proxy would let others reach the demo organisation. Set DEMO=off, or TRUST_PROXY=0.');
  }
  if (config.databaseUrl !== null) problems.push(...databaseUrlFaults(config.databaseUrl, config.production));
  if (config.temporalTls === null && /\.(tmprl\.cloud|temporal\.io):\d+$/.test(config.temporalAddress ?? '')) {
    problems.push('TEMPORAL_TLS: should be on, since Temporal Cloud is reached over TLS only.');
  }
  if (config.temporalApiKey !== null && !config.temporalTls) {
    problems.push('TEMPORAL_API_KEY: would travel in the clear. Set TEMPORAL_TLS=on.');
  }
  if (config.traces && Object.keys(config.traces.headers).length > 0 && isInTheClear(config.traces.endpoint)) {
    problems.push(
      'OTEL_EXPORTER_OTLP_HEADERS: would travel in the clear. Let OTEL_EXPORTER_OTLP_ENDPOINT begin with https.',
    );
  }
  if (config.temporalAddress === null && config.temporalTls) {
    problems.push('TEMPORAL_TLS=on: the embedded server speaks no TLS. Set TEMPORAL_ADDRESS, or TEMPORAL_TLS=off.');
  }
  const ports = [
    ['PORT', config.port],
    ['POSTGRES_PORT', config.postgresPort],
    ['TEMPORAL_PORT', config.temporalPort],
    ['TEMPORAL_UI_PORT', config.temporalUiPort],
    ['API_METRICS_PORT', config.apiMetricsPort ?? 0],
    ['WORKER_METRICS_PORT', config.workerMetricsPort ?? 0],
  ] as const;
  for (const [index, [name, port]] of ports.entries()) {
    const other = ports.slice(0, index).find(([, earlier]) => port !== 0 && earlier === port);
    if (other) problems.push(`${name}=${port}: ${other[0]} has the same port; each needs its own.`);
  }
  return problems;
}

function reader(env: Readonly<Record<string, string | undefined>>) {
  const problems: string[] = [];
  const fileOf = (name: SettingName): string | null =>
    isFileSetting(name) ? pathOrNull(env[`${name}_FILE`]?.trim() || null) : null;
  const given = (name: SettingName) => env[name]?.trim() || null;
  const textOf = (name: SettingName) =>
    given(name) ?? settingsTable.find((entry) => entry.name === name)?.default ?? '';
  const refuse = (name: SettingName, wanted: string) => {
    const shown = isFileSetting(name) ? '' : `=${given(name)}`;
    problems.push(`${name}${shown}: should be ${wanted}.`);
  };
  return {
    problems,
    text: textOf,
    matching(name: SettingName, wanted: string, isRight: (text: string) => boolean): string {
      if (!isRight(textOf(name))) refuse(name, wanted);
      return textOf(name);
    },
    optional(name: SettingName, wanted = '', isRight: (text: string) => boolean = () => true): string | null {
      const text = given(name);
      if (text !== null && !isRight(text)) refuse(name, wanted);
      return text;
    },
    given(name: FileSetting, wanted = '', isRight: (text: string) => boolean = () => true): Given | null {
      const file = fileOf(name);
      if (file !== null && given(name) !== null) problems.push(`${name}_FILE: ${name} is set too; give one of them.`);
      const text = file === null ? given(name) : readGiven(file);
      if (text === null && file === null) return null;
      if (text === null) problems.push(`${name}_FILE=${file}: cannot be read, or is empty.`);
      else if (!isRight(text)) refuse(name, wanted);
      else return { text, file };
      return null;
    },
    integer(name: SettingName, least: number, most: number): number {
      const text = textOf(name);
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= least && value <= most)) refuse(name, `a whole number from ${least} to ${most}`);
      return value;
    },
    /** A port to listen on, 0 for a free one; null where none is wanted. */
    port(name: SettingName): number | null {
      return given(name) === null ? null : this.integer(name, 0, 65_535);
    },
    flag(name: SettingName, initial: boolean): boolean {
      const text = given(name)?.toLowerCase() ?? (initial ? 'on' : 'off');
      if (text !== 'on' && text !== 'off') refuse(name, 'on or off');
      return text === 'on';
    },
    oneOf<const Value extends string>(name: SettingName, values: readonly Value[]): Value {
      const found = values.find((value) => value === textOf(name));
      if (found === undefined) refuse(name, `one of ${values.join(', ')}`);
      return found ?? (values[0] as Value);
    },
  };
}

const isFileSetting = (name: SettingName): name is FileSetting => fileSettings.some((each) => each === name);

/** Without a word about it, another machine's database would be reached in the clear. */
function databaseUrlFaults(text: string, production: boolean): string[] {
  const url = new URL(text);
  const faults = databaseTlsFaults(url);
  if (production && !url.searchParams.has('sslmode') && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    faults.push(
      'in production mode say how another machine is reached: sslmode=verify-full&sslrootcert=FILE, or sslmode=disable on a network of its own.',
    );
  return faults.map((fault) => `DATABASE_URL: ${fault}`);
}

function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    url.hostname !== '' &&
    url.pathname.length > 1
  );
}

function isAddress(text: string): boolean {
  const port = Number(/^(?:[\w.-]+|\[[\da-f:]+\]):(\d{1,5})$/i.exec(text)?.[1] ?? '0');
  return port > 0 && port < 65_536;
}

function isPageAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.search === '';
}
