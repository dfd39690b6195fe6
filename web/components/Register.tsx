import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Page } from '../api/list.ts';
import { useWords } from '../words.ts';
import '../styles/registers.css';
import { Loaded } from './Loaded.tsx';
import { PersonSelect } from './PersonSelect.tsx';

type Person = { readonly value: string | undefined; readonly onChange: (personId: string | undefined) => void };

/** A list that goes on page by page: for whom it is looked through, what was brought so far, and the next page. */
export function Register<T>({
  query,
  person,
  empty,
  children,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<T>>, unknown>;
  /** Where the list can be narrowed to one person. */
  readonly person?: Person;
  readonly empty: ReactNode;
  readonly children: (items: readonly T[]) => ReactNode;
}) {
  const { t } = useWords();
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const isLong = query.hasNextPage || pages.length > 1 || items.length > FEW || person?.value !== undefined;
        return (
          <>
            {person && isLong && (
              <search className="row register-filters">
                <PersonSelect
                  allowClear
                  label={t('field.person')}
                  {...(person.value ? { value: person.value } : {})}
                  onChange={person.onChange}
                />
              </search>
            )}
            {items.length === 0 ? empty : children(items)}
            {query.hasNextPage && (
              <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                {t('do.more')}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** What one looks over at a glance needs no search. */
const FEW = 8;
