import { PauseOutlined, PlayCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CampaignView } from '../../api/contract/campaigns.ts';
import { useOne } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { CampaignAccounts } from '../components/campaign/CampaignAccounts.tsx';
import { CampaignDialog, type CampaignDoing } from '../components/campaign/CampaignDialog.tsx';
import { ProgressBars, ProgressSheet, progressOf, sumOf } from '../components/campaign/ProgressBars.tsx';
import { Figure } from '../components/dashboard/Figure.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { momentText } from '../format.ts';
import '../styles/campaign.css';
import '../styles/dashboard.css';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** Milliseconds: what no stream tells of, such as another clerk's act, is read again after them. */
const EVERY = 30_000;

/** 年度评价 of one year: where it stands, unit by unit and account by account, and what the office does about it. */
export default function Campaign() {
  const { t } = useWords();
  const year = Number(useParams().year);
  const [doing, setDoing] = useState<CampaignDoing | null>(null);
  const campaign = useOne<CampaignView>(['campaign', year], `/campaigns/${year}`, EVERY);
  const view = campaign.data;
  const me = useMe().data;
  const decides = me ? me.seats.length > 0 || rolesOf(me).includes('office') : false;
  return (
    <>
      <PageHead title={t('campaign.title', { year })}>
        {decides && <Link to={`/campaigns/${year}/agenda`}>{t('reviewAgenda.title', { year })}</Link>}
        {view?.scope === 'company' && (
          <Link to={`/campaigns/${year}/report`}>{t('campaignReport.title', { year })}</Link>
        )}
        {view?.mayAct && (
          <span className="row">
            {view.state === 'paused' ? (
              <Button icon={<PlayCircleOutlined />} onClick={() => setDoing({ is: 'resume' })}>
                {t('campaign.resume')}
              </Button>
            ) : (
              <Button icon={<PauseOutlined />} onClick={() => setDoing({ is: 'pause' })}>
                {t('campaign.pause')}
              </Button>
            )}
            <Button icon={<PlusOutlined />} onClick={() => setDoing({ is: 'add' })}>
              {t('campaign.add')}
            </Button>
          </span>
        )}
      </PageHead>
      <Loaded query={campaign}>
        {(found) => (
          <>
            <Standing campaign={found} />
            <Figure
              title={t('campaign.byUnit')}
              about={t('campaign.byUnit.about', progressOf(sumOf(found.units)))}
              picture={<ProgressBars rows={found.units} />}
              table={<ProgressSheet rows={found.units} />}
            />
            <CampaignAccounts campaign={found} onDo={setDoing} />
            <Acts acts={found.acts} />
          </>
        )}
      </Loaded>
      {doing && <CampaignDialog year={year} doing={doing} onClose={() => setDoing(null)} />}
    </>
  );
}

function Standing({ campaign }: { readonly campaign: CampaignView }) {
  const { t, named, called } = useWords();
  const { state, pausedUntil, openedAt, closedAt, dueOn, cutoffOn, responsible, scheduled, scope } = campaign;
  return (
    <p className="soft campaign-facts">
      <span className={`chip ${state === 'paused' ? 'amber' : state === 'running' ? 'brand' : 'green'}`}>
        {state === 'paused' ? t('campaign.pausedUntil', { day: pausedUntil ?? '' }) : named('campaign.state', state)}
      </span>
      <span>{t('campaign.openedAt', { at: momentText(openedAt) })}</span>
      {closedAt && <span>{t('campaign.closedAt', { at: momentText(closedAt) })}</span>}
      <span>{t('campaign.dueOn', { day: dueOn })}</span>
      <span>{t('campaign.cutoffOn', { day: cutoffOn })}</span>
      <span>
        {t('campaign.responsible', { name: called(responsible) })}
        {scheduled && ` · ${t('campaign.scheduled')}`}
      </span>
      {scope === 'units' && <span>{t('campaign.scope.units')}</span>}
      <ArticleTag article="10.3" />
    </p>
  );
}

/** What was done about it, the latest first, with the reasons. */
function Acts({ acts }: { readonly acts: CampaignView['acts'] }) {
  const { t, named, called } = useWords();
  if (acts.length === 0) return null;
  return (
    <section className="panel stack" aria-label={t('campaign.acts')}>
      <h2>{t('campaign.acts')}</h2>
      <ul className="campaign-acts">
        {acts.map(({ number, act, by, at, account, untilOn, workDays, reason }) => (
          <li key={number}>
            <strong>{named('campaign.act', act)}</strong>
            {account && ` · ${account.name}`}
            {untilOn && ` · ${t('campaign.act.until', { day: untilOn, days: workDays ?? 0 })}`}
            <div className="small soft">
              {by ? called(by) : t('campaign.byCalendar')} · {momentText(at)}
            </div>
            {reason && <div className="break">{reason}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
