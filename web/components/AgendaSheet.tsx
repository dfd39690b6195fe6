import { Link } from 'react-router';
import type { BallotView } from '../../api/contract/ballots.ts';
import type { CaseView, RecommendationFacts } from '../../api/contract/cases.ts';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import { fenFromYuan } from '../../domain/money.ts';
import { criteria } from '../../domain/recommendation.ts';
import { useTimeline } from '../api/cases.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { EarlierDecisions } from './EarlierDecisions.tsx';
import { Evaluation } from './Evaluation.tsx';
import { Facts } from './Facts.tsx';
import { FormSheet } from './FormSheet.tsx';
import { GradeLine } from './GradeLine.tsx';
import { Loaded } from './Loaded.tsx';

type Props = {
  readonly value: CaseView;
  readonly facts: RecommendationFacts;
  readonly ballots: readonly BallotView[];
  readonly mayRead: boolean;
};

const fen = (yuan: string): bigint => {
  const amount = fenFromYuan(yuan);
  return amount.ok ? amount.fen : 0n;
};

/** 议题单: what a committee member reads before he votes. */
export function AgendaSheet({ value, facts, ballots, mayRead }: Props) {
  const { t, named, called } = useWords();
  const form = useRecommendation(value.id, mayRead);
  const people = (persons: readonly { name: string; nameEn: string }[]) => persons.map(called).join(t('list.comma'));
  return (
    <>
      <section className="panel stack agenda" aria-label={t('agenda.title')}>
        <h2>{t('agenda.title')}</h2>
        <GradeLine
          fen={fen(facts.expectedYuan)}
          lines={{ companyLineFen: fen(facts.companyLineYuan), branchLineFen: fen(facts.branchLineYuan) }}
        />
        <Facts
          rows={[
            { label: t('unit.recommending'), value: called(value.unit) },
            { label: t('f.proposedGrade'), value: facts.proposedGrade && named('grade', facts.proposedGrade) },
            {
              label: t('agenda.special'),
              value: facts.specialConsideration && <span className="chip amber">{t('word.yes')}</span>,
            },
            {
              label: t('agenda.outside'),
              value: facts.outsideTerritory && <span className="chip amber">{t('word.yes')}</span>,
            },
            { label: t('agenda.nominee'), value: facts.nominee && called(facts.nominee) },
            {
              label: t('agenda.account'),
              value: facts.accountId && <Link to={`/accounts/${facts.accountId}`}>{t('do.open')}</Link>,
            },
            { label: t('agenda.refused'), value: people(facts.refusedNominees) },
          ]}
        />
        <UnitOpinion value={value} />
        {mayRead && <Loaded query={form}>{(view) => <CriteriaTexts form={view.form} />}</Loaded>}
        {value.evaluation && <Evaluation value={value} evaluation={value.evaluation} />}
        <Recusals ballots={ballots} />
        {mayRead && <EarlierDecisions caseId={value.id} />}
      </section>
      {form.data && <FormSheet form={form.data.form} />}
    </>
  );
}

/** What the unit's head wrote when he endorsed, why special consideration was asked for, and why outside the territory. */
function UnitOpinion({ value }: { readonly value: CaseView }) {
  const { t, called } = useWords();
  const facts = useTimeline(value.id, value.seq).data ?? [];
  const endorsed = facts.findLast(({ action }) => action === 'endorse');
  const submitted = facts.findLast(({ kind }) => kind === 'submitted');
  const said = (text: unknown) => (typeof text === 'string' && text !== '' ? text : null);
  const rows = [
    { key: 'opinion', label: t('task.said', { name: called(endorsed?.actor) }), text: said(endorsed?.text?.opinion) },
    {
      key: 'special',
      label: `${t('field.specialReason')}${t('list.colon')}`,
      text: said(submitted?.text?.specialReason),
    },
    {
      key: 'outside',
      label: `${t('field.outsideTerritoryReason')}${t('list.colon')}`,
      text: said(submitted?.text?.outsideTerritoryReason),
    },
  ].filter(({ text }) => text !== null);
  if (rows.length === 0) return null;
  return (
    <div>
      <h3>{t('agenda.unitSays')}</h3>
      {rows.map(({ key, label, text }) => (
        <p key={key} className="quote break" style={{ marginTop: 6 }}>
          <strong>{label}</strong> {text}
        </p>
      ))}
    </div>
  );
}

/** The unit's own judgement on the five criteria of Article 2. */
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

/** Who does not vote on it, and why. */
function Recusals({ ballots }: { readonly ballots: readonly BallotView[] }) {
  const { t, named, called } = useWords();
  const ballot = ballots.at(-1);
  const recused = ballot?.roll.filter(({ recusal, recusalPending }) => recusal !== null || recusalPending) ?? [];
  if (!ballot || recused.length === 0) return null;
  return (
    <div>
      <h3>
        {t('vote.recuse')} <ArticleTag article={t('assumption')} />
      </h3>
      <ul className="cards small" style={{ marginTop: 8 }}>
        {recused.map((entry) => (
          <li key={entry.seatId} className="row">
            <span>{called(entry.person)}</span>
            <span className="soft">{called({ name: entry.seatName, nameEn: entry.seatNameEn })}</span>
            <span className="chip amber">
              {entry.recusal ? named('recusal', entry.recusal) : t('ballot.recusalPending')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
