import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import type { BallotView } from '../../api/contract/ballots.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import type { Me } from '../../api/contract/me.ts';
import { useBallots, useCase } from '../api/cases.ts';
import { AgendaSheet } from '../components/AgendaSheet.tsx';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { BallotPanel } from '../components/BallotPanel.tsx';
import { CaseActs } from '../components/CaseActs.tsx';
import { CaseMatter } from '../components/CaseMatter.tsx';
import { Comments } from '../components/Comments.tsx';
import { Files } from '../components/Files.tsx';
import { Holders } from '../components/Holders.tsx';
import { HoldersSentence } from '../components/HoldersSentence.tsx';
import { LifecyclePicture, WhatFollows } from '../components/LifecyclePicture.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { RecommendAgain } from '../components/RecommendAgain.tsx';
import { SentAlong } from '../components/SentAlong.tsx';
import { TaskPanel } from '../components/TaskPanel.tsx';
import { Timeline } from '../components/Timeline.tsx';
import { VoteBar } from '../components/VoteBar.tsx';
import { VotePanel } from '../components/VotePanel.tsx';
import { momentText } from '../format.ts';
import { useNarrow } from '../narrow.ts';
import { useWords } from '../words.ts';

/** Who may read what a case holds may comment on it; an administrator sees where it stands and no more. */
const mayRead = (value: CaseView): boolean => value.verbs.includes('comment');

/** One case: where it stands, what is asked of the reader, what it is about, and what has happened. */
export default function Case({ me }: { readonly me: Me }) {
  const { t, word, named, called } = useWords();
  const { id = '' } = useParams();
  const found = useCase(id);
  const ballots = useBallots(id, found.data?.terminal === false);
  const voting =
    ballots.data?.items.filter(({ status, mine }) => status === 'open' && (mine?.taskId || mine?.recusal)) ?? [];
  const votes = voting.map(({ mine }) => mine?.taskId);
  // On a phone whoever votes comes to what he votes on without scrolling past how a case goes.
  const readsFirst = useNarrow() && voting.some(({ mine }) => mine?.taskId);
  return (
    <Loaded query={found}>
      {(value) => (
        <>
          <PageHead title={value.title || t('case.untitled')}>
            {value.recommendation && value.state !== 'draft' && (
              <Link className="no-print" to={`/cases/${id}/form`}>
                {t('case.approvalForm')}
              </Link>
            )}
            <RecommendAgain value={value} me={me} />
            <CaseActs value={value} />
          </PageHead>
          <p className="row soft small">
            <span className="figure">{value.number}</span>
            <span>{named('process', value.process)}</span>
            <span>{called(value.unit)}</span>
            {value.grade && <span className="chip brand">{named('grade', value.grade)}</span>}
            <span>{t('case.submitter', { name: called(value.submitter) })}</span>
          </p>
          {value.waitingForEngine && (
            <Alert type="warning" showIcon role="status" title={t('case.engineAway')} style={{ marginBottom: 14 }} />
          )}
          <SentAlong caseId={id} />
          {readsFirst && <Agenda value={value} ballots={ballots.data?.items} />}
          <section className="panel stack" aria-label={t('case.place')}>
            <div className="row">
              <strong>{word(value.stateKey)}</strong>
              <span className="small soft">{t('case.since', { at: momentText(value.stateSince) })}</span>
              <ArticleTag article={value.article} />
            </div>
            <HoldersSentence value={value} />
            <LifecyclePicture value={value} />
            <WhatFollows process={value.process} state={value.state} grade={value.grade} />
          </section>
          <div className="columns">
            <div>
              {voting.map((ballot) => (
                <VotePanel key={ballot.id} ballot={ballot} />
              ))}
              {value.myTaskIds
                .filter((taskId) => !votes.includes(taskId))
                .map((taskId) => (
                  <MyTask key={taskId} taskId={taskId} value={value} />
                ))}
              {!readsFirst && <Agenda value={value} ballots={ballots.data?.items} />}
              {ballots.data?.items.toReversed().map((ballot) => (
                <BallotPanel key={ballot.id} caseId={id} ballot={ballot} />
              ))}
              <Timeline caseId={id} process={value.process} seq={value.seq} />
            </div>
            <div>
              <Holders value={value} />
              {mayRead(value) ? (
                <>
                  <Files caseId={id} mayAdd={value.verbs.includes('attach')} mayRemove={value.verbs.includes('edit')} />
                  <Comments caseId={id} />
                </>
              ) : (
                <p className="panel soft">{t('case.noContents')}</p>
              )}
              <p className="small soft">
                {t('case.readAs', { name: called(me.person), version: value.policyVersion })}
              </p>
            </div>
          </div>
          <VoteBar key={id} value={value} ballots={ballots.data?.items ?? []} />
        </>
      )}
    </Loaded>
  );
}

function Agenda({
  value,
  ballots = [],
}: {
  readonly value: CaseView;
  readonly ballots?: readonly BallotView[] | undefined;
}) {
  if (!value.recommendation) return <CaseMatter value={value} />;
  return <AgendaSheet value={value} facts={value.recommendation} ballots={ballots} mayRead={mayRead(value)} />;
}

/** What is asked of the reader. What may be done but need not be, such as recording a meeting beside an online vote, is folded. */
function MyTask({ taskId, value }: { readonly taskId: string; readonly value: CaseView }) {
  const { t } = useWords();
  const kind = value.holders.find((holder) => holder.taskId === taskId)?.kind;
  if (kind !== 'record' && kind !== 'closeHandover') return <TaskPanel taskId={taskId} />;
  return (
    <details className="fold">
      <summary>{t(kind === 'record' ? 'recording.ifMet' : 'reassignment.ifStuck')}</summary>
      <TaskPanel taskId={taskId} />
    </details>
  );
}
