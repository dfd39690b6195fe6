/** Secondary 二次 and tertiary 三次 operations (Article 6.4): change orders and claims; final settlement and collection. Amounts are fen. */

import { DomainError } from './errors.ts';

export const operationTiers = ['secondary', 'tertiary'] as const;
export type OperationTier = (typeof operationTiers)[number];

/** 已申报, 协商中, 已确认, 未获确认. */
export const operationStates = ['claimed', 'negotiating', 'agreed', 'refused'] as const;
export type OperationState = (typeof operationStates)[number];

export type Operation = {
  readonly tier: OperationTier;
  readonly state: OperationState;
  readonly claimedFen: bigint;
  readonly agreedFen: bigint | null;
  /** The day it was claimed, `YYYY-MM-DD`. */
  readonly on: string;
};

/**
 * What is agreed has its amount, what is not has none; a claim has been made. That more is agreed than was claimed is told, not refused.
 * @throws DomainError `dayInFuture`, `agreedAmount`, naming the field
 */
export function checkOperation(
  { state, agreed, on }: { readonly state: OperationState; readonly agreed: boolean; readonly on: string },
  today: string,
): void {
  if (on > today) throw new DomainError('dayInFuture', { day: on }, 'on');
  if (agreed !== (state === 'agreed')) throw new DomainError('agreedAmount', {}, 'agreedYuan');
}

export const isAgreedAboveClaimed = (one: Pick<Operation, 'claimedFen' | 'agreedFen'>): boolean =>
  one.agreedFen !== null && one.agreedFen > one.claimedFen;

export type OperationTotal = {
  /** The calendar year of the claims; null for all years together. */
  readonly year: number | null;
  readonly tier: OperationTier;
  readonly count: number;
  readonly claimedFen: bigint;
  readonly agreedFen: bigint;
  /** Claimed and not answered yet. */
  readonly openFen: bigint;
};

/** What was claimed and agreed in all and in each year, the latest first. */
export function operationTotals(operations: readonly Operation[]): OperationTotal[] {
  const years = [...new Set(operations.map(({ on }) => Number(on.slice(0, 4))))].sort((a, b) => b - a);
  return [null, ...years].flatMap((year) =>
    operationTiers.flatMap((tier) => {
      const own = operations.filter((each) => each.tier === tier && (year === null || each.on.startsWith(`${year}-`)));
      return own.length === 0 && year !== null ? [] : summed(own, year, tier);
    }),
  );
}

function summed(operations: readonly Operation[], year: number | null, tier: OperationTier): OperationTotal {
  const sum = (of: (operation: Operation) => bigint): bigint => operations.reduce((all, each) => all + of(each), 0n);
  return {
    year,
    tier,
    count: operations.length,
    claimedFen: sum((each) => each.claimedFen),
    agreedFen: sum((each) => (each.state === 'agreed' ? (each.agreedFen ?? 0n) : 0n)),
    openFen: sum((each) => (['claimed', 'negotiating'].includes(each.state) ? each.claimedFen : 0n)),
  };
}
