/**
 * What is handed over when an account changes hands, made from what it holds: who knows whom, the archive (Article 9), the projects and what is
 * still owed of them (Article 6.4), the records, and what is under way. The list itself is 系统默认; ids, days and numbers only.
 */

import type { ProjectState } from './project.ts';

export const handoverKinds = [
  'introduction',
  'archive',
  'project',
  'receivable',
  'operation',
  'report',
  'record',
  'case',
  'plan',
  'visit',
  'task',
] as const;
export type HandoverKind = (typeof handoverKinds)[number];

/** What an account holds, as far as it is the holding's that changes hands. Days are `YYYY-MM-DD`. */
export type Held = {
  /** Entries of each part of the archive. */
  readonly archive: Readonly<Record<'basics' | 'contact' | 'keyPersons' | 'projects', number>>;
  readonly projects: readonly {
    readonly id: string;
    readonly state: ProjectState;
    readonly regionCode: string;
    readonly outstandingFen: bigint;
  }[];
  /** Change orders, claims and settlements on which the client has not agreed yet. */
  readonly openOperations: number;
  readonly reports: { readonly count: number; readonly lastOn: string | null };
  readonly records: { readonly visits: number; readonly files: number };
  readonly cases: readonly { readonly id: string; readonly number: string; readonly process: string }[];
  readonly plans: readonly { readonly id: string; readonly number: string; readonly measures: number }[];
  readonly visits: readonly { readonly id: string; readonly on: string }[];
  readonly tasks: readonly { readonly id: string; readonly on: string }[];
};

export type HandedOver = {
  readonly kind: HandoverKind;
  readonly ref: string;
  readonly codes: Readonly<Record<string, string | number>>;
};

/**
 * The checklist of one account. Its first item is due with every account, so that no handover is without one: the client is told who is in
 * charge. Each project that is coming or being built is an item of its own, and so is each that money is owed of; those that are over are one together.
 */
export function checklist(held: Held, { successor }: { readonly successor: boolean }): HandedOver[] {
  const { archive, projects, openOperations, reports, records } = held;
  const current = projects.filter(({ state }) => state !== 'past');
  const past = projects.length - current.length;
  // What the archive said of projects at establishment has become projects of their own; where nobody follows, whoever takes over has it already.
  const parts: Partial<Held['archive']> = successor
    ? { ...archive, projects: projects.length > 0 ? 0 : archive.projects }
    : {};
  return [
    { kind: 'introduction', ref: successor ? 'client' : 'leave', codes: {} },
    ...some(Object.entries(parts), ([ref, entries]) => entries > 0 && { kind: 'archive', ref, codes: { entries } }),
    ...current.map(
      ({ id, state, regionCode }): HandedOver => ({ kind: 'project', ref: id, codes: { state, regionCode } }),
    ),
    ...some([past], (count) => count > 0 && { kind: 'project', ref: 'past', codes: { state: 'past', count } }),
    ...some(
      projects,
      ({ id, regionCode, outstandingFen }) =>
        outstandingFen > 0n && { kind: 'receivable', ref: id, codes: { regionCode, fen: outstandingFen.toString() } },
    ),
    ...some([openOperations], (count) => count > 0 && { kind: 'operation', ref: 'open', codes: { count } }),
    ...some(
      [reports],
      ({ count, lastOn }) => lastOn !== null && { kind: 'report', ref: 'all', codes: { count, on: lastOn } },
    ),
    ...some([records], ({ visits, files }) => visits > 0 && { kind: 'record', ref: 'all', codes: { visits, files } }),
    ...held.cases.map(({ id, ...codes }): HandedOver => ({ kind: 'case', ref: id, codes })),
    ...held.plans.map(({ id, ...codes }): HandedOver => ({ kind: 'plan', ref: id, codes })),
    ...held.visits.map(({ id, on }): HandedOver => ({ kind: 'visit', ref: id, codes: { on } })),
    ...held.tasks.map(({ id, on }): HandedOver => ({ kind: 'task', ref: id, codes: { on } })),
  ];
}

const some = <T>(all: readonly T[], item: (one: T) => HandedOver | false): HandedOver[] =>
  all.flatMap((one) => item(one) || []);

export type HandoverItem = {
  readonly id: string;
  readonly accountId: string;
  readonly given: boolean;
  readonly taken: boolean;
};

/** The items of some accounts that one side has not ticked yet; none left means that this side is done. */
export const unticked = (
  items: readonly HandoverItem[],
  accountIds: readonly string[],
  side: 'given' | 'taken',
): string[] => items.filter((item) => accountIds.includes(item.accountId) && !item[side]).map(({ id }) => id);
