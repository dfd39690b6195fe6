import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlgorithmLabel, aad, algorithms, type DataKey, open, seal } from './cipher.ts';
import { replace, writeNew } from './durableFile.ts';

/**
 * Where data keys come from. They live outside the database, so that a copy of the database alone tells nothing, and destroying a
 * key makes everything sealed under it unreadable at once. The folder (`folderKeyStore`) is one implementation; a KMS is another.
 *
 * A scope names whose secrets a key seals: `case:<id>`, `client:<id>`, `person:<id>`, `campaign:<year>`, `temporal`.
 */
export interface KeyStore {
  /** Makes the scope's key. KeyStoreError `keyExists` when there is one, `keyDestroyed` when there was. */
  create(scope: string): Promise<DataKey>;
  /** The scope's key. KeyStoreError `keyMissing` or `keyDestroyed` when there is none. */
  get(scope: string): Promise<DataKey>;
  /** The scope's key, made when missing; whoever asks at the same time gets the same. KeyStoreError `keyDestroyed`. */
  getOrCreate(scope: string): Promise<DataKey>;
  /** Destroys the scope's key for good: no key is ever made for it again. Others that hold it lose it within seconds. */
  destroy(scope: string): Promise<void>;
}

export type KeyStoreErrorCode = 'keyMissing' | 'keyExists' | 'keyDestroyed' | 'keyUnreadable' | 'keyStoreUnusable';

/** The message is for operators: it names scopes and paths, never a secret. */
export class KeyStoreError extends Error {
  readonly code: KeyStoreErrorCode;
  constructor(code: KeyStoreErrorCode, message: string) {
    super(message);
    this.name = 'KeyStoreError';
    this.code = code;
  }
}

export type FolderKeyStoreOptions = {
  /** How many keys are kept in memory; the least recently used one leaves first. */
  readonly cacheSize?: number;
  /** How long a key may be used before its file is read again, in milliseconds: so long a key destroyed by another process lives on. */
  readonly cacheMs?: number;
  /** Milliseconds on any clock that does not go back. */
  readonly now?: () => number;
};

/** What a key file holds: a key wrapped under the master key, or the mark that it was destroyed. */
type KeyRecord =
  | { readonly scope: string; readonly id: string; readonly algorithm: AlgorithmLabel; readonly wrapped: string }
  | { readonly scope: string; readonly destroyedAt: string };

const MASTER_FILE = 'master.key';
const KEY_SUFFIX = '.key';
const MASTER_SCOPE = 'master';
const ALGORITHM: AlgorithmLabel = 'A256GCM';
const SCOPE = /^[a-z]+(:[A-Za-z0-9_-]{1,64})?$/;

/**
 * Keys in a folder: `master.key` (32 bytes, made on first use) and one wrapped key a scope. Any number of processes may share it.
 * KeyStoreError `keyStoreUnusable` when others may read the folder or the master key, when that has a wrong length, or when it is
 * gone while keys wrapped under it are there.
 */
