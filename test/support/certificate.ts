import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, PEM. */
export type Certified = { readonly certificate: string; readonly key: string };

export type Authority = {
  /** What whoever trusts it is given; PEM. */
  readonly certificate: string;
  /** A certificate of `name`; a server's is for 127.0.0.1 too unless said otherwise. `endsIn` days: negative has expired. */
  issue(name: string, options?: { readonly withLoopback?: boolean; readonly endsIn?: number }): Certified;
};

/** A certificate of its own for 127.0.0.1 and localhost, valid today and tomorrow; PEM. Whoever trusts it trusts the server that has its key. */
export function loopbackCertificate(): Certified {
  const { publicKey, privateKey } = keyPair();
  const extensions = [isAuthority(true), namesOf('localhost', true)];
  return {
    certificate: signed({ subject: 'localhost', issuer: 'localhost', publicKey, extensions, signer: privateKey }),
    key: pemOf(privateKey),
  };
}

/** An authority that issues certificates, made anew. */
export function certificateAuthority(name: string): Authority {
  const { publicKey, privateKey } = keyPair();
  return {
    certificate: signed({
      subject: name,
      issuer: name,
      publicKey,
      extensions: [isAuthority(true)],
      signer: privateKey,
    }),
    issue(subject, { withLoopback = true, endsIn = 1 } = {}) {
      const own = keyPair();
      const extensions = [isAuthority(false), namesOf(subject, withLoopback)];
      return {
        certificate: signed({
          subject,
          issuer: name,
          publicKey: own.publicKey,
          extensions,
          signer: privateKey,
          endsIn,
        }),
        key: pemOf(own.privateKey),
      };
    },
  };
}

type Body = {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly signer: KeyObject;
  /** Days from now. */
  readonly endsIn?: number;
};

function signed({ subject, issuer, publicKey, extensions, signer, endsIn = 1 }: Body): string {
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const commonName = (name: string) =>
    sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(name)))));
  const day = (offset: number) => {
    const text = new Date(Date.now() + offset * 86_400_000).toISOString().replaceAll(/[-:T]/g, '');
    return tagged(0x17, Buffer.from(`${text.slice(2, 14)}Z`));
  };
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(day(-30), day(endsIn)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, signer)]);
  const whole = sequence(body, algorithm, tagged(0x03, signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The critical extension that says whether it may issue others. */
function isAuthority(is: boolean): Buffer {
  const content = is ? sequence(tagged(0x01, Buffer.from([0xff]))) : sequence();
  return sequence(oid(0x55, 0x1d, 0x13), tagged(0x01, Buffer.from([0xff])), tagged(0x04, content));
}

function namesOf(name: string, withLoopback: boolean): Buffer {
  const names = [
    tagged(0x82, Buffer.from(name)),
    ...(withLoopback ? [tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.from([127, 0, 0, 1]))] : []),
  ];
  return sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, sequence(...names)));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (...bytes: number[]): Buffer => tagged(0x06, Buffer.from(bytes));
