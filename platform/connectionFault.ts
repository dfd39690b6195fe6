/** Why a server could not be reached, as a code for the log. */
export type ConnectionFault = keyof typeof words;

const words = {
  unknownHost: 'no machine of this name is known',
  refused: 'nothing listens there',
  timeout: 'nobody answers there',
  unknownAuthority: 'its certificate comes from no authority trusted here',
  wrongName: 'its certificate is for another name',
  expired: 'its certificate has expired',
  clientCertificate: 'it refuses the client certificate, or wants one',
  credentials: 'it refuses who we say we are',
  noTls: 'it does not speak TLS',
  other: 'it could not be reached',
} as const;

/** What to look at, by server. */
const remedies = {
  Temporal: {
    unknownHost: 'TEMPORAL_ADDRESS',
    refused: 'TEMPORAL_ADDRESS',
    timeout: 'TEMPORAL_ADDRESS, TEMPORAL_TLS',
    unknownAuthority: 'TEMPORAL_TLS_CA',
    wrongName: 'TEMPORAL_ADDRESS, TEMPORAL_TLS_SERVER_NAME',
    expired: 'its administrators',
    clientCertificate: 'TEMPORAL_TLS_CERT, TEMPORAL_TLS_KEY',
    credentials: 'TEMPORAL_API_KEY, TEMPORAL_NAMESPACE',
    noTls: 'TEMPORAL_TLS',
    other: 'TEMPORAL_ADDRESS, TEMPORAL_TLS',
  },
  PostgreSQL: {
    unknownHost: 'the host in DATABASE_URL',
    refused: 'host and port in DATABASE_URL',
    timeout: 'host and port in DATABASE_URL',
    unknownAuthority: 'sslrootcert in DATABASE_URL',
    wrongName: 'the host in DATABASE_URL',
    expired: 'its administrators',
    clientCertificate: 'sslcert and sslkey in DATABASE_URL',
    credentials: 'user and password in DATABASE_URL',
    noTls: 'ssl of the server',
    other: 'DATABASE_URL',
  },
} as const satisfies Record<string, Record<ConnectionFault, string>>;

/** In this order: the first that matches what the libraries said. Node, gRPC, rustls and PostgreSQL each have words of their own. */
const SIGNS: readonly (readonly [ConnectionFault, RegExp])[] = [
  ['expired', /CERT_HAS_EXPIRED|certificate has expired|certificate expired|invalid peer certificate: Expired/i],
  ['wrongName', /ALTNAME|altnames|NotValidForName|not valid for (any )?name|IP address mismatch/i],
  [
    'clientCertificate',
    /alert (number )?(bad |unknown |certificate |access |handshake |unsupported )|certificate required|CertificateRequired|HandshakeFailure|fatal alert|client certificate|ECONNRESET|connection reset/i,
  ],
  [
    'unknownAuthority',
    /SELF_SIGNED|self[- ]signed|UNABLE_TO_(VERIFY|GET_ISSUER)|unable to (verify|get)|UnknownIssuer|invalid peer certificate|CERT_SIGNATURE/i,
  ],
  ['noTls', /does not support SSL|WRONG_VERSION_NUMBER|wrong version number|InvalidContentType|corrupt message/i],
  ['credentials', /UNAUTHENTICATED|PERMISSION_DENIED|28P01|28000|password authentication|unauthorized/i],
  ['unknownHost', /ENOTFOUND|EAI_AGAIN|dns error|name resolution|failed to lookup/i],
  ['refused', /ECONNREFUSED|connection refused/i],
  ['timeout', /ETIMEDOUT|DEADLINE|timed? ?out|timeout/i],
];

/** Tells from an error of a connection, its causes included, why it failed. */
export function connectionFault(cause: unknown): ConnectionFault {
  const said = everythingSaid(cause);
  return SIGNS.find(([, sign]) => sign.test(said))?.[0] ?? 'other';
}

/** The same as a sentence: which server, why, and which settings to look at. */
export function describeConnectionFault(server: keyof typeof remedies, where: string, cause: unknown): string {
  const fault = connectionFault(cause);
  return `${server} at ${where} cannot be used: ${words[fault]}. Look at ${remedies[server][fault]}.`;
}

function everythingSaid(cause: unknown, depth = 0): string {
  if (!(cause instanceof Error) || depth > 4) return String(cause);
  const { code, details, errors } = cause as { code?: unknown; details?: unknown; errors?: unknown };
  const inner = [cause.cause, ...(Array.isArray(errors) ? errors : [])].filter((each) => each !== undefined);
  const grpc = { 7: 'PERMISSION_DENIED', 16: 'UNAUTHENTICATED', 4: 'DEADLINE' }[String(code)] ?? '';
  return [cause.name, code, grpc, details, cause.message, ...inner.map((each) => everythingSaid(each, depth + 1))].join(
    ' ',
  );
}
