import type { BallotView } from '../../api/contract/ballots.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { BallotOutcome } from './BallotOutcome.tsx';
import { BallotRoll } from './BallotRoll.tsx';
import { BallotRuleText } from './BallotRuleText.tsx';
import { DueChip } from './DueChip.tsx';
import { Facts } from './Facts.tsx';

/** One ballot: who may vote, how many have, until when, and once it is closed what came of it and why. */
export function BallotPanel({ caseId, ballot }: { readonly caseId: string; readonly ballot: BallotView }) {
  const { t, named } = useWords();
  const open = ballot.status === 'open';
  const { tally } = ballot;
  const title = t('ballot.title', { matter: named('matter', ballot.matter), round: ballot.round });
  return (
    <section className="panel stack" aria-label={title}>
      <div className="row">
        <h2>{title}</h2>
        <span className={`chip ${open ? 'brand' : ''}`}>{open ? t('ballot.open') : t('ballot.closed')}</span>
        {open && <DueChip due={ballot.directorTurn && ballot.directorDueAt ? ballot.directorDueAt : ballot.dueAt} />}
        <ArticleTag article={ballot.article} />
      </div>
      {open && ballot.directorTurn && <p className="chip amber">{t('ballot.directorTurn')}</p>}
      {open && !ballot.directorTurn && ballot.rule.directorLast && (
        <p className="small soft">{t('ballot.directorLast')}</p>
      )}
      {open && ballot.rule.sealed && <p className="small soft">{t('ballot.sealed')}</p>}
      {ballot.extended && <p className="small soft">{t('ballot.extended')}</p>}
      {ballot.runoff && <p className="small soft">{t('ballot.runoff')}</p>}
      <Facts
        rows={[
          { label: t('ballot.seats'), value: tally.seats },
          { label: t('vote.recuse'), value: tally.recused },
          { label: t('vote.expected'), value: tally.expected },
          { label: t('vote.present'), value: tally.present },
          { label: t('vote.quorum'), value: tally.quorum },
          { label: t('ballot.opened'), value: momentText(ballot.openedAt) },
          { label: t('ballot.closedAt'), value: ballot.closedAt && momentText(ballot.closedAt) },
        ]}
      />
      {!open && <BallotOutcome caseId={caseId} ballot={ballot} />}
      <BallotRoll ballot={ballot} />
      <BallotRuleText ballot={ballot} />
    </section>
  );
}
