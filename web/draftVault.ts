/**
 * What was typed into a form and could not be saved yet, kept on the device, encrypted (docs/decisions/0018). The key cannot be
 * taken out of the browser; it is one a person, and goes when he signs out.
 */
export type Kept = {
  /** ISO 8601; when it was typed. */
  readonly at: string;
};

const DATABASE = 'unsaved-drafts';
const KEYS = 'keys';
const DRAFTS = 'drafts';
/** Days after which what is kept is dropped unread (系统默认). */
const KEPT_DAYS = 14;
const DAY_MS = 86_400_000;

/** Every open page keeps its own, so that two of one browser never overwrite each other. */
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(
  '',
);

type Entry = {
  readonly id: string;
  readonly personId: string;
  /** What is typed into: a case by its id, or another thing by its kind and id. */
  readonly caseId: string;
  readonly page: string;
  readonly at: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
};

/** Whether this browser can keep anything safely: a page from a secure origin, with storage. */
export const canKeep = (): boolean =>
  typeof indexedDB !== 'undefined' && typeof crypto.subtle !== 'undefined' && 'locks' in navigator;

/** A person's drafts on this device. Every method does nothing where the browser cannot keep safely. */
export type Vault<Draft extends Kept> = {
  /** Resolves with whether it is kept. */
  keep(draft: Draft): Promise<boolean>;
  /** What pages now gone left behind, the oldest first. */
  recall(): Promise<readonly Draft[]>;
  /** Drops what this page kept, and what was recalled before. */
  forget(): Promise<void>;
};

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(KEYS);
      request.result.createObjectStore(DRAFTS, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** One transaction; resolves when it is on the disk. */
async function inStore<T>(
  stores: readonly string[],
  mode: IDBTransactionMode,
  work: (store: (name: string) => IDBObjectStore) => IDBRequest<T> | null,
): Promise<T | null> {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction([...stores], mode, { durability: 'strict' });
    const request = work((name) => transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request ? request.result : null);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

async function keyOf(personId: string): Promise<CryptoKey> {
  const known = await inStore<CryptoKey | undefined>([KEYS], 'readonly', (store) => store(KEYS).get(personId));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another page may have made one meanwhile: the first stays.
  await inStore([KEYS], 'readwrite', (store) => store(KEYS).add(made, personId)).catch(() => null);
  const kept = await inStore<CryptoKey | undefined>([KEYS], 'readonly', (store) => store(KEYS).get(personId));
  if (!kept) throw new Error('no key could be kept');
  return kept;
}

/** A value is bound to its person, draft and page: moved elsewhere it does not open. */
const bound = (id: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(id);

const lockOf = (owner: string): string => `unsaved-draft:${owner}`;
let held = false;

/** While this page lives, nobody takes what it keeps for something left behind. */
function holdPage(): void {
  if (held) return;
  held = true;
  void navigator.locks.request(lockOf(page), () => new Promise(() => {}));
}

async function livePages(): Promise<ReadonlySet<string>> {
  const { held: locks = [] } = await navigator.locks.query();
  return new Set(locks.flatMap(({ name }) => (name?.startsWith(lockOf('')) ? [name.slice(lockOf('').length)] : [])));
}

const allEntries = async (): Promise<readonly Entry[]> =>
  (await inStore<Entry[]>([DRAFTS], 'readonly', (store) => store(DRAFTS).getAll())) ?? [];

const drop = (ids: readonly string[]): Promise<unknown> =>
  inStore([DRAFTS], 'readwrite', (store) => {
    for (const id of ids) store(DRAFTS).delete(id);
    return null;
  });

export function vaultOf<Draft extends Kept>(personId: string, caseId: string): Vault<Draft> {
  const id = `${personId}:${caseId}:${page}`;
  let recalled: readonly string[] = [];
  let latest: Draft | null = null;
  let isKept = false;
  /** One after the other, so that the last typed is the last kept. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => null);
    return next;
  };
  return {
    keep(draft) {
      latest = draft;
      return inTurn(async () => {
        // Typed on meanwhile: what is newer is kept next.
        if (latest !== draft || !canKeep()) return isKept;
        try {
          holdPage();
          const iv = crypto.getRandomValues(new Uint8Array(12));
          const plain = new TextEncoder().encode(JSON.stringify(draft));
          const algorithm = { name: 'AES-GCM', iv, additionalData: bound(id) };
          const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(personId), plain);
          const entry: Entry = { id, personId, caseId, page, at: Date.parse(draft.at), iv, sealed };
          await inStore([DRAFTS], 'readwrite', (store) => store(DRAFTS).put(entry));
          isKept = true;
        } catch {
          isKept = false;
        }
        return isKept;
      });
    },
    recall: () =>
      inTurn(async () => {
        if (!canKeep()) return [];
        holdPage();
        const live = await livePages();
        const mine = (await allEntries()).filter((entry) => entry.personId === personId && entry.caseId === caseId);
        const left = mine.filter((entry) => !live.has(entry.page)).toSorted((one, other) => one.at - other.at);
        const fresh = left.filter((entry) => Date.now() - entry.at < KEPT_DAYS * DAY_MS);
        const read = await Promise.all(fresh.map((entry) => opening<Draft>(personId, entry)));
        recalled = left.map((entry) => entry.id);
        return read.filter((draft) => draft !== null);
      }),
    forget: () =>
      inTurn(async () => {
        if (!canKeep()) return;
        await drop([id, ...recalled]);
        recalled = [];
        isKept = false;
      }),
  };
}

/** Null for what does not open: its key is gone, or it is not what it says. */
async function opening<Draft>(personId: string, entry: Entry): Promise<Draft | null> {
  try {
    const algorithm = { name: 'AES-GCM', iv: entry.iv, additionalData: bound(entry.id) };
    const plain = await crypto.subtle.decrypt(algorithm, await keyOf(personId), entry.sealed);
    return JSON.parse(new TextDecoder().decode(plain)) as Draft;
  } catch {
    return null;
  }
}

/** Whether anything of this person waits on this device to be saved. */
export async function hasKept(personId: string): Promise<boolean> {
  if (!canKeep()) return false;
  return (await allEntries()).some((entry) => entry.personId === personId);
}

/** Signed out: keys and drafts of everybody go. */
export async function emptyVault(): Promise<void> {
  if (!canKeep()) return;
  await inStore([KEYS, DRAFTS], 'readwrite', (store) => {
    store(KEYS).clear();
    store(DRAFTS).clear();
    return null;
  });
}

/** Somebody signed in: what others left on this device is not to stay on it. */
export async function dropOthers(personId: string): Promise<void> {
  if (!canKeep()) return;
  const others = (await allEntries()).filter((entry) => entry.personId !== personId).map((entry) => entry.id);
  const keys = (await inStore<IDBValidKey[]>([KEYS], 'readonly', (store) => store(KEYS).getAllKeys())) ?? [];
  await inStore([KEYS, DRAFTS], 'readwrite', (store) => {
    for (const id of others) store(DRAFTS).delete(id);
    for (const key of keys) if (key !== personId) store(KEYS).delete(key);
    return null;
  });
}
