import type { RefusedRoleView } from '../../../api/contract/identities.ts';
import { type Page, useOne } from '../../api/list.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { Sheet } from '../Sheet.tsx';
import { useMethodName } from './useMethodName.ts';

/** Roles that somebody's groups would give and that he must not have: a mapping, or a group, is to be set right. */
export function RefusedRoles() {
  const { t, called, named } = useWords();
  const methodName = useMethodName();
  const refused = useOne<Page<RefusedRoleView>>(['identities', 'refused'], '/identities/refused-roles');
  return (
    <section className="panel" aria-labelledby="refused-roles">
      <h2 id="refused-roles">{t('identity.refusedRoles')}</h2>
      <Loaded query={refused}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('identity.noRefusedRoles')}</p>
          ) : (
            <Sheet
              caption={t('identity.refusedRoles')}
              rows={items}
              rowKey={({ method, person, role, unit }) => `${method} ${person.id} ${role} ${unit?.id}`}
              columns={[
                { title: t('identity.person'), cell: (row) => <strong>{called(row.person)}</strong> },
                {
                  title: t('people.roles'),
                  cell: (row) => [named('role', row.role), row.unit && called(row.unit)].filter(Boolean).join(' · '),
                },
                { title: t('identity.method'), cell: (row) => methodName(row.method) },
                { title: t('identity.why'), cell: (row) => named('identity.why', row.why) },
                { title: t('word.at'), cell: (row) => momentText(row.at) },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
