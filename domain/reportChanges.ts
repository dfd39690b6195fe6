/** What is otherwise in a yearly report than before, field by field (Article 10.3): what the head who endorses it looks at first. */
import { type Archive, archiveFields, archiveParts, isGiven, valueAt } from './archive.ts';

export const ratings = ['performance', 'cooperation', 'credit'] as const;
export type Rating = (typeof ratings)[number];

/** A report as it is compared: the archive it gives, and the ratings 1–5. */
export type Compared = { readonly archive: Archive } & Readonly<Partial<Record<Rating, number>>>;

/** One field: by its path in the archive, or `rating.<name>`. What is not there is undefined. */
export type FieldChange = {
  readonly path: string;
  readonly now: unknown;
  readonly archive: unknown;
  readonly lastYear: unknown;
  /** From which of the two it differs; `lastYear` only where there was such a report. */
  readonly differsFrom: readonly ('archive' | 'lastYear')[];
};

/** What a report says otherwise than the archive and than last year's report (null where there was none), in the order of the form. */
export function reportChanges(report: Compared, archive: Archive, lastYear: Compared | null): FieldChange[] {
  const fields = archiveParts
    .flatMap((part) => archiveFields[part])
    // It is said anew every year, and is never in the archive.
    .filter((path) => path !== 'projectsConfirmed')
    .map((path) => ({
      path,
      now: valueAt(report.archive, path),
      archive: valueAt(archive, path),
      lastYear: lastYear ? valueAt(lastYear.archive, path) : undefined,
    }));
  const changes = fields.map(
    (field): FieldChange => ({
      ...field,
      differsFrom: [
        ...(same(field.now, field.archive) ? [] : (['archive'] as const)),
        ...(lastYear === null || same(field.now, field.lastYear) ? [] : (['lastYear'] as const)),
      ],
    }),
  );
  const rated = ratings.map(
    (name): FieldChange => ({
      path: `rating.${name}`,
      now: report[name],
      archive: undefined,
      lastYear: lastYear?.[name],
      differsFrom: lastYear !== null && report[name] !== lastYear[name] ? ['lastYear'] : [],
    }),
  );
  return [...changes, ...rated].filter(({ differsFrom }) => differsFrom.length > 0);
}

/** Whether two values say the same: what is empty says nothing, a list is the same in the same order. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

function plain(value: unknown): unknown {
  if (!isGiven(value)) return null;
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(plain).filter((each) => each !== null);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value as object)
    .map(([name, each]) => [name, plain(each)] as const)
    .filter(([, each]) => each !== null);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
