/** Projects of a key account (Articles 6.4, 7.2, 9). Amounts are fen, tax-inclusive; days are `YYYY-MM-DD`. */

import { DomainError } from './errors.ts';
import { isAgreedAboveClaimed } from './operation.ts';
import { type RegionCode, type Territory, unitFor } from './region.ts';

/** 即将建设, 正在建设, 合作过: the words of annex 2. */
export const projectStates = ['upcoming', 'building', 'past'] as const;
export type ProjectState = (typeof projectStates)[number];

/** How far a project is, within its state (系统默认). */
const stages = {
  upcoming: ['tracking', 'tendering', 'awarded', 'preparing'],
  building: ['foundation', 'structure', 'fitOut', 'handingOver', 'suspended'],
  past: ['completed', 'settling', 'settled'],
} as const satisfies Record<ProjectState, readonly string[]>;
export type ProjectStage = (typeof stages)[ProjectState][number];
export const projectStages: readonly ProjectStage[] = Object.values(stages).flat();
export const stagesOf = (state: ProjectState): readonly ProjectStage[] => stages[state];

/** What the rules look at of a project. */
export type Project = {
  readonly state: ProjectState;
  readonly stage: ProjectStage | null;
  readonly amountFen: bigint;
  readonly regionCode: RegionCode;
  readonly employerId: string | null;
  readonly contractedOn: string | null;
  readonly plannedOn: string | null;
  readonly startedOn: string | null;
  readonly finishedOn: string | null;
  readonly receivableFen: bigint | null;
  readonly receivedFen: bigint | null;
};

/**
 * Whether what is said of a project can be true on a day.
 * @throws DomainError `dayInFuture`, `daysOutOfOrder`, `stateDisagrees`, naming the field
 */
export function checkProject(project: Project, today: string): void {
  const { state, stage, startedOn, finishedOn } = project;
  for (const field of ['contractedOn', 'startedOn', 'finishedOn'] as const) {
    const day = project[field];
    if (day !== null && day > today) throw new DomainError('dayInFuture', { day }, field);
  }
  if (startedOn !== null && finishedOn !== null && finishedOn < startedOn)
    throw new DomainError('daysOutOfOrder', { first: startedOn, second: finishedOn }, 'finishedOn');
  if (stage !== null && !stagesOf(state).includes(stage)) throw new DomainError('stateDisagrees', {}, 'stage');
  if (state === 'upcoming' && startedOn !== null) throw new DomainError('stateDisagrees', {}, 'startedOn');
  if (state !== 'past' && finishedOn !== null) throw new DomainError('stateDisagrees', {}, 'finishedOn');
}

/** Where a project lies, seen from the unit that leads the account (Article 7.2). */
export type ProjectPlace = {
  readonly kind: 'inside' | 'outside' | 'uncovered' | 'contested';
  /** The units whose territory it is: none where no unit covers it, several where they contradict each other. */
  readonly unitIds: readonly string[];
};

export function placeOf(
  regionCode: RegionCode,
  leadUnitId: string | null,
  territories: readonly Territory[],
  on: string,
): ProjectPlace {
  const { unitIds } = unitFor(regionCode, territories, on);
  if (unitIds.length === 0) return { kind: 'uncovered', unitIds };
  if (unitIds.length > 1) return { kind: 'contested', unitIds };
  return { kind: unitIds[0] === leadUnitId ? 'inside' : 'outside', unitIds };
}

/**
 * Who builds, after a project was entered or changed. What lies in the lead unit's territory is that unit's at once; what does not is left to
 * the allocation, unless the region is the one already allocated. What is being built or was built has the builder it has (Article 7.2).
 */
export function builderOf(
  project: Pick<Project, 'state' | 'regionCode'>,
  asked: string | null,
  place: ProjectPlace,
  leadUnitId: string | null,
  before: { readonly regionCode: RegionCode; readonly builderUnitId: string | null } | null,
): string | null {
  if (project.state !== 'upcoming') return asked;
  if (place.kind === 'inside') return leadUnitId;
  return before?.regionCode === project.regionCode ? before.builderUnitId : null;
}

/** What a reader is told of a project, and nobody is refused for. */
export type ProjectNote =
  | 'crossRegion'
  | 'regionUncovered'
  | 'regionContested'
  | 'contractDayMissing'
  | 'employerMissing'
  | 'receivedAboveDue'
  | 'agreedAboveClaimed';

export function notesOn(
  project: Project & { readonly cancelled: boolean },
  place: ProjectPlace,
  operations: readonly { readonly claimedFen: bigint; readonly agreedFen: bigint | null }[] = [],
): ProjectNote[] {
  if (project.cancelled) return [];
  const { receivableFen, receivedFen } = project;
  const notes: readonly (readonly [ProjectNote, boolean])[] = [
    ['crossRegion', place.kind === 'outside'],
    ['regionUncovered', place.kind === 'uncovered'],
    ['regionContested', place.kind === 'contested'],
    ['contractDayMissing', project.state !== 'upcoming' && project.contractedOn === null],
    ['employerMissing', project.employerId === null],
    ['receivedAboveDue', receivableFen !== null && receivedFen !== null && receivedFen > receivableFen],
    ['agreedAboveClaimed', operations.some(isAgreedAboveClaimed)],
  ];
  return notes.flatMap(([note, holds]) => (holds ? [note] : []));
}

/** 应收未收: what is due and has not come; never below nothing. */
export function outstanding(receivableFen: bigint | null, receivedFen: bigint | null): bigint | null {
  if (receivableFen === null) return null;
  const open = receivableFen - (receivedFen ?? 0n);
  return open > 0n ? open : 0n;
}
