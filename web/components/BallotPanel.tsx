import type { BallotView } from '../../api/contract/ballots.ts';
import { momentText } from '../format.ts';
import { matterWord } from '../outcomeWord.ts';
import { useWords } from '../words.ts';
import '../styles/ballot.css';
import { ArticleTag } from './ArticleTag.tsx';
import { BallotOutcome } from './BallotOutcome.tsx';
import { BallotRoll } from './BallotRoll.tsx';
import { BallotRuleText } from './BallotRuleText.tsx';
import { DeclareRecusal } from './DeclareRecusal.tsx';
import { DueChip } from './DueChip.tsx';

/** One ballot: who may vote, how many have, until when, and once it is closed what came of it and why. */
export function BallotPanel({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const open = ballot.status === 'open';
  const title = t('ballot.title', { matter: matterWord(ballot, named), round: ballot.round });
  const notes = [
    open && ballot.directorTurn && t('ballot.directorTurn'),
    open && !ballot.directorTurn && ballot.rule.directorLast && t('ballot.directorLast'),
    open && ballot.rule.sealed && t('ballot.sealed'),
    ballot.extended && t('ballot.extended'),
    ballot.runoff && t('ballot.runoff'),
    ballot.choice &&
      t(ballot.choice.second ? 'ballot.secondChoice' : 'ballot.firstChoice', {
        options: standing(ballot)
          .map((option) => named('vote', option))
          .join(t('list.comma')),
      }),
    ballot.mode === 'meeting' && t('ballot.fromMeeting'),
  ].filter((note): note is string => typeof note === 'string');
  return (
    <section className="panel stack" aria-label={title}>
      <div className="row">
        <h2>{title}</h2>
        <span className={`chip ${open ? 'brand' : ''}`}>{open ? t('ballot.open') : t('ballot.closed')}</span>
        {open && <DueChip due={ballot.directorTurn && ballot.directorDueAt ? ballot.directorDueAt : ballot.dueAt} />}
        <ArticleTag article={ballot.article} />
        <span className="small soft figure">
          {momentText(ballot.openedAt)}
          {ballot.closedAt && ` – ${momentText(ballot.closedAt)}`}
        </span>
      </div>
      {notes.length > 0 && (
        <ul className="small soft ballot-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Attendance ballot={ballot} />
      <DeclareRecusal caseId={caseId} ballot={ballot} />
      {!open && <BallotOutcome caseId={caseId} ballot={ballot} />}
      <BallotRoll ballot={ballot} />
      <BallotRuleText ballot={ballot} />
    </section>
  );
}

/** The options one may choose among: in the second ballot the two leading. */
const standing = ({ votes }: BallotView): readonly string[] => votes.filter((vote) => vote !== 'abstain');

/** 应到 and 实到 drawn against the quorum 到会人数要求. */
function Attendance({ ballot: { tally } }: { readonly ballot: BallotView }) {
  const { t } = useWords();
  const reached = tally.present >= tally.quorum;
  const at = (count: number) => `${tally.expected === 0 ? 0 : (count / tally.expected) * 100}%`;
  const figures = [
    ['ballot.seats', tally.seats],
    ['vote.recuse', tally.recused],
    ['vote.expected', tally.expected],
    ['vote.present', tally.present],
    ['vote.quorum', tally.quorum],
  ] as const;
  return (
    <div>
      <dl className="figures">
        {figures.map(([word, count]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <div className="attendance" aria-hidden="true">
        <i style={{ width: at(tally.present) }} />
        <b style={{ left: at(tally.quorum) }} />
      </div>
      <span className="small soft">
        {reached ? t('ballot.quorate') : t('ballot.notQuorate', { missing: tally.quorum - tally.present })}
      </span>
    </div>
  );
}
