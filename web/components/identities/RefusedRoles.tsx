import { useState } from 'react';
import type { RefusedRoleView } from '../../../api/contract/identities.ts';
import { useListed } from '../../api/list.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Register } from '../Register.tsx';
import { Sheet } from '../Sheet.tsx';
import { useMethodName } from './useMethodName.ts';

/** Roles that somebody's groups would give and that he must not have: a mapping, or a group, is to be set right. */
export function RefusedRoles() {
  const { t, called, named } = useWords();
  const methodName = useMethodName();
  const [personId, setPersonId] = useState<string>();
  const refused = useListed<RefusedRoleView>(['identities', 'refused'], '/identities/refused-roles', { personId });
  return (
    <section className="panel" aria-labelledby="refused-roles">
      <h2 id="refused-roles">{t('identity.refusedRoles')}</h2>
      <Register
        query={refused}
        person={{ value: personId, onChange: setPersonId }}
        empty={<p className="soft">{t('identity.noRefusedRoles')}</p>}
      >
        {(items) => (
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
        )}
      </Register>
    </section>
  );
}
