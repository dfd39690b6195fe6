import { App, Button } from 'antd';
import { useState } from 'react';
import { verbFields } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { AskDialog } from './AskDialog.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly taskId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly verbs: readonly string[];
};

const paths: Readonly<Record<string, string>> = { addApprover: 'add-approver' };

/** A last day in the company's time, as the instant at which it ends. */
const instants = (body: Record<string, unknown>): Record<string, unknown> =>
  'validTo' in body ? { ...body, validTo: `${body.validTo}T23:59:59+08:00` } : body;

/** What may be done to a task beside answering it: claim, release, transfer, delegate, consult, urge and so on. */
export function TaskVerbs({ taskId, caseId, unitId, verbs }: Props) {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<string | null>(null);
  const act = useAct(afterDecision(caseId));
  const run = (verb: string, body?: Record<string, unknown>) =>
    act.mutate(
      { method: 'POST', path: `/tasks/${taskId}/${paths[verb] ?? verb}`, ...(body ? { body: instants(body) } : {}) },
      {
        onSuccess: () => {
          setAsking(null);
          message.success(t('task.verbDone', { verb: named('act', verb) }));
        },
      },
    );
  const asks = (verb: string) => (verbFields[verb] ?? []).length > 0;
  if (verbs.length === 0) return null;
  return (
    <div className="stack no-print">
      <div className="row">
        {verbs.map((verb) => (
          <Button
            key={verb}
            size="small"
            loading={act.isPending && asking === null}
            onClick={() => {
              act.reset();
              if (asks(verb)) setAsking(verb);
              else run(verb);
            }}
          >
            {named('act', verb)}
          </Button>
        ))}
      </div>
      {asking === null && <ProblemNotice error={act.error} />}
      {asking && (
        <AskDialog
          title={named('act', asking)}
          fields={verbFields[asking] ?? []}
          context={{ caseId, unitId, ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onSubmit={(body) => run(asking, body)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
