import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice.tsx';

/** What a query brought; while it is on its way a skeleton, and when it was refused the refusal. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (value: T) => ReactNode;
}) {
  if (query.data !== undefined) {
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
