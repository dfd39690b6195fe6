import { App, Button } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../api/contract/cases.ts';
import type { ReviewMatter } from '../../../api/contract/reviews.ts';
import { useAct } from '../../api/act.ts';
import { afterDecision } from '../../api/cases.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { AskDialog } from '../AskDialog.tsx';

type Props = { readonly value: CaseView; readonly matter: ReviewMatter };

/** 不同意见: which members of the committee differ from the evaluation, and why; whoever may differ says so here. */
export function Dissents({ value, matter: { dissents, mayDissent } }: Props) {
  const { t, named, called } = useWords();
  if (dissents.length === 0 && !mayDissent) return null;
  return (
    <section className="stack" aria-label={t('dissent.title')}>
      <div className="row section-head">
        <h3>
          {t('dissent.title')} <ArticleTag article="系统默认" />
        </h3>
        {mayDissent && <Dissent value={value} />}
      </div>
      {dissents.length === 0 && <p className="soft small">{t('dissent.none')}</p>}
      <ul className="dissents">
        {dissents.map(({ by, at, step, reason }) => (
          <li key={by.id}>
            <div className="row">
              <strong>{called(by)}</strong>
              <span className="small soft">
                <time className="figure" dateTime={at}>
                  {momentText(at)}
                </time>
                {` · ${named('step', step)}`}
              </span>
            </div>
            <div className="break prewrap">{reason}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Dissent({ value }: { readonly value: CaseView }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [isAsking, setAsking] = useState(false);
  const act = useAct(afterDecision(value.id));
  return (
    <>
      <Button
        className="no-print"
        onClick={() => {
          act.reset();
          setAsking(true);
        }}
      >
        {t('dissent.say')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('dissent.say')}
          fields={[{ name: 'reason', label: 'dissent.reason', kind: 'text' }]}
          context={{ caseId: value.id, unitId: value.unit.id, ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onClose={() => setAsking(false)}
          onSubmit={(body) =>
            act.mutate(
              { method: 'POST', path: `/cases/${value.id}/dissents`, body },
              {
                onSuccess: () => {
                  setAsking(false);
                  message.success(t('dissent.said'));
                },
              },
            )
          }
        />
      )}
    </>
  );
}
