import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { useOne } from './list.ts';

/** The form of a recommendation, with its version. */
export const useRecommendation = (id: string, mayRead = true) =>
  useOne<RecommendationView>(['case', id, 'form'], mayRead ? `/recommendations/${id}` : null);
