/** 定期回访 (Article 6.1): what a visit is, and when it can have been. */
import { localDay } from './calendar.ts';

export type VisitState = 'planned' | 'done' | 'cancelled';

/** Why a visit cannot have been on a day, or not be planned for it. */
export type VisitRefusal = 'visitInFuture' | 'visitBeforeHolding' | 'visitAfterHolding' | 'visitInPast';

export type HoldingTime = { readonly validFrom: Date; readonly validTo: Date | null };

/** Why a visit cannot have been on that day; null where it can. A holding covers its first and its last day. */
export function visitRefusal(day: string, holding: HoldingTime, now: Date): VisitRefusal | null {
  if (day > localDay(now.getTime())) return 'visitInFuture';
  if (day < localDay(holding.validFrom.getTime())) return 'visitBeforeHolding';
  if (holding.validTo !== null && day > localDay(holding.validTo.getTime())) return 'visitAfterHolding';
  return null;
}

/** Why a visit cannot be planned for that day; null where it can: today, or later. */
export const planRefusal = (day: string, now: Date): VisitRefusal | null =>
  day < localDay(now.getTime()) ? 'visitInPast' : null;
