import { Link } from 'react-router';
import type { ReviewOfYear } from '../../../api/contract/reviews.ts';
import { type Page, useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Empty } from '../Empty.tsx';
import { Loaded } from '../Loaded.tsx';
import { optionTone } from '../review/optionTone.ts';
import type { SectionProps } from './sections.ts';

/** 年度评价: how the account was evaluated year by year (Article 10.3). */
export default function ReviewsSection({ account }: SectionProps) {
  const { t } = useWords();
  const reviews = useOne<Page<ReviewOfYear>>(['account', account.id, 'reviews'], `/accounts/${account.id}/reviews`);
  return (
    <Loaded query={reviews}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('review.noneYet')} />
        ) : (
          <section className="panel stack" aria-label={t('account.part.reviews')}>
            <h2>
              {t('account.part.reviews')} <ArticleTag article="10.3" />
            </h2>
            <ul className="cards">
              {items.map((review) => (
                <Year key={review.year} review={review} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function Year({ review }: { readonly review: ReviewOfYear }) {
  const { t, named } = useWords();
  const { year, caseId, outcome, decided, score, dataAtHand, gradeBefore, gradeAfter, finishedAt, state } = review;
  const title = t('review.of', { year });
  const said = [
    score !== null && t('review.scored', { score }),
    dataAtHand && t('review.dataAtHand'),
    decided === false && t('review.undecided'),
    gradeAfter && gradeAfter !== gradeBefore && t('review.regrades', { grade: named('grade', gradeAfter) }),
    finishedAt && dayText(finishedAt),
  ];
  return (
    <li className="card plain">
      <div>
        <div className="title">{caseId ? <Link to={`/cases/${caseId}`}>{title}</Link> : title}</div>
        <div className="small soft">{said.filter(Boolean).join(' · ')}</div>
      </div>
      <div className="aside">
        <span className={`chip ${outcome ? optionTone[outcome] : ''}`}>
          {outcome ? named('option', outcome) : named('review.state', state)}
        </span>
      </div>
    </li>
  );
}
