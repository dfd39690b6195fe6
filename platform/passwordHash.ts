import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

type Strength = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** Argon2id as OWASP's Password Storage Cheat Sheet advises (19 MiB, 2 passes, 1 lane). Raised here, old hashes are renewed at sign-in. */
const STRENGTH: Strength = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** Argon2 1.3. */
const VERSION = 19;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,88})\$([A-Za-z0-9+/]{16,88})$/;

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** The password as PHC text: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await tagOf(password, salt, TAG_BYTES, STRENGTH);
  const { memory, passes, parallelism } = STRENGTH;
  return `$argon2id$v=${VERSION}$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Whether it is the password of `stored`. Without one it takes as long, and is not. `outdated`: hash it anew. */
export async function verifyPassword(
  password: string,
  stored: string | null,
): Promise<{ readonly right: boolean; readonly outdated: boolean }> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(stored ?? '') ?? [];
  if (!memory) {
    await tagOf(password, randomBytes(SALT_BYTES), TAG_BYTES, STRENGTH);
    return { right: false, outdated: false };
  }
  const strength = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const wanted = Buffer.from(tag, 'base64');
  const given = await tagOf(password, Buffer.from(salt, 'base64'), wanted.length, strength);
  const outdated = (Object.keys(STRENGTH) as (keyof Strength)[]).some((name) => strength[name] !== STRENGTH[name]);
  return { right: timingSafeEqual(wanted, given), outdated };
}

/** The same letters may be typed as different code points (NIST SP 800-63B: normalised by NFKC). */
const tagOf = (password: string, nonce: Buffer, tagLength: number, strength: Strength): Promise<Buffer> =>
  derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...strength });

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
