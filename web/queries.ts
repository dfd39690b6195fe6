import { QueryCache, QueryClient } from '@tanstack/react-query';
import { meKey } from './api/me.ts';
import { asProblem, Problem } from './api/problem.ts';

/** What has been read of the API, and when it is read again. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) queries.setQueryData(meKey, null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => count < 2 && asProblem(error).retryable,
    },
  },
});
