import { Link } from 'react-router';
import type { CaseView } from '../../../api/contract/cases.ts';
import type { ReviewMatter as Matter } from '../../../api/contract/reviews.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Facts } from '../Facts.tsx';
import { PlanCard } from '../plan/PlanCard.tsx';
import { Dissents } from './Dissents.tsx';
import { optionTone } from './optionTone.ts';
import { ScorePicture } from './ScorePicture.tsx';
import '../../styles/plans.css';

type Props = { readonly value: CaseView; readonly matter: Matter };

/** 年度评价 of one account (Article 10.3): how it stands, what is proposed and why, who differs, and what was decided. */
export default function ReviewMatter({ value, matter }: Props) {
  const { t, named } = useWords();
  const { year, accountId, dataAtHand, gradeHeld, gradeProposed, gradeAfter, score, before, outcome, decided } = matter;
  const title = t('review.of', { year });
  return (
    <section className="panel stack agenda review-matter" aria-label={title}>
      <div className="row">
        <h2>{title}</h2>
        <ArticleTag article="10.3" />
        {dataAtHand && <span className="chip amber">{t('review.dataAtHand')}</span>}
        {matter.pulledOut && <span className="chip amber">{t('review.pulledOut')}</span>}
        {outcome && (
          <span className={`chip ${optionTone[outcome]}`}>
            {t('review.outcomeIs', { outcome: named('option', outcome) })}
          </span>
        )}
      </div>
      {dataAtHand && <p className="soft small">{t('review.dataAtHandAbout')}</p>}
      {decided === false && <p className="soft small">{t('ballot.notDecided')}</p>}
      <Facts
        rows={[
          {
            label: t('matter.account'),
            value: <Link to={`/accounts/${accountId}`}>{value.title}</Link>,
          },
          { label: t('review.gradeHeld'), value: named('grade', gradeHeld) },
          {
            label: t('review.gradeGiven'),
            value: gradeProposed ? (
              <span className="chip amber">{named('grade', gradeProposed)}</span>
            ) : (
              score && t('review.gradeFits')
            ),
          },
          {
            label: t('review.gradeAfter'),
            value: gradeAfter && gradeAfter !== gradeHeld && named('grade', gradeAfter),
          },
          { label: t('review.before', { year: before?.year ?? year - 1 }), value: <Before before={before} /> },
        ]}
      />
      {!matter.readsFile && <p className="soft">{t('review.notShown')}</p>}
      {score ? (
        <div>
          <h3>{t('score.title')}</h3>
          <ScorePicture score={score} before={before?.score ?? null} />
        </div>
      ) : (
        matter.readsFile && <p className="soft">{t('review.notScored')}</p>
      )}
      <Proposal matter={matter} />
      <PulledOut matter={matter} />
      <Dissents value={value} matter={matter} />
      {matter.plan && (
        <div className="stack">
          <h3>{t('plan.title')}</h3>
          <PlanCard plan={matter.plan} linked={false} />
        </div>
      )}
    </section>
  );
}

/** What came of the year before. */
function Before({ before }: Pick<Matter, 'before'>) {
  const { t, named } = useWords();
  if (!before) return t('review.noneBefore');
  const said = [
    named('option', before.outcome),
    before.decided === false && t('review.undecided'),
    before.score !== null && t('review.scored', { score: before.score }),
  ]
    .filter(Boolean)
    .join(' · ');
  return before.caseId ? <Link to={`/cases/${before.caseId}`}>{said}</Link> : said;
}

/** What the office proposes, whether it departs from what the score suggests, and why. */
function Proposal({ matter: { proposal, score, gradeProposed } }: { readonly matter: Matter }) {
  const { t, named, called } = useWords();
  if (!proposal) return null;
  const { option, by, at, reason, regrades } = proposal;
  return (
    <div>
      <h3>{t('review.proposal')}</h3>
      <div className="row" style={{ marginTop: 8 }}>
        <span className={`chip ${optionTone[option]}`}>{named('option', option)}</span>
        {score && score.suggests !== option && <span className="chip amber">{t('review.departs')}</span>}
        {regrades && gradeProposed && (
          <span className="chip amber">{t('review.regrades', { grade: named('grade', gradeProposed) })}</span>
        )}
        <span className="small soft">
          {called(by)} · <time dateTime={at}>{momentText(at)}</time>
        </span>
      </div>
      {reason && <p className="quote break">{reason}</p>}
    </div>
  );
}

/** Which member has it decided singly, since when and why. */
function PulledOut({ matter: { pulledOut } }: { readonly matter: Matter }) {
  const { t, called } = useWords();
  if (!pulledOut) return null;
  const { by, at, reason } = pulledOut;
  return (
    <section className="stack" aria-label={t('review.pulledOut')}>
      <h3>
        {t('review.pulledOut')} <ArticleTag article="系统默认" />
      </h3>
      <p className="small soft">
        {t('review.pulledOutAbout', { name: called(by) })} · <time dateTime={at}>{momentText(at)}</time>
      </p>
      {reason && <p className="quote break prewrap">{reason}</p>}
    </section>
  );
}
