import { query } from '../../api/call.ts';
import { stateWord } from '../../lifecycles.ts';
import { useWords } from '../../words.ts';

/** The list of the cases that a figure counts. */
export const casesAt = (filter: {
  readonly unitId?: string;
  readonly state?: string;
  readonly waitsFor?: string;
}): string => `/cases${query(filter)}`;

/** The list of the accounts that a figure counts. */
export const accountsAt = (filter: {
  readonly unitId?: string;
  readonly kind?: 'lead';
  readonly regionCode?: string;
}) => `/accounts${query(filter)}`;

/** What a state is called where both grades are meant: approving has a name for each (Article 4.6). */
export function useStateName(): (process: string, state: string) => string {
  const { t, word } = useWords();
  return (process, state) => (state === 'approving' ? t('step.approving') : word(stateWord(process, state, null)));
}
