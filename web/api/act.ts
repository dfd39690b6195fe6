import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { type Answer, call, type Method } from './call.ts';
import { asProblem, type Problem } from './problem.ts';

export type Act = {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly wait?: number;
};

/** What is done once it is known whether the act was taken. */
export type Told<T> = {
  readonly onSuccess?: (answer: Answer<T>) => void;
  readonly onError?: (problem: Problem) => void;
  readonly onSettled?: () => void;
};

export type ActResult<T> = Omit<UseMutationResult<Answer<T>, Problem, Act>, 'mutate' | 'mutateAsync'> & {
  readonly mutate: (act: Act, told?: Told<T>) => void;
};

/** 128 random bits; `crypto.randomUUID` is missing where the page is not served from a secure origin. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * One act of a person: a writing request under one Idempotency-Key. The key is kept while nobody knows whether the act
 * was taken (no answer, or 503), by the automatic retries and by the person pressing again, so that it is taken once.
 * What `invalidates` names is read again after it. What `mutate` is to tell is told although the asking component has gone: the
 * stream of events may take a form away before its answer is there. Whoever goes on to another page uses `useOnward`.
 */
export function useAct<T = unknown>(invalidates: readonly QueryKey[] = []): ActResult<T> {
  const client = useQueryClient();
  const open = useRef<{ what: string; key: string } | null>(null);
  const { mutateAsync, ...state } = useMutation<Answer<T>, Problem, Act>({
    mutationFn: async (act) => {
      const what = act.body instanceof FormData ? newKey() : JSON.stringify([act.method, act.path, act.body]);
      if (open.current?.what !== what) open.current = { what, key: newKey() };
      const answer = await attempt<T>(act, open.current.key).catch((error: unknown) => {
        const problem = asProblem(error);
        if (!problem.retryable) open.current = null;
        throw problem;
      });
      open.current = null;
      return answer;
    },
    retry: false,
    // Without a network an act fails and says so, instead of waiting unseen.
    networkMode: 'always',
    // Not waited for: what is read again may take the asking component away, and it still has to say that it is done.
    onSettled: () => {
      for (const queryKey of invalidates) void client.invalidateQueries({ queryKey });
    },
  });
  const mutate = useCallback(
    (act: Act, told: Told<T> = {}) => {
      void mutateAsync(act)
        .then(told.onSuccess, (error: unknown) => told.onError?.(asProblem(error)))
        .finally(told.onSettled);
    },
    [mutateAsync],
  );
  return { ...state, mutate };
}

const PAUSES = [400, 1200] as const;

async function attempt<T>({ method, path, ...options }: Act, key: string): Promise<Answer<T>> {
  for (const pause of PAUSES) {
    try {
      return await call<T>(method, path, { ...options, key });
    } catch (error) {
      if (!asProblem(error).retryable) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return call<T>(method, path, { ...options, key });
}
