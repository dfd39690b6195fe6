/** The grades of Article 12, by subsequent concluded contracts 后续合同成交额. Amounts are fen, tax-inclusive. */

export type Grade = 'company' | 'branch';

/** The two figures of Article 12, as the policy of the case has them. */
export type GradeLines = { readonly companyLineFen: bigint; readonly branchLineFen: bigint };

export type GradedProject = {
  readonly stage: 'past' | 'building' | 'upcoming';
  readonly countsTowardGrade: boolean;
  readonly amountFen: bigint;
};

/** The grade an expected sum of subsequent contracts gives. 以上 includes the figure itself (Article 12). */
export function grade(expectedSubsequentFen: bigint, lines: GradeLines): Grade | 'below' {
  if (expectedSubsequentFen >= lines.companyLineFen) return 'company';
  return expectedSubsequentFen >= lines.branchLineFen ? 'branch' : 'below';
}

/** Upcoming projects that are to count. Past and current ones never do. */
const isSubsequent = (project: GradedProject): boolean => project.stage === 'upcoming' && project.countsTowardGrade;

/** The sum of the subsequent contracts. */
export function subsequentSum(projects: readonly GradedProject[]): bigint {
  return projects.filter(isSubsequent).reduce((sum, project) => sum + project.amountFen, 0n);
}

/** The same by where the projects lie: the sum of each region code of GB/T 2260. */
export function subsequentByRegion(
  projects: readonly (GradedProject & { readonly regionCode: string })[],
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { regionCode, amountFen } of projects.filter(isSubsequent))
    sums.set(regionCode, (sums.get(regionCode) ?? 0n) + amountFen);
  return sums;
}

export type ExpectedCheck = { readonly ok: true } | { readonly ok: false; readonly sumFen: bigint };

/** Whether a recommendation's expected sum is the sum of its own projects; if not, `sumFen` is what they add up to. */
export function checkExpected(expectedSubsequentFen: bigint, projects: readonly GradedProject[]): ExpectedCheck {
  const sumFen = subsequentSum(projects);
  return sumFen === expectedSubsequentFen ? { ok: true } : { ok: false, sumFen };
}
