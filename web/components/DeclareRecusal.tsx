import { App, Button } from 'antd';
import { useState } from 'react';
import type { BallotView } from '../../api/contract/ballots.ts';
import { answersTo } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { useMe } from '../api/me.ts';
import { useWords } from '../words.ts';
import { AskDialog } from './AskDialog.tsx';

/** For who votes last 末位表态 and has no vote to answer yet: he may say that he is concerned before his turn. */
export function DeclareRecusal({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const me = useMe().data;
  const [asking, setAsking] = useState(false);
  const act = useAct(afterDecision(caseId));
  const { mine } = ballot;
  if (ballot.status !== 'open' || !mine || mine.taskId !== null || mine.recusal) return null;
  if (ballot.roll.some(({ person, recusalPending }) => person.id === me?.person.id && recusalPending))
    return (
      <p className="small" style={{ margin: 0 }}>
        <span className="chip amber">{t('ballot.recusalPending')}</span>
      </p>
    );
  return (
    <div className="row no-print">
      <Button size="small" onClick={() => setAsking(true)}>
        {named('act', 'recuse')}
      </Button>
      <span className="small soft">{t('ballot.recuseBeforeTurn')}</span>
      {asking && (
        <AskDialog
          title={named('act', 'recuse')}
          fields={answersTo('vote').recuse ?? []}
          context={{ caseId, unitId: '', ballotId: ballot.id }}
          pending={act.isPending}
          error={act.error}
          onClose={() => setAsking(false)}
          onSubmit={(body) =>
            act.mutate(
              { method: 'POST', path: `/cases/${caseId}/ballots/${ballot.id}/recusals`, body, wait: 2 },
              {
                onSuccess: () => {
                  setAsking(false);
                  message.success(t('task.verbDone', { verb: named('act', 'recuse') }));
                },
              },
            )
          }
        />
      )}
    </div>
  );
}
