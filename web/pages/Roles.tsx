import { Alert, App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { RoleAssignmentView } from '../../api/contract/roles.ts';
import { allRoles, isAdministratorRole } from '../../domain/roles.ts';
import { useAct } from '../api/act.ts';
import { useProposals, useRoles } from '../api/administration.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { GrantRole } from '../components/admin/GrantRole.tsx';
import { Empty } from '../components/Empty.tsx';
import { FormDialog, useRequired } from '../components/FormDialog.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import '../styles/administration.css';
import { useWords } from '../words.ts';

const parts = ['byPerson', 'byRole', 'history'] as const;
const tones = { current: 'green', later: 'brand', ended: '' } as const;

/** Who has which role, by person, by role and over time; the security administrator grants and ends them. */
export default function Roles() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  const roles = useRoles();
  const me = useMe().data;
  const grants = me ? rolesOf(me).includes('securityAdmin') : false;
  const [granting, setGranting] = useState(false);
  const [ending, setEnding] = useState<RoleAssignmentView | null>(null);
  return (
    <>
      <PageHead title={t('nav.roles')}>
        {grants && (
          <Button type="primary" onClick={() => setGranting(true)}>
            {t('roles.grant')}
          </Button>
        )}
      </PageHead>
      <p className="soft">{t('roles.separation')}</p>
      <WaitingRoles />
      <PageTabs label={t('nav.roles')} param="part" items={parts.map((key) => ({ key, label: t(`roles.${key}`) }))} />
      <Loaded query={roles}>
        {({ items }) => {
          const now = items.filter(({ state }) => state !== 'ended');
          const ends: Ends | null =
            me && grants ? { begin: setEnding, refusal: (row) => refusalOf(row, now, me.person.id) } : null;
          return (
            <>
              {part === 'byPerson' && <ByPerson rows={now} ends={ends} />}
              {part === 'byRole' && <ByRole rows={now} ends={ends} />}
              {part === 'history' && <Assignments rows={items} ends={null} title={t('roles.history')} />}
              {granting && <GrantRole roles={items} personId={null} onClose={() => setGranting(false)} />}
            </>
          );
        }}
      </Loaded>
      {ending && <EndRole assignment={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

/** Administrators’ roles that are proposed and wait to be confirmed. */
function WaitingRoles() {
  const { t, named, called } = useWords();
  const waiting = (useProposals().data?.items ?? []).flatMap(({ id, status, role }) =>
    role && status === 'open' ? { id, ...role } : [],
  );
  return waiting.map(({ id, role, person }) => (
    <Alert
      key={id}
      type="info"
      showIcon
      role="status"
      title={t('proposal.roleWaits', { name: called(person), role: named('role', role) })}
      action={<Link to="/proposals">{t('proposal.toAll')}</Link>}
    />
  ));
}

type Refusal = 'roles.ownAdministration' | 'roles.lastAdministrator';
/** How an assignment is ended; `refusal` says why one cannot be. */
type Ends = {
  readonly begin: (assignment: RoleAssignmentView) => void;
  readonly refusal: (assignment: RoleAssignmentView) => Refusal | null;
};

/** Of the administrators' roles nobody ends his own, nor the last that has no last day. */
function refusalOf(row: RoleAssignmentView, rows: readonly RoleAssignmentView[], myId: string): Refusal | null {
  if (!isAdministratorRole(row.role)) return null;
  if (row.person.id === myId) return 'roles.ownAdministration';
  const isLast = !rows.some(({ id, role, validTo }) => id !== row.id && role === row.role && validTo === null);
  return isLast && row.validTo === null ? 'roles.lastAdministrator' : null;
}

type Listed = {
  readonly rows: readonly RoleAssignmentView[];
  readonly ends: Ends | null;
};

/** Everybody with a role, by name; one person where one is chosen. */
function ByPerson({ rows, ends }: Listed) {
  const { t, called } = useWords();
  const [search, setSearch] = useSearchParams();
  const shown = search.get('person');
  const persons = [...new Map(rows.map(({ person }) => [person.id, person])).values()].toSorted((a, b) =>
    called(a).localeCompare(called(b)),
  );
  const groups = persons.filter(({ id }) => shown === null || id === shown);
  return (
    <>
      <search className="panel">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('field.person')}
          placeholder={t('field.person')}
          style={{ minWidth: 240 }}
          value={shown ?? undefined}
          options={persons.map((person) => ({ value: person.id, label: called(person) }))}
          onChange={(id: string | undefined) => setSearch(id ? { part: 'byPerson', person: id } : { part: 'byPerson' })}
        />
      </search>
      <Assignments
        rows={groups.flatMap((person) => rows.filter((each) => each.person.id === person.id))}
        ends={ends}
        title={t('roles.byPerson')}
      />
    </>
  );
}

function ByRole({ rows, ends }: Listed) {
  const { t, named } = useWords();
  return allRoles.map((role) => {
    const held = rows.filter((each) => each.role === role);
    if (held.length === 0) return <Empty key={role} text={t('roles.nobody', { role: named('role', role) })} />;
    return <Assignments key={role} rows={held} ends={ends} title={named('role', role)} />;
  });
}

/** So many rows at first, and so many more each time. */
const ROWS = 30;

function Assignments({ rows, ends, title }: Listed & { readonly title: string }) {
  const { t, named, called } = useWords();
  const [shown, setShown] = useState(ROWS);
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <Sheet
        dense
        caption={title}
        rows={rows.slice(0, shown)}
        rowKey={(row) => row.id}
        columns={[
          { title: t('field.person'), cell: (row) => <strong>{called(row.person)}</strong> },
          { title: t('roles.role'), cell: (row) => named('role', row.role) },
          { title: t('word.unit'), cell: (row) => (row.unit ? called(row.unit) : '—') },
          {
            title: t('roles.period'),
            wide: true,
            cell: (row) => (
              <span className="row">
                {row.validTo ? `${row.validFrom} – ${dayText(row.validTo)}` : t('roles.since', { from: row.validFrom })}
                <span className={`chip ${tones[row.state]}`}>{t(`roles.${row.state}`)}</span>
              </span>
            ),
          },
          { title: t('people.document'), cell: (row) => row.document },
          { title: t('roles.grantedBy'), cell: (row) => (row.grantedBy ? called(row.grantedBy) : '—') },
          ...(ends
            ? [
                {
                  title: t('roles.do'),
                  cell: (row: RoleAssignmentView) => {
                    const refusal = ends.refusal(row);
                    return (
                      <>
                        <Button
                          size="small"
                          disabled={refusal !== null}
                          aria-label={t('roles.endOf', { role: named('role', row.role), name: called(row.person) })}
                          aria-describedby={refusal ? `refusal-${row.id}` : undefined}
                          onClick={() => ends.begin(row)}
                        >
                          {t('roles.end')}
                        </Button>
                        {refusal && (
                          <div id={`refusal-${row.id}`} className="small soft">
                            {t(refusal, { role: named('role', row.role) })}
                          </div>
                        )}
                      </>
                    );
                  },
                },
              ]
            : []),
        ]}
      />
      {rows.length > shown && <Button onClick={() => setShown(shown + ROWS)}>{t('do.more')}</Button>}
    </section>
  );
}

function EndRole({ assignment, onClose }: { readonly assignment: RoleAssignmentView; readonly onClose: () => void }) {
  const { t, named, called } = useWords();
  const { message } = App.useApp();
  const act = useAct([['roles'], ['persons']]);
  return (
    <FormDialog
      title={t('roles.endOf', { role: named('role', assignment.role), name: called(assignment.person) })}
      submit={t('roles.end')}
      danger
      name="end"
      initialValues={{ on: dayText(new Date().toISOString()) }}
      act={act}
      onSubmit={(body) =>
        act.mutate(
          { method: 'POST', path: `/roles/${assignment.id}/end`, body },
          {
            onSuccess: () => {
              message.success(t('roles.ended.done'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <p className="small soft">{t('roles.endFollows')}</p>
      <Form.Item name="on" label={t('roles.on')} rules={useRequired()}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
