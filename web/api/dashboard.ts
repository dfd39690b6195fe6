import type { AccountFigures, CaseFigures, DurationFigures, WaitingFigures } from '../../api/contract/dashboard.ts';
import { query } from './call.ts';
import { useOne } from './list.ts';

/** Figures are looked at, not worked from: once a minute is often enough. */
const EVERY = 60_000;

export const useCaseFigures = () => useOne<CaseFigures>(['dashboard', 'cases'], '/dashboard/cases', EVERY);
export const useDurationFigures = (days: number) =>
  useOne<DurationFigures>(['dashboard', 'durations', days], `/dashboard/durations${query({ days })}`, EVERY);
export const useWaitingFigures = () => useOne<WaitingFigures>(['dashboard', 'waiting'], '/dashboard/waiting', EVERY);
export const useAccountFigures = () => useOne<AccountFigures>(['dashboard', 'accounts'], '/dashboard/accounts', EVERY);
