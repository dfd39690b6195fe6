import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { projectRoutes } from '../../api/contract/projects.ts';
import type { ResponseOf } from '../../api/contract/route.ts';
import { type OperationTier, operationTiers } from '../../domain/operation.ts';
import { useAct } from '../api/act.ts';
import { useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { AddOperationKind } from '../components/project/AddOperationKind.tsx';
import { Sheet } from '../components/Sheet.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

type Kinds = ResponseOf<typeof projectRoutes.operationKinds>;
type Kind = Kinds['items'][number];

/** What the company calls secondary and tertiary operations (Article 6.4): the office adds kinds, and retires those no longer used. */
export default function OperationKinds() {
  const { t, named } = useWords();
  const [adding, setAdding] = useState<OperationTier | null>(null);
  const kinds = useOne<Kinds>(['operation-kinds'], '/operation-kinds');
  return (
    <>
      <PageHead title={t('nav.operationKinds')} />
      <p className="soft">
        {t('operationKind.about')} <ArticleTag article="6.4" />
      </p>
      <Loaded query={kinds}>
        {({ items }) =>
          operationTiers.map((tier) => (
            <section key={tier} className="panel stack" aria-label={named('operation.tier', tier)}>
              <div className="row section-head">
                <h2>{named('operation.tier', tier)}</h2>
                <Button icon={<PlusOutlined />} onClick={() => setAdding(tier)}>
                  {t('operationKind.add')}
                </Button>
              </div>
              <Known tier={tier} kinds={items.filter((kind) => kind.tier === tier)} />
            </section>
          ))
        }
      </Loaded>
      {adding && <AddOperationKind tier={adding} onClose={() => setAdding(null)} />}
    </>
  );
}

function Known({ tier, kinds }: { readonly tier: OperationTier; readonly kinds: readonly Kind[] }) {
  const { t, named } = useWords();
  const act = useAct([['operation-kinds'], ['project']]);
  return (
    <>
      {kinds.every(({ retired }) => retired) && <p className="soft">{t('operationKind.none')}</p>}
      <Sheet
        caption={named('operation.tier', tier)}
        rows={kinds.toSorted((one, other) => Number(one.retired) - Number(other.retired))}
        rowKey={({ id }) => id}
        columns={[
          {
            title: t('operationKind.name'),
            cell: ({ name, retired }) => <span className={retired ? 'soft' : ''}>{name}</span>,
          },
          { title: t('operationKind.nameEn'), cell: ({ nameEn }) => <span lang="en">{nameEn}</span> },
          {
            title: t('word.status'),
            cell: ({ retired }) => (
              <span className={`chip ${retired ? '' : 'green'}`}>
                {t(retired ? 'operationKind.retired' : 'operationKind.inUse')}
              </span>
            ),
          },
          {
            title: t('word.do'),
            cell: ({ id, name, retired }) =>
              retired ? null : (
                <Popconfirm
                  title={t('operationKind.retireAsk', { name })}
                  description={t('operationKind.retireMeans')}
                  okText={t('operationKind.retire')}
                  cancelText={t('do.cancel')}
                  onConfirm={() => act.mutate({ method: 'POST', path: `/operation-kinds/${id}/retire` })}
                >
                  <Button size="small" aria-label={t('operationKind.retireOne', { name })}>
                    {t('operationKind.retire')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      <ProblemNotice error={act.error} />
    </>
  );
}
