import { readFileSync } from 'node:fs';
import { certificateFault, privateKeyFault } from './pem.ts';

/** What was given as text, or in a file, whose path is kept because it may change while the system runs. */
export type Given = { readonly text: string; readonly file: string | null };

/** How Temporal is reached over TLS. */
export type TemporalTls = {
  /** The authorities its certificate may come from; null: those of this machine. */
  readonly authorities: Given | null;
  /** The certificate this system shows (mTLS), with its key; null: none. */
  readonly certificate: Given | null;
  readonly key: Given | null;
  /** The name its certificate must hold; null: the address's. */
  readonly serverName: string | null;
};

/** What a file of a setting holds, without blanks around it; null when it cannot be read or holds nothing. */
export function readGiven(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** What is wrong with the certificates and the key; also asked when their files have changed. */
export function temporalTlsFaults({ authorities, certificate, key }: TemporalTls): string[] {
  const faults = [
    ['TEMPORAL_TLS_CA', authorities && certificateFault(authorities.text)],
    ['TEMPORAL_TLS_CERT', certificate && certificateFault(certificate.text)],
    ['TEMPORAL_TLS_KEY', key && privateKeyFault(key.text, certificate?.text ?? null)],
    ['TEMPORAL_TLS_CERT', key && !certificate ? 'is missing; TEMPORAL_TLS_KEY needs it.' : null],
    ['TEMPORAL_TLS_KEY', certificate && !key ? 'is missing; TEMPORAL_TLS_CERT needs it.' : null],
  ] as const;
  return faults.flatMap(([name, fault]) => (fault ? [`${name}: ${fault}`] : []));
}

/** What is wrong with how a connection string asks for TLS, in PostgreSQL's own words; only two of them mean one thing everywhere. */
export function databaseTlsFaults(url: URL): string[] {
  const mode = url.searchParams.get('sslmode');
  const authorities = url.searchParams.get('sslrootcert');
  const faults: string[] = [];
  if (mode !== null && mode !== 'verify-full' && mode !== 'disable')
    faults.push(`sslmode=${mode} does not say for certain whom one talks to; use verify-full, or disable.`);
  for (const name of ['sslrootcert', 'sslcert', 'sslkey'] as const) {
    const file = url.searchParams.get(name);
    if (file !== null && readGiven(file) === null) faults.push(`${name}=${file} cannot be read, or is empty.`);
  }
  const fault = authorities && certificateFault(readGiven(authorities) ?? '');
  if (fault && faults.length === 0) faults.push(`sslrootcert=${authorities} ${fault}`);
  return faults;
}
