import { localDay } from '../../domain/calendar.ts';

/** A `date` column as Prisma gives it: midnight UTC of the day. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
export const dayOrNull = (date: Date | null): string | null => (date === null ? null : dayOf(date));
export const timeOf = (date: Date): string => date.toISOString();
export const timeOrNull = (date: Date | null): string | null => (date === null ? null : date.toISOString());
/** A day as Prisma takes it. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
/** Today at Asia/Shanghai. */
export const today = (): Date => dateOf(localDay(Date.now()));

/** From–to rows in force today: from the first day until before the last. */
export const inForce = () => {
  const day = today();
  return { validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gt: day } }] };
};
