import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CaseView } from '../../api/contract/cases.ts';
import { caseActFields } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { AskDialog } from './AskDialog.tsx';

/** Where each act on a whole case goes. */
const paths: Readonly<Record<string, (id: string) => string>> = {
  withdraw: (id) => `/recommendations/${id}/withdraw`,
  copy: (id) => `/cases/${id}/copies`,
  override: (id) => `/cases/${id}/override`,
  pullOut: (id) => `/cases/${id}/pull-out`,
};

/** What may be done to the case as a whole: edit its form, withdraw it, copy it, end it by override. */
export function CaseActs({ value }: { readonly value: CaseView }) {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<string | null>(null);
  const act = useAct(afterDecision(value.id));
  const verbs = value.verbs.filter((verb) => verb in paths);
  return (
    <div className="row no-print">
      {value.verbs.includes('edit') && <Link to={`/recommendations/${value.id}`}>{t('case.editForm')}</Link>}
      {verbs.map((verb) => (
        <Button
          key={verb}
          size="small"
          danger={!['copy', 'pullOut'].includes(verb)}
          onClick={() => {
            act.reset();
            setAsking(verb);
          }}
        >
          {named('act', verb)}
        </Button>
      ))}
      {asking && (
        <AskDialog
          title={named('act', asking)}
          fields={caseActFields[asking] ?? []}
          context={{ caseId: value.id, unitId: value.unit.id, ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onClose={() => setAsking(null)}
          onSubmit={(body) =>
            act.mutate(
              { method: 'POST', path: paths[asking]?.(value.id) ?? '', body, wait: 2 },
              {
                onSuccess: () => {
                  setAsking(null);
                  message.success(t('task.verbDone', { verb: named('act', asking) }));
                },
              },
            )
          }
        />
      )}
    </div>
  );
}
