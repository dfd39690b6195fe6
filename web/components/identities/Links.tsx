import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { IdentityView } from '../../../api/contract/identities.ts';
import { useAct } from '../../api/act.ts';
import { useListed } from '../../api/list.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Register } from '../Register.tsx';
import { Sheet } from '../Sheet.tsx';
import { useMethodName } from './useMethodName.ts';

/** Accounts that open persons' sessions, and how each link came to be; a link can be ended. */
export function Links() {
  const { t, called } = useWords();
  const methodName = useMethodName();
  const [personId, setPersonId] = useState<string>();
  const identities = useListed<IdentityView>(['identities', 'linked'], '/identities', { personId });
  const end = useAct([['identities']]);
  const [ending, setEnding] = useState<IdentityView | null>(null);
  return (
    <section className="panel" aria-labelledby="links">
      <h2 id="links">{t('identity.links')}</h2>
      <Register
        query={identities}
        person={{ value: personId, onChange: setPersonId }}
        empty={<p className="soft">{t('identity.noLinks')}</p>}
      >
        {(items) => (
          <Sheet
            caption={t('identity.links')}
            rows={items}
            rowKey={({ method, subject }) => `${method} ${subject}`}
            columns={[
              { title: t('identity.person'), cell: (row) => <strong>{called(row.person)}</strong> },
              {
                title: t('identity.account'),
                cell: (row) => (
                  <>
                    {methodName(row.method)}
                    <div className="small soft break">{row.subject}</div>
                  </>
                ),
              },
              {
                title: t('identity.linkedAt'),
                cell: (row) => (
                  <>
                    {momentText(row.linkedAt)}
                    <div className="small soft">{row.linkedBy ? called(row.linkedBy) : t('identity.byAttribute')}</div>
                  </>
                ),
              },
              {
                title: t('word.do'),
                cell: (row) => (
                  <Button size="small" onClick={() => setEnding(row)}>
                    {t('identity.end')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Register>
      {ending && (
        <Modal
          open
          title={t('identity.endWhose', { name: called(ending.person), method: methodName(ending.method) })}
          okText={t('identity.end')}
          okButtonProps={{ danger: true }}
          cancelText={t('do.cancel')}
          confirmLoading={end.isPending}
          onOk={() =>
            end.mutate(
              {
                method: 'POST',
                path: '/identities/end',
                body: { method: ending.method, subject: ending.subject },
              },
              { onSuccess: () => setEnding(null) },
            )
          }
          onCancel={() => {
            end.reset();
            setEnding(null);
          }}
        >
          <p>{t('identity.endMeans')}</p>
          <ProblemNotice error={end.error} />
        </Modal>
      )}
    </section>
  );
}
