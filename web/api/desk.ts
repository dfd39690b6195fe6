import type { DeskScope, DeskView } from '../../api/contract/desk.ts';
import { useOne } from './list.ts';

/** A desk, read again by itself: what is due changes with the hour. */
export const useDesk = (scope: DeskScope) => useOne<DeskView>(['desk', scope], `/desks/${scope}`, 30_000);
