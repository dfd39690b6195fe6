import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

/** Answers after which what was read before is shown no longer: after a recusal, say, the file is withdrawn. */
const WITHDRAWN = [403, 404];

/** What a query brought; while it is on its way a skeleton, and when it was refused the refusal. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T, unknown>;
  readonly children: (value: T) => ReactNode;
}) {
  const withdrawn = query.isError && WITHDRAWN.includes(asProblem(query.error).status);
  if (query.data !== undefined && !withdrawn) {
    return (
      <>
        {query.isError && <ProblemNotice error={query.error} onRetry={() => query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemNotice error={query.error} onRetry={() => query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 4 }} />;
}
