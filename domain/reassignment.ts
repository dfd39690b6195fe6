import type { Lifecycle, Transition } from './lifecycle.ts';

/**
 * 撤换 / 工作调整: the manager of a key account, or its recommending unit, is replaced: for cause (Article 7.3), or without fault because the
 * committee adjusts units and managers (Article 4.3). A co-holding may also end by it, against its unit's will and without another in its place.
 */
export type ReassignmentState =
  | 'admission'
  | 'statement'
  | 'removing'
  | 'nominating'
  | 'confirming'
  | 'handover'
  | 'hearing'
  | 'ending'
  | 'completed'
  | 'dismissed'
  | 'withdrawn'
  | 'lapsed';

const ASSUMPTION = 'assumption 系统默认';

const states: Lifecycle<ReassignmentState>['states'] = {
  admission: { terminal: false, article: 'Article 3', zhKey: 'rea.admission' },
  statement: { terminal: false, article: ASSUMPTION, zhKey: 'rea.statement' },
  removing: { terminal: false, article: 'Article 7.3', zhKey: 'rea.removing' },
  nominating: { terminal: false, article: 'Article 7.1', zhKey: 'rea.nominating' },
  confirming: { terminal: false, article: 'Article 7.1', zhKey: 'rea.confirming' },
  handover: { terminal: false, article: ASSUMPTION, zhKey: 'rea.handover' },
  // The way of a co-holding that is to end. It stands here so that the straight way of every other reassignment passes it by.
  ending: { terminal: false, article: 'Article 4.3', zhKey: 'rea.ending' },
  hearing: { terminal: false, article: ASSUMPTION, zhKey: 'rea.hearing' },
  completed: { terminal: true, article: 'Article 7.3', zhKey: 'rea.completed' },
  dismissed: { terminal: true, article: 'Article 7.3', zhKey: 'rea.dismissed' },
  withdrawn: { terminal: true, article: ASSUMPTION, zhKey: 'rea.withdrawn' },
  lapsed: { terminal: true, article: ASSUMPTION, zhKey: 'rea.lapsed' },
};

const steps: readonly Transition<ReassignmentState>[] = [
  // For cause the person or unit concerned is heard first; without fault there is nothing to answer and nothing to vote on but the successor.
  { from: 'admission', on: 'admit', to: 'statement', by: 'office', article: 'Article 7.3' },
  { from: 'admission', on: 'arrange', to: 'nominating', by: 'office', article: 'Article 4.3' },
  { from: 'admission', on: 'hear', to: 'hearing', by: 'office', article: 'Article 4.3' },
  { from: 'admission', on: 'dismiss', to: 'dismissed', by: 'office', article: 'Article 7.3' },

  { from: 'statement', on: 'state', to: 'removing', by: 'concerned', article: ASSUMPTION },
  { from: 'statement', on: 'silent', to: 'removing', by: 'deadline', article: ASSUMPTION },

  { from: 'removing', on: 'passed', to: 'nominating', by: 'ballot', article: 'Article 7.3' },
  { from: 'removing', on: 'failed', to: 'dismissed', by: 'ballot', article: 'Article 7.3' },

  { from: 'nominating', on: 'nominate', to: 'confirming', by: 'recommendingUnit', article: 'Article 7.1' },
  // After three refusals, or where the unit names nobody, the director appoints: an account does not stay without a manager.
  { from: 'nominating', on: 'appoint', to: 'handover', by: 'director', article: ASSUMPTION },

  { from: 'confirming', on: 'passed', to: 'handover', by: 'ballot', article: 'Article 7.1' },
  { from: 'confirming', on: 'failed', to: 'nominating', by: 'ballot', article: ASSUMPTION },
  { from: 'confirming', on: 'unavailable', to: 'nominating', by: 'departure', article: ASSUMPTION },

  // Nobody is nominated where nobody follows: what the co-holder had goes to the leading unit's manager.
  { from: 'hearing', on: 'state', to: 'ending', by: 'concerned', article: ASSUMPTION },
  { from: 'hearing', on: 'silent', to: 'ending', by: 'deadline', article: ASSUMPTION },
  { from: 'ending', on: 'passed', to: 'handover', by: 'ballot', article: 'Article 4.3' },
  { from: 'ending', on: 'failed', to: 'dismissed', by: 'ballot', article: 'Article 4.3' },

  { from: 'handover', on: 'handOver', to: 'completed', by: 'concerned', article: ASSUMPTION },
  { from: 'handover', on: 'takeOver', to: 'completed', by: 'accountManager', article: ASSUMPTION },
  { from: 'handover', on: 'close', to: 'completed', by: 'office', article: ASSUMPTION },
];

