/**
 * The contract totals of an account, kept apart (Article 12): expected 预计后续合同额, cumulative 累计成交额, yearly 年度成交额. What was
 * concluded before the account was established is a total of its own and never subsequent. Amounts are fen, tax-inclusive.
 */

import { type Grade, type GradeLines, grade } from './grading.ts';
import type { PolicyValues } from './policy.ts';
import type { ProjectState } from './project.ts';

export const totalKinds = ['expected', 'cumulative', 'yearly', 'prior'] as const;
export type TotalKind = (typeof totalKinds)[number];
/** Where a total comes from: added up from the projects, imported from the contract department, or told by the ledger at the take-over. */
export const totalSources = ['projects', 'contractDepartment', 'ledger'] as const;
export type TotalSource = (typeof totalSources)[number];

export type CountedProject = {
  readonly state: ProjectState;
  readonly cancelled: boolean;
  /** Past or under construction when the account was established. */
  readonly prior: boolean;
  readonly countsTowardGrade: boolean;
  readonly contractedOn: string | null;
  readonly amountFen: bigint;
};

/** `year` is null but for a yearly total. Years are calendar years (系统默认). */
export type Total = { readonly kind: TotalKind; readonly year: number | null; readonly fen: bigint };

/** The one total a project belongs to; `none` for what is cancelled, or cannot be counted yet. */
export type Bucket = 'expected' | 'concluded' | 'prior' | 'none';

/**
 * Past and current contracts never count as subsequent (Article 12): what was concluded before the day of establishment is prior. An upcoming
 * project is expected until its contract is signed, and then concluded, never both.
 */
export function bucketOf(project: CountedProject, establishedOn: string): Bucket {
  if (project.cancelled) return 'none';
  if (project.prior) return 'prior';
  if (project.contractedOn !== null) return project.contractedOn < establishedOn ? 'prior' : 'concluded';
  return project.state === 'upcoming' && project.countsTowardGrade ? 'expected' : 'none';
}

/** The totals of an account's projects: expected, cumulative and prior always, and a yearly one for each year something was concluded in. */
export function totalsOf(projects: readonly CountedProject[], establishedOn: string): Total[] {
  const sums = { expected: 0n, concluded: 0n, prior: 0n, none: 0n };
  const years = new Map<number, bigint>();
  for (const project of projects) {
    const bucket = bucketOf(project, establishedOn);
    sums[bucket] += project.amountFen;
    if (bucket !== 'concluded' || project.contractedOn === null) continue;
    const year = Number(project.contractedOn.slice(0, 4));
    years.set(year, (years.get(year) ?? 0n) + project.amountFen);
  }
  return [
    { kind: 'expected', year: null, fen: sums.expected },
    { kind: 'cumulative', year: null, fen: sums.concluded },
    { kind: 'prior', year: null, fen: sums.prior },
    ...[...years].sort(([a], [b]) => a - b).map(([year, fen]) => ({ kind: 'yearly', year, fen }) as const),
  ];
}

export type SourcedTotal = Total & { readonly source: TotalSource };
export type CountedTotal = Total & {
  /** What counts, and where it comes from. */
  readonly source: TotalSource;
  /** What the next source says, where it says anything. */
  readonly otherFen: bigint | null;
};

/** Whose total counts, by policy: the first that says anything (系统默认). */
const precedence: Readonly<Record<PolicyValues['contractSource'], readonly TotalSource[]>> = {
  contractDepartment: ['contractDepartment', 'ledger', 'projects'],
  projects: ['projects', 'contractDepartment', 'ledger'],
};

/** Of each total the one that counts, and beside it the next source's. In order of kind and year. */
export function counting(totals: readonly SourcedTotal[], preferred: PolicyValues['contractSource']): CountedTotal[] {
  const places = new Map<string, SourcedTotal[]>();
  for (const total of totals) {
    const key = `${totalKinds.indexOf(total.kind)}:${total.year ?? 0}`;
    places.set(key, [...(places.get(key) ?? []), total]);
  }
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const [counts, next] = precedence[preferred].flatMap((source) => all.filter((each) => each.source === source));
      return counts ? { ...counts, otherFen: next?.fen ?? null } : [];
    });
}

/** The figure the lines of Article 12 are held against, by policy (系统默认: what is concluded and what is still expected). */
export function figureForGrade(totals: readonly Total[], figure: PolicyValues['gradeFigure'], year: number): bigint {
  const of = (kind: TotalKind, inYear: number | null = null): bigint =>
    totals.find((total) => total.kind === kind && total.year === inYear)?.fen ?? 0n;
  if (figure === 'subsequent') return of('cumulative') + of('expected');
  return figure === 'yearly' ? of('yearly', year) : of(figure);
}

/** Whether the grade still fits the figure; it is shown and never changed by itself. 以上 includes the line itself (Article 12). */
export type GradeFit = { readonly gives: Grade | 'below'; readonly fits: 'fits' | 'below' | 'above' };

export function gradeFit(held: Grade, fen: bigint, lines: GradeLines): GradeFit {
  const gives = grade(fen, lines);
  if (gives === held) return { gives, fits: 'fits' };
  return { gives, fits: gives === 'company' ? 'above' : 'below' };
}
