import { Link } from 'react-router';
import type { CaseView, RecommendationFacts } from '../../api/contract/cases.ts';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import { criteria } from '../../domain/recommendation.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Evaluation } from './Evaluation.tsx';
import { Facts } from './Facts.tsx';
import { FormSheet } from './FormSheet.tsx';
import { Loaded } from './Loaded.tsx';

type Props = { readonly value: CaseView; readonly facts: RecommendationFacts; readonly mayRead: boolean };

/** 议题单: what a committee member reads before he votes. */
export function AgendaSheet({ value, facts, mayRead }: Props) {
  const { t, named, called, language } = useWords();
  const form = useRecommendation(value.id, mayRead);
  const people = (persons: readonly { name: string; nameEn: string }[]) => persons.map(called).join(t('list.comma'));
  return (
    <>
      <section className="panel stack" aria-label={t('agenda.title')}>
        <h2>{t('agenda.title')}</h2>
        <Facts
          rows={[
            { label: t('unit.recommending'), value: called(value.unit) },
            { label: t('f.proposedGrade'), value: named('grade', facts.proposedGrade) },
            {
              label: t('f.expectedSubsequentYuan'),
              value: (
                <span className="row">
                  <strong className="figure">{amountText(facts.expectedYuan, language)}</strong>
                  <ArticleTag article="12" />
                </span>
              ),
            },
            {
              label: t('agenda.line'),
              value: t('grade.lines', {
                branch: amountText(facts.branchLineYuan, language),
                company: amountText(facts.companyLineYuan, language),
              }),
            },
            {
              label: t('agenda.special'),
              value: facts.specialConsideration && <span className="chip amber">{t('word.yes')}</span>,
            },
            {
              label: t('agenda.outside'),
              value: facts.outsideTerritory && <span className="chip amber">{t('word.yes')}</span>,
            },
            { label: t('field.evaluators'), value: people(facts.evaluators) },
            { label: t('field.departments'), value: people(facts.departments) },
            { label: t('agenda.nominee'), value: facts.nominee && called(facts.nominee) },
            {
              label: t('agenda.account'),
              value: facts.accountId && <Link to={`/accounts/${facts.accountId}`}>{t('do.open')}</Link>,
            },
            { label: t('agenda.refused'), value: people(facts.refusedNominees) },
          ]}
        />
        {value.evaluation && <Evaluation value={value.evaluation} />}
        {mayRead && <Loaded query={form}>{(view) => <CriteriaTexts form={view.form} />}</Loaded>}
      </section>
      {form.data && <FormSheet form={form.data.form} />}
    </>
  );
}

/** The unit's own opinion on the five criteria of Article 2. */
function CriteriaTexts({ form }: { readonly form: DraftForm }) {
  const { t, named, language } = useWords();
  const given = criteria.filter(({ code }) => form.evaluation?.[code]);
  if (given.length === 0) return null;
  return (
    <div>
      <h3>
        {t('agenda.unitOpinion')} <ArticleTag article="2" />
      </h3>
      <ul className="cards" style={{ marginTop: 8 }}>
        {given.map(({ code, zh, en }) => {
          const judgement = form.evaluation?.[code];
          return (
            <li key={code}>
              <div className="row">
                <strong>{language === 'en' ? en : zh}</strong>
                {judgement?.level && <span className="chip brand">{named('level', judgement.level)}</span>}
              </div>
              <div className="break">{judgement?.text}</div>
              {judgement?.evidence && judgement.evidence.length > 0 && (
                <div className="small soft">
                  {t('agenda.evidence', { files: judgement.evidence.join(t('list.comma')) })}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