/** Whoever asked for it may take it back until the committee has decided on the removal or the end, or the office has arranged the adjustment. */
const withdrawable: readonly ReassignmentState[] = ['admission', 'statement', 'removing', 'hearing', 'ending'];

const endings: readonly Transition<ReassignmentState>[] = (Object.keys(states) as ReassignmentState[])
  .filter((state) => !states[state].terminal)
  .flatMap((from) => [
    ...(withdrawable.includes(from)
      ? [{ from, on: 'withdraw', to: 'withdrawn', by: 'submitter', article: ASSUMPTION } as const]
      : []),
    { from, on: 'lapse', to: 'lapsed', by: 'administrators', article: ASSUMPTION } as const,
  ]);

export const reassignment: Lifecycle<ReassignmentState> = {
  process: 'reassignment',
  initial: 'admission',
  states,
  transitions: [...steps, ...endings],
};

/** Whom it replaces: the manager of the accounts, or the unit that holds them; or a co-holding that ends without another. */
export const replaced = ['manager', 'unit', 'coHolding'] as const;
export type Replaced = (typeof replaced)[number];

/** The three exceptions of Article 7.3, and 工作调整 without fault (Article 4.3). */
export const grounds = ['incompetent', 'clientRequest', 'conflictOfInterest', 'personnel'] as const;
export type Ground = (typeof grounds)[number];

/** Why a manager or unit changes without fault. */
export const adjustments = ['transfer', 'leaving', 'retirement', 'reorganisation'] as const;

/** Whether the one concerned is heard, and the committee votes on the removal itself. */
export const isForCause = (ground: Ground): boolean => ground !== 'personnel';

/** How the office admits it: whoever is to lose a co-holding altogether is heard, and the committee votes, on every ground (系统默认). */
export function admissionOf(replaces: Replaced, ground: Ground): 'admit' | 'arrange' | 'hear' {
  if (replaces === 'coHolding') return 'hear';
  return isForCause(ground) ? 'admit' : 'arrange';
}

/**
 * Who may ask for it (系统默认): the office, a member of the committee and the head of the unit that holds the account on every ground; the head of any
 * other unit where a conflict of interest is at stake, which those concerned would hardly bring forward.
 */
export function mayAsk(
  ground: Ground,
  asker: { readonly standings: ReadonlySet<string>; readonly headsAUnit: boolean },
): boolean {
  const { standings, headsAUnit } = asker;
  if (['office', 'committee', 'leader', 'head'].some((standing) => standings.has(standing))) return true;
  return ground === 'conflictOfInterest' && headsAUnit;
}

/** On which grounds somebody may ask for it, of one account or of several at once. */
export const groundsOf = (askers: readonly Parameters<typeof mayAsk>[1][]): Ground[] =>
  grounds.filter((ground) => askers.every((asker) => mayAsk(ground, asker)));

/** Who takes each account over: one manager for all of a case's accounts, or one for each. */
export type Assignment = readonly { readonly accountId: string; readonly managerId: string }[];

/** One assignment for every account of the case; null where some account is left out, or one is none of them or named twice. */
export function assignmentOf(
  accountIds: readonly string[],
  named: { readonly managerId?: string | undefined; readonly each?: Assignment | undefined },
): Assignment | null {
  const { managerId, each = [] } = named;
  const given = new Map(each.map((one) => [one.accountId, one.managerId]));
  if (given.size !== each.length || each.some(({ accountId }) => !accountIds.includes(accountId))) return null;
  const assigned = accountIds.map((accountId) => ({ accountId, managerId: given.get(accountId) ?? managerId ?? '' }));
  return assigned.every((one) => one.managerId !== '') ? assigned : null;
}

/** Whether two assignments name the same manager for every account: the committee is not asked the same twice. */
export const sameAssignment = (one: Assignment, other: Assignment): boolean =>
  one.length === other.length &&
  one.every(({ accountId, managerId }) =>
    other.some((each) => each.accountId === accountId && each.managerId === managerId),
  );
