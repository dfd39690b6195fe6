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

/** The sum of the subsequent contracts: upcoming projects that are to count. Past and current ones never do. */
export function subsequentSum(projects: readonly GradedProject[]): bigint {
  return projects
    .filter((project) => project.stage === 'upcoming' && project.countsTowardGrade)
    .reduce((sum, project) => sum + project.amountFen, 0n);
}

export type ExpectedCheck = { readonly ok: true } | { readonly ok: false; readonly sumFen: bigint };

/** Whether a recommendation's expected sum is the sum of its own projects; if not, `sumFen` is what they add up to. */
export function checkExpected(expectedSubsequentFen: bigint, projects: readonly GradedProject[]): ExpectedCheck {
  const sumFen = subsequentSum(projects);
  return sumFen === expectedSubsequentFen ? { ok: true } : { ok: false, sumFen };
}
