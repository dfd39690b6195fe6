import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** What is wrong with certificates in PEM, as the end of a sentence that begins with their setting's name; null when nothing is. */
export function certificateFault(pem: string, now = new Date()): string | null {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) return 'should hold certificates in PEM (-----BEGIN CERTIFICATE-----).';
  for (const block of blocks) {
    const certificate = read(() => new X509Certificate(block));
    if (certificate === null) return 'holds a certificate that cannot be read.';
    const { validToDate, validFromDate } = certificate;
    if (validToDate < now) return `holds a certificate that expired on ${day(validToDate)}; put the new one there.`;
    if (validFromDate > now) return `holds a certificate that is valid only from ${day(validFromDate)}.`;
  }
  return null;
}

/** What is wrong with a private key in PEM, and whether it is the one of the first certificate; null when nothing is. */
export function privateKeyFault(pem: string, certificatePem: string | null): string | null {
  if (/ENCRYPTED/.test(pem)) return 'is locked with a passphrase; give it without one.';
  const key = read<KeyObject>(() => createPrivateKey(pem));
  if (key === null) return 'should hold a private key in PEM (-----BEGIN PRIVATE KEY-----).';
  const block = certificatePem?.match(BLOCK)?.[0];
  const certificate = block ? read(() => new X509Certificate(block)) : null;
  return certificate?.checkPrivateKey(key) === false ? 'is not the key of the certificate.' : null;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function read<Value>(how: () => Value): Value | null {
  try {
    return how();
  } catch {
    return null;
  }
}
