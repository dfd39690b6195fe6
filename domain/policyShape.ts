import { defaultPolicy, type PolicyKey, policyChoices, scoreWeights } from './policy.ts';

/** How a policy value is shown and filled in, and under which heading it stands. */
export type PolicyShape = {
  readonly group: 'grading' | 'review' | 'deadlines' | 'voting' | 'operation';
  readonly kind: 'amount' | 'days' | 'number' | 'fraction' | 'yesNo' | 'choice';
  /** What a choice may be; empty for other kinds. */
  readonly options: readonly string[];
};

const VOTING =
  /^(approve|ratify)(Quorum|Floor)$|^(tieBreak|directorLast|sealed|earlyApprove|earlyRatify|directorDays|ballotExtensionDays|runoffWithinDays|secondBallotDays|inquorateDays)$/;

/** The shape of a value, read from its name and its standard value: a new value of the policy has one at once. */
export function policyShape(key: PolicyKey): PolicyShape {
  const options = policyChoices[key] ?? [];
  const kind = kindOf(key, options);
  const group = VOTING.test(key)
    ? 'voting'
    : isOfScore(key)
      ? 'review'
      : kind === 'amount' || /^(gradeFigure|contractSource)$/.test(key)
        ? 'grading'
        : kind === 'days'
          ? 'deadlines'
          : 'operation';
  return { group, kind, options };
}

/** The weights of the year's score (Article 10.3), and from where it suggests what. */
const isOfScore = (key: string): boolean =>
  (scoreWeights as readonly string[]).includes(key) || key === 'intensifyFrom' || key === 'terminateBelow';

function kindOf(key: PolicyKey, options: readonly string[]): PolicyShape['kind'] {
  const standard: unknown = defaultPolicy[key];
  if (options.length > 0) return 'choice';
  if (typeof standard === 'boolean') return 'yesNo';
  if (Array.isArray(standard)) return 'fraction';
  if (typeof standard === 'string') return 'amount';
  return key.endsWith('Days') ? 'days' : 'number';
}

const CALENDAR_DAYS: readonly string[] = [
  'draftIdleDays',
  'visitCompanyDays',
  'visitBranchDays',
  'accountReportDays',
  'vacancyDays',
];

/** What a value that is a number counts: business days, but for how long a draft may lie idle, and for the clock of an account. */
export type PolicyUnit = 'workingDays' | 'calendarDays' | 'minutes' | 'months' | 'points' | 'times';

export function policyUnit(key: string): PolicyUnit {
  if (CALENDAR_DAYS.includes(key)) return 'calendarDays';
  if (isOfScore(key)) return 'points';
  if (key.endsWith('Days')) return 'workingDays';
  if (key.endsWith('Months')) return 'months';
  return key.endsWith('Minutes') ? 'minutes' : 'times';
}
