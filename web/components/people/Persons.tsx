import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PersonView } from '../../../api/contract/organisation.ts';
import { allRoles } from '../../../domain/roles.ts';
import { call } from '../../api/call.ts';
import { type Page, usePages } from '../../api/list.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { Absent } from '../Absent.tsx';
import { Empty } from '../Empty.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Sheet } from '../Sheet.tsx';
import { NewPerson } from './PersonForms.tsx';

type Filter = { readonly text?: string; readonly unitId?: string; readonly role?: string; readonly active?: boolean };

/** Everybody, found by name, unit or role; names go by POST. */
export function Persons() {
  const { t, named, called } = useWords();
  const me = useMe().data;
  const units = useUnits();
  const [filter, setFilter] = useState<Filter>({ active: true });
  const [entering, setEntering] = useState(false);
  const found = usePages<PersonView>(
    ['persons', 'search', filter],
    async (cursor, signal) =>
      (
        await call<Page<PersonView>>('POST', '/persons/search', {
          body: { ...filter, ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  const change = (name: keyof Filter, value: Filter[keyof Filter]) => {
    const { [name]: _, ...rest } = filter;
    setFilter(value === undefined || value === '' ? rest : { ...rest, [name]: value });
  };
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel stack" aria-label={t('people.persons')}>
      <search className="row register-filters">
        <Input.Search
          allowClear
          aria-label={t('people.text')}
          placeholder={t('people.text')}
          onSearch={(text) => change('text', text.trim())}
        />
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
          onChange={(unitId?: string) => change('unitId', unitId)}
        />
        <Select
          allowClear
          aria-label={t('people.roles')}
          placeholder={t('people.roles')}
          options={allRoles.map((role) => ({ value: role, label: named('role', role) }))}
          onChange={(role?: string) => change('role', role)}
        />
        <Select
          aria-label={t('word.status')}
          value={filter.active ?? 'all'}
          options={[
            { value: true, label: t('people.active') },
            { value: false, label: t('people.left') },
            { value: 'all', label: t('people.all') },
          ]}
          onChange={(active: boolean | 'all') => change('active', active === 'all' ? undefined : active)}
        />
        {me && rolesOf(me).includes('systemAdmin') && (
          <Button onClick={() => setEntering(true)}>{t('people.new')}</Button>
        )}
      </search>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('people.noneFound')} />}
      {items.length > 0 && (
        <Sheet
          dense
          caption={t('people.persons')}
          rows={items}
          rowKey={(person) => person.id}
          columns={[
            {
              title: t('word.name'),
              cell: (person) => (
                <span className="row">
                  <Link to={`/people/${person.id}`}>{called(person)}</Link>
                  {person.active ? (
                    <Absent personId={person.id} />
                  ) : (
                    <span className="chip red">{t('people.leftOn', { on: person.leftOn ?? '—' })}</span>
                  )}
                </span>
              ),
            },
            { title: t('word.unit'), cell: (person) => called(person.unit) },
            {
              title: t('people.roles'),
              cell: (person) => person.roles.map(({ role }) => named('role', role)).join(t('list.comma')) || '—',
            },
            { title: t('vote.seat'), cell: (person) => person.seats.map(called).join(t('list.comma')) || '—' },
          ]}
        />
      )}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {entering && <NewPerson onClose={() => setEntering(false)} />}
    </section>
  );
}
