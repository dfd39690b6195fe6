/** What the lock file says of a package. */
type Locked = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
};
export type LockFile = { readonly packages: Readonly<Record<string, Locked>> };

/** A program that comes as a wheel of the Python package index. */
export type Wheel = { readonly name: string; readonly version: string; readonly license: string };

export type Component = {
  readonly type: 'library' | 'application';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  /** `optional` is only needed to build or to test; it is on no machine that serves people but the one that builds. */
  readonly scope: 'required' | 'optional';
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly licenses: readonly { readonly expression: string }[];
};

/**
 * The licences that may come in: they ask for a notice, and nothing of the product's own sources. Of the weaker copyleft ones (MPL, EPL) files
 * are used unchanged, which asks no more. CC-BY-4.0 is for data.
 */
export const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense', 'BlueOak-1.0.0'],
  ...['MPL-2.0', 'EPL-2.0', 'CC-BY-4.0'],
]);

/** Licences that a package states in its files or its main package, and not where npm looks. */
const STATED: readonly (readonly [name: RegExp, license: string])[] = [
  [/^(busboy|streamsearch|seq-queue)$/, 'MIT'],
  [/^unionfs$/, 'Unlicense'],
  [/^@biomejs\/cli-/, 'MIT OR Apache-2.0'],
  [/^@oxc-parser\/binding-/, 'MIT'],
  [/^@swc\/core-/, 'Apache-2.0 AND MIT'],
];

/** Every package of a lock file, each name and version once, in order. */
export function componentsOf(lock: LockFile): Component[] {
  const found = new Map<string, Component>();
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (path === '' || !locked.version) continue;
    const component = componentOf(
      locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      locked,
    );
    const known = found.get(component.purl);
    if (!known || known.scope === 'optional') found.set(component.purl, component);
  }
  return [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

function componentOf(name: string, { version = '', license, integrity, dev }: Locked): Component {
  const [algorithm, digest = ''] = (integrity ?? '').split('-');
  const stated = license ?? STATED.find(([pattern]) => pattern.test(name))?.[1];
  return {
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: dev ? 'optional' : 'required',
    hashes: algorithm === 'sha512' ? [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] : [],
    licenses: stated ? [{ expression: stated.replaceAll(' and ', ' AND ') }] : [],
  };
}

/** The bill of materials in CycloneDX 1.6, with the programs that come as wheels. The same lock file gives the same bill. */
export function billOf(
  product: { readonly name: string; readonly version: string },
  lock: LockFile,
  wheels: readonly Wheel[],
): object {
  const programs = wheels.map(({ name, version, license }) => ({
    type: 'application',
    name,
    version,
    purl: `pkg:pypi/${name}@${version}`,
    scope: 'required',
    licenses: [{ expression: license }],
  }));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', ...product } },
    components: [...componentsOf(lock), ...programs],
  };
}

/** The components with a licence that is not on the list, or with none that is known. */
export const unlicensed = (components: readonly Component[]): string[] =>
  components
    .filter(({ licenses }) => {
      const expression = licenses[0]?.expression ?? '';
      const named = expression.split(/ OR | AND |[()]/).filter(Boolean);
      const isAllowed = (license: string) => ALLOWED.has(license.trim());
      return named.length === 0 || !(expression.includes(' OR ') ? named.some(isAllowed) : named.every(isAllowed));
    })
    .map(({ purl, licenses }) => `${purl}: ${licenses[0]?.expression ?? 'no licence stated'}`);
