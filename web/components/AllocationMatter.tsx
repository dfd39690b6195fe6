import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AllocationMatter as Matter } from '../../api/contract/allocations.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { AskDialog } from './AskDialog.tsx';
import { Facts } from './Facts.tsx';
import { PlacePicture } from './PlacePicture.tsx';

type Props = { readonly value: CaseView; readonly matter: Matter };

/** What a case about a project's builder is about (Article 7.2): the place, the choices, the opinions, the proposal. */
export default function AllocationMatter({ value, matter }: Props) {
  const { t, called, language } = useWords();
  const { projectName, amountYuan, place, regionCode, builder, choices, opinions, proposal, reason } = matter;
  return (
    <section className="panel stack agenda" aria-label={t('matter.title')}>
      <div className="row section-head">
        <h2>
          {t('matter.title')} <ArticleTag article="7.2" />
        </h2>
        {matter.mayCancel && <CancelProject caseId={value.id} unitId={value.unit.id} />}
      </div>
      <Facts
        rows={[
          { label: t('allocation.project'), value: projectName, wide: true },
          { label: t('allocation.amount'), value: amountYuan && amountText(amountYuan, language) },
          {
            label: t('matter.account'),
            value: <Link to={`/accounts/${matter.accountId}?part=allocations`}>{value.title}</Link>,
          },
          {
            label: t('allocation.builder'),
            value: builder && <span className="chip green">{called(builder)}</span>,
          },
        ]}
      />
      <PlacePicture place={place} regionCode={regionCode} />
      {reason && <p className="quote break">{reason}</p>}
      {choices.length > 0 && (
        <div>
          <h3>{t('allocation.choices')}</h3>
          <ol className="choice-line" style={{ marginTop: 8 }}>
            {choices.map(({ unit, is }) => (
              <li key={unit.id}>
                {called(unit)}
                <span className={`chip ${is === 'claimed' ? 'green' : is === 'open' ? 'brand' : ''}`}>
                  {t(`allocation.choice.${is}`)}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {opinions.length > 0 && (
        <div>
          <h3>{t('allocation.opinions')}</h3>
          <ul className="cards" style={{ marginTop: 8 }}>
            {opinions.map((opinion) => (
              <Opinion key={`${opinion.of}-${opinion.unit?.id}`} opinion={opinion} />
            ))}
          </ul>
        </div>
      )}
      {proposal && (
        <div>
          <h3>{t('allocation.proposal')}</h3>
          <div className="row" style={{ marginTop: 8 }}>
            <strong>
              {proposal.unit
                ? t('allocation.proposal.unit', { unit: called(proposal.unit) })
                : t('allocation.proposal.none')}
            </strong>
            {proposal.departs && <span className="chip amber">{t('allocation.proposal.departs')}</span>}
          </div>
          {proposal.reason && <p className="quote break">{proposal.reason}</p>}
        </div>
      )}
    </section>
  );
}

function Opinion({ opinion }: { readonly opinion: Matter['opinions'][number] }) {
  const { t, called } = useWords();
  const { of, unit, prefers, text, evidenceId, is } = opinion;
  return (
    <li>
      <div className="row">
        <strong>{of === 'client' ? t('allocation.opinion.client') : called(unit)}</strong>
        {prefers && <span className="chip brand">{t('allocation.opinion.prefers', { unit: called(prefers) })}</span>}
        {is !== 'given' && <span className="chip">{t(`allocation.opinion.${is}`)}</span>}
      </div>
      {text && <div className="break">{text}</div>}
      {evidenceId && (
        <a className="small" href={`/api/v1/attachments/${evidenceId}`}>
          {t('allocation.opinion.evidence')}
        </a>
      )}
    </li>
  );
}

/** The project is not built after all. */
function CancelProject({ caseId, unitId }: { readonly caseId: string; readonly unitId: string }) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const act = useAct(afterDecision(caseId));
  return (
    <>
      <Button className="no-print" onClick={() => setAsking(true)}>
        {t('allocation.cancel')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('allocation.cancel')}
          fields={[{ name: 'reason', label: 'field.reason', kind: 'text' }]}
          context={{ caseId, unitId, ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onSubmit={(body) =>
            act.mutate(
              { method: 'POST', path: `/allocations/${caseId}/cancel`, wait: 2, body },
              { onSuccess: () => setAsking(false) },
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