export async function folderKeyStore(folder: string, options: FolderKeyStoreOptions = {}): Promise<KeyStore> {
  const { cacheSize = 2000, cacheMs = 5000, now = () => performance.now() } = options;
  await prepareFolder(folder);
  const master = await masterKey(folder);
  const cache = new Map<string, { readonly key: DataKey; readonly until: number }>();

  function remember(key: DataKey): DataKey {
    cache.delete(key.scope);
    cache.set(key.scope, { key, until: now() + cacheMs });
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
    return key;
  }

  async function get(scope: string): Promise<DataKey> {
    const cached = cache.get(scope);
    if (cached && now() < cached.until) {
      // Asked for again: to the young end of the map, with its time unchanged.
      cache.delete(scope);
      cache.set(scope, cached);
      return cached.key;
    }
    cache.delete(scope);
    return remember(unwrap(master, scope, await readRecord(fileOf(folder, scope), scope)));
  }

  async function create(scope: string): Promise<DataKey> {
    const secret = randomBytes(algorithms[ALGORITHM].secretLength);
    const id = randomBytes(16).toString('hex');
    const wrapped = seal(master, secret, wrapPlace(scope, id, ALGORITHM)).toString('base64');
    const record: KeyRecord = { scope, id, algorithm: ALGORITHM, wrapped };
    if (!(await writeNew(fileOf(folder, scope), Buffer.from(JSON.stringify(record))))) {
      await get(scope);
      throw new KeyStoreError('keyExists', `There is a key for ${scope} already`);
    }
    return remember({ id, scope, algorithm: ALGORITHM, secret: createSecretKey(secret) });
  }

  return {
    create,
    get,
    async getOrCreate(scope) {
      try {
        return await get(scope);
      } catch (error) {
        if (!hasCode(error, 'keyMissing')) throw error;
      }
      try {
        return await create(scope);
      } catch (error) {
        if (!hasCode(error, 'keyExists')) throw error;
        return get(scope);
      }
    },
    async destroy(scope) {
      const mark: KeyRecord = { scope, destroyedAt: new Date().toISOString() };
      // The mark stays, so that a straggler cannot make a new key for what was erased.
      await replace(fileOf(folder, scope), Buffer.from(JSON.stringify(mark)));
      cache.delete(scope);
    },
  };
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseReadableByOthers(folder, 'chmod 700');
}

async function refuseReadableByOthers(path: string, remedy: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  const message = `${path} may be read by others; keys must be their owner's alone. Run: ${remedy} '${path}'`;
  throw new KeyStoreError('keyStoreUnusable', message);
}

async function masterKey(folder: string): Promise<DataKey> {
  const path = join(folder, MASTER_FILE);
  const length = algorithms[ALGORITHM].secretLength;
  if (!(await exists(path))) {
    // Keys are looked for before the master key is looked for again: another process may be making both just now.
    const names = await readdir(folder);
    if (names.some((name) => name.endsWith(KEY_SUFFIX) && name !== MASTER_FILE) && !(await exists(path))) {
      const message = `${path} is gone, and the keys in ${folder} cannot be used without it. Restore it from its backup`;
      throw new KeyStoreError('keyStoreUnusable', message);
    }
    await writeNew(path, randomBytes(length));
  }
  await refuseReadableByOthers(path, 'chmod 600');
  const secret = await readFile(path);
  if (secret.length !== length) {
    const message = `${path} has ${secret.length} bytes and must have ${length}. Restore it from its backup`;
    throw new KeyStoreError('keyStoreUnusable', message);
  }
  const id = createHash('sha256').update('master key id').update(secret).digest('hex').slice(0, 32);
  return { id, scope: MASTER_SCOPE, algorithm: ALGORITHM, secret: createSecretKey(secret) };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );
}

function fileOf(folder: string, scope: string): string {
  if (!SCOPE.test(scope) || scope === MASTER_SCOPE) throw new TypeError('Not a key scope');
  return join(folder, `${scope.replace(':', '.')}${KEY_SUFFIX}`);
}

async function readRecord(path: string, scope: string): Promise<KeyRecord> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new KeyStoreError('keyMissing', `There is no key for ${scope}`);
  }
  try {
    return JSON.parse(text) as KeyRecord;
  } catch {
    throw new KeyStoreError('keyUnreadable', `The key file of ${scope} is damaged`);
  }
}

function unwrap(master: DataKey, scope: string, record: KeyRecord): DataKey {
  if ('destroyedAt' in record) throw new KeyStoreError('keyDestroyed', `The key of ${scope} was destroyed`);
  const { id, algorithm, wrapped } = record;
  try {
    const secret = open(master, Buffer.from(wrapped, 'base64'), wrapPlace(scope, id, algorithm));
    return { id, scope, algorithm, secret: createSecretKey(secret) };
  } catch {
    throw new KeyStoreError('keyUnreadable', `The key of ${scope} does not open with this master key`);
  }
}

function wrapPlace(scope: string, id: string, algorithm: AlgorithmLabel): string {
  return aad('keys', algorithm, `${scope} ${id}`);
}

function hasCode(error: unknown, code: KeyStoreError['code']): boolean {
  return error instanceof KeyStoreError && error.code === code;
}
