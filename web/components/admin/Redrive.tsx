import { App, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/act.ts';
import { afterProposal } from '../../api/administration.ts';
import { useWords } from '../../words.ts';
import { AskDialog } from '../AskDialog.tsx';

/** Proposes to start a case's execution again; the other administrator confirms it. */
export function Redrive({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const act = useAct(afterProposal);
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('redrive.propose')}
      </Button>
      {asking && (
        <AskDialog
          title={t('redrive.propose')}
          fields={[{ name: 'reason', label: 'field.reason', kind: 'text' }]}
          context={{ caseId, unitId: '', ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onClose={() => setAsking(false)}
          onSubmit={(body) =>
            act.mutate(
              { method: 'POST', path: `/cases/${caseId}/redrive`, body },
              {
                onSuccess: () => {
                  setAsking(false);
                  message.success(t('proposal.sent'));
                },
              },
            )
          }
        />
      )}
    </>
  );
}
