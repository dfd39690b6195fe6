/**
 * The information and credit archive of a key account (Article 9), as the yearly report goes through it: its fields by part, how complete it is,
 * and what it becomes by a report. An archive is plain JSON; a field is named by its path. Which fields make a part whole is 系统默认.
 */
export const archiveParts = ['basics', 'contact', 'keyPersons', 'projects', 'records', 'credit'] as const;
export type ArchivePart = (typeof archiveParts)[number];

export type Archive = Readonly<Record<string, unknown>>;

const under = (path: string, names: readonly string[]): string[] => names.map((name) => `${path}.${name}`);

/** 信用: what the last part of the archive tells (annex 2). */
export const creditFields = [
  'performance',
  'payment',
  'solvency',
  'contractForms',
  'bidding',
  'contractHabits',
  'priceLevel',
  'devCapability',
  'cooperationOurs',
  'cooperationOthers',
  'creditStatus',
  'judicialRisk',
] as const;

/** The fields that a report gives anew, by part (annexes 2 and 3). */
export const archiveFields: Readonly<Record<ArchivePart, readonly string[]>> = {
  basics: [
    ...under('client', ['nature', 'industry', 'size', 'mainProducts', 'reputation', 'registeredCapitalYuan']),
    ...under('client.assets', ['asOf', 'totalAssetsYuan', 'netAssetsYuan', 'debtRatioPct', 'source']),
    'client.shareholders',
  ],
  contact: under('client.contact', ['address', 'postcode', 'phone', 'fax', 'email']),
  keyPersons: ['keyPersons'],
  projects: ['projectsConfirmed', 'investmentDirection'],
  records: under('records', ['meetings', 'talks', 'complaints', 'handling']),
  credit: under('credit', creditFields),
};

const paths = archiveParts.flatMap((part) => archiveFields[part]);
/** Many have no fax any more: without one an archive is whole all the same. */
const DISPENSABLE = 'client.contact.fax';
/** Said of the register of projects in a report, and no part of the archive itself. */
const CONFIRMED = 'projectsConfirmed';
/** What is told of one year is not taken over from another. */
const isOfTheYear = (path: string): boolean => path === CONFIRMED || path.startsWith('records.');

/** What stands at a path; undefined where nothing does. */
export function valueAt(archive: Archive, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), archive);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a field holds anything: a text, an entry, a yes. */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.some(isGiven);
  if (isObject(value)) return Object.values(value).some(isGiven);
  return value !== undefined && value !== null && value !== false;
}

function withValue(archive: Archive, [name = '', ...rest]: readonly string[], value: unknown): Archive {
  const { [name]: inner, ...others } = archive;
  const next = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value);
  return isGiven(next) ? { ...others, [name]: next } : others;
}

const taken = (from: (path: string) => unknown, into: Archive, which: readonly string[]): Archive =>
  which.reduce((archive, path) => withValue(archive, path.split('.'), from(path)), into);

/** Of an archive the fields that a report goes through. */
export const reportable = (archive: Archive): Archive => taken((path) => valueAt(archive, path), {}, paths);

/** What the archive becomes by a report: its fields as reported, also those that were emptied; all else as it was. */
export const archiveWith = (before: Archive, reported: Archive): Archive =>
  taken(
    (path) => valueAt(reported, path),
    before,
    paths.filter((path) => path !== CONFIRMED),
  );

/** What a report begins with: the archive, and what only last year's report tells. What is told of one year is told anew. */
export function prefilled(archive: Archive, lastYear: Archive | null): Archive {
  const known = (path: string) => {
    const kept = valueAt(archive, path);
    return isGiven(kept) || lastYear === null ? kept : valueAt(lastYear, path);
  };
  return taken(
    known,
    {},
    paths.filter((path) => !isOfTheYear(path)),
  );
}

/** `percent` is whole, 0–100; `missing` are the paths that hold nothing. */
export type PartCompleteness = {
  readonly part: ArchivePart;
  readonly percent: number;
  readonly missing: readonly string[];
};
export type Completeness = { readonly percent: number; readonly parts: readonly PartCompleteness[] };

/** How complete an archive is: each of its six parts by the share of its fields, and the mean of them (系统默认). */
export function completenessOf(archive: Archive): Completeness {
  const parts = archiveParts.map((part): PartCompleteness => {
    const wanted = archiveFields[part].filter((path) => path !== DISPENSABLE);
    const missing = wanted.filter((path) => !isGiven(valueAt(archive, path)));
    return { part, missing, percent: Math.floor(((wanted.length - missing.length) * 100) / wanted.length) };
  });
  return { parts, percent: Math.floor(parts.reduce((sum, { percent }) => sum + percent, 0) / parts.length) };
}
