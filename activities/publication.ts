import type { CaseDeps } from '../cases/deps.ts';
import { beginDueEdition } from '../cases/publications.ts';
import type { PublicationActivities } from '../workflows/contracts/publication.ts';

/** The calendar's way to the editions of the list. */
export function createPublicationActivities(deps: CaseDeps): PublicationActivities {
  return {
    beginDueEdition: async ({ now }) => {
      await beginDueEdition(deps, now);
    },
  };
}
