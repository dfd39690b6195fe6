import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { UnitDetail } from '../../api/contract/units.ts';
import { useOne } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Facts } from '../components/Facts.tsx';
import { History } from '../components/History.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ChangeUnit, DissolveUnit, EndTerritory, NewTerritory } from '../components/people/UnitForms.tsx';
import { StartReassignment } from '../components/reassignment/StartReassignment.tsx';
import { regionText } from '../components/regionText.ts';
import { Sheet } from '../components/Sheet.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

type Dialog = 'change' | 'dissolve' | 'territory' | { readonly end: UnitDetail['territories'][number] } | null;

/** One unit: its head, its territories from–to, what was changed, and its end. */
export default function Unit() {
  const { t, named, called } = useWords();
  const { id = '' } = useParams();
  const me = useMe().data;
  const roles = me ? rolesOf(me) : [];
  const unit = useOne<UnitDetail>(['unit', id], `/units/${id}`);
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  return (
    <Loaded query={unit}>
      {(value) => {
        const stands = value.dissolvedOn === null;
        const mayDraw = stands && roles.some((role) => role === 'office' || role === 'systemAdmin');
        const mayDissolve = stands && roles.includes('systemAdmin') && !['headquarters', 'office'].includes(value.kind);
        return (
          <>
            <PageHead title={called(value)}>
              <span className="chip">{named('unit', value.kind)}</span>
              {!stands && <span className="chip red">{t('unit.dissolvedOn', { on: value.dissolvedOn ?? '' })}</span>}
              {value.reassignable && (
                <StartReassignment
                  of={`/units/${id}`}
                  unitId={id}
                  whom={['unit', 'manager']}
                  grounds={value.reassignable.grounds.toReversed()}
                  label={t('reassignment.allAtOnce', { count: value.reassignable.accounts })}
                />
              )}
              {stands && roles.includes('systemAdmin') && (
                <Button onClick={() => setDialog('change')}>{t('unit.change')}</Button>
              )}
              {mayDissolve && (
                <Button danger onClick={() => setDialog('dissolve')}>
                  {t('unit.dissolve')}
                </Button>
              )}
            </PageHead>
            <section className="panel">
              <Facts
                rows={[
                  { label: t('unit.code'), value: value.code },
                  { label: t('role.unitHead'), value: value.heads.map(called).join(t('list.comma')) || '—' },
                  { label: t('role.marketingDeputy'), value: value.deputies.map(called).join(t('list.comma')) },
                  {
                    label: t('unit.successor'),
                    value: value.successor && (
                      <Link to={`/units/${value.successor.id}`}>{called(value.successor)}</Link>
                    ),
                  },
                ]}
              />
            </section>
            <section className="panel stack" aria-label={t('unit.territory')}>
              <div className="row">
                <h2>{t('unit.territory')}</h2>
                <ArticleTag article="7.2" />
                {mayDraw && (
                  <Button size="small" onClick={() => setDialog('territory')}>
                    {t('unit.addTerritory')}
                  </Button>
                )}
              </div>
              {value.territories.length === 0 ? (
                <p className="soft">{t('people.noTerritory')}</p>
              ) : (
                <Sheet
                  caption={t('unit.territory')}
                  rows={value.territories}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      title: t('unit.region'),
                      cell: (row) => `${row.carveOut ? t('people.without') : ''}${regionText(row.regionCode)}`,
                    },
                    { title: t('word.from'), cell: (row) => row.validFrom },
                    { title: t('word.to'), cell: (row) => row.validTo ?? t('word.open') },
                    ...(mayDraw
                      ? [
                          {
                            title: t('word.do'),
                            cell: (row: UnitDetail['territories'][number]) =>
                              row.validTo === null && (
                                <Button size="small" onClick={() => setDialog({ end: row })}>
                                  {t('unit.endTerritory')}
                                </Button>
                              ),
                          },
                        ]
                      : []),
                  ]}
                />
              )}
            </section>
            <section className="panel stack" aria-label={t('org.history')}>
              <h2>{t('org.history')}</h2>
              <History history={value.history} />
            </section>
            {dialog === 'change' && <ChangeUnit unit={value} onClose={close} />}
            {dialog === 'dissolve' && <DissolveUnit unit={value} onClose={close} />}
            {dialog === 'territory' && <NewTerritory unit={value} onClose={close} />}
            {dialog !== null && typeof dialog === 'object' && (
              <EndTerritory unit={value} territory={dialog.end} onClose={close} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
