import { Link } from 'react-router';
import type { DeskGroup, DeskView } from '../../../api/contract/desk.ts';
import { healths } from '../../../domain/desk.ts';
import { useWords } from '../../words.ts';
import { Figure } from '../dashboard/Figure.tsx';
import { Sheet } from '../Sheet.tsx';

/** How the accounts of each manager, or of each unit, stand: a bar as long as they are many, and a table that says the same. */
export function GroupBars({ desk }: { readonly desk: DeskView }) {
  const { t, called } = useWords();
  const most = Math.max(1, ...desk.groups.map(({ accounts }) => accounts));
  const nameOf = ({ unit, manager }: DeskGroup): string =>
    desk.scope === 'company' ? called(unit) : manager ? called(manager) : t('desk.nobody');
  return (
    <Figure
      title={t(`desk.groups.${desk.scope === 'company' ? 'company' : 'unit'}`)}
      about={t('desk.groups.about')}
      picture={
        <>
          <ul className="desk-bars">
            {desk.groups.map((group) => (
              <li key={keyOf(group)}>
                <Link to={linkTo(group)}>{nameOf(group)}</Link>
                <span className="bar-of" role="img" aria-label={spoken(group, t)}>
                  {healths.map((health) =>
                    group[health] > 0 ? (
                      <span key={health} data-health={health} style={{ width: `${(100 * group[health]) / most}%` }}>
                        {group[health]}
                      </span>
                    ) : null,
                  )}
                </span>
              </li>
            ))}
          </ul>
          <p className="desk-legend small soft">
            {healths.map((health) => (
              <span key={health}>
                <span className="swatch" data-health={health} />
                {t(`desk.health.${health}`)}
              </span>
            ))}
          </p>
        </>
      }
      table={
        <Sheet
          caption={t('desk.groups.about')}
          rows={desk.groups}
          rowKey={keyOf}
          dense
          columns={[
            { title: t(desk.scope === 'company' ? 'word.unit' : 'role.accountManager'), cell: nameOf },
            { title: t('desk.accounts.number'), cell: ({ accounts }) => accounts, number: true },
            ...healths.map((health) => ({
              title: t(`desk.health.${health}`),
              cell: (group: DeskGroup) => group[health],
              number: true,
            })),
            { title: t('acc.vacant'), cell: ({ vacant }) => vacant, number: true },
            { title: t('desk.sign.visitOverdue'), cell: ({ visitsOverdue }) => visitsOverdue, number: true },
            { title: t('acc.riskWarning'), cell: ({ warnings }) => warnings, number: true },
          ]}
        />
      }
    />
  );
}

const keyOf = ({ unit, manager }: DeskGroup): string => `${unit?.id ?? ''}/${manager?.id ?? ''}`;

const linkTo = ({ unit, manager }: DeskGroup): string =>
  manager ? `/accounts?managerId=${manager.id}` : `/accounts?unitId=${unit?.id ?? ''}`;

const spoken = (group: DeskGroup, t: ReturnType<typeof useWords>['t']): string =>
  healths.map((health) => `${t(`desk.health.${health}`)} ${group[health]}`).join('，');
