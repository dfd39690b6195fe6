import { type KeptDrafting, useKeptDraft } from './keptDraft.ts';

/** A visit as it is being entered: nothing of it is saved before the end. */
export type VisitDraft = {
  readonly visitedOn: string;
  readonly place: string;
  /** The posts that were tapped. */
  readonly met: readonly string[];
  /** Others, as they were typed. */
  readonly others: string;
  readonly ours: readonly string[];
  readonly summary: string;
  readonly nextStep: string;
  /** Why what stood there was wrong, where a visit is corrected. */
  readonly reason: string;
};

/** A visit is entered where the network may be gone. */
export const useVisitDraft = (personId: string, place: string, initial: VisitDraft): KeptDrafting<VisitDraft> =>
  useKeptDraft(personId, `visit:${place}`, initial);
