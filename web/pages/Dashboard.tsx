import { Select } from 'antd';
import { useState } from 'react';
import { useAccountFigures, useCaseFigures, useDurationFigures, useWaitingFigures } from '../api/dashboard.ts';
import { useUnits } from '../api/organisation.ts';
import { CaseGrid } from '../components/dashboard/CaseGrid.tsx';
import { Figure } from '../components/dashboard/Figure.tsx';
import { OwnAccounts } from '../components/dashboard/OwnAccounts.tsx';
import { StayBars, StaySheet } from '../components/dashboard/StayBars.tsx';
import { TerritoryLegend, TerritoryMap, TerritorySheets } from '../components/dashboard/TerritoryMap.tsx';
import { WaitingFlows, WaitingSheet } from '../components/dashboard/WaitingFlows.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { dayText, momentText } from '../format.ts';
import '../styles/dashboard.css';
import { useWords } from '../words.ts';

/** 看板: where people would rather look than read. */
export default function Dashboard() {
  const { t } = useWords();
  const cases = useCaseFigures();
  return (
    <>
      <PageHead title={t('nav.dashboard')} />
      <Loaded query={cases}>
        {(figures) =>
          figures.scope === 'none' ? (
            <Empty text={t('dash.scope.none')} />
          ) : figures.scope === 'accounts' ? (
            <>
              <p className="soft dash-scope">
                {t('dash.scope.accounts')}{' '}
                <span className="small">{t('dash.asOf', { at: momentText(figures.asOf) })}</span>
              </p>
              <OwnAccounts />
              <Territories />
            </>
          ) : (
            <>
              <p className="soft dash-scope">
                {t(`dash.scope.${figures.scope}`)}{' '}
                <span className="small">{t('dash.asOf', { at: momentText(figures.asOf) })}</span>
              </p>
              {[...new Set(figures.cells.map(({ process }) => process))].map((process) => (
                <Figure
                  key={process}
                  title={t('dash.cases')}
                  about={t(figures.scope === 'oversight' ? 'dash.cases.aboutCounts' : 'dash.cases.about')}
                  picture={<CaseGrid figures={figures} process={process} />}
                />
              ))}
              {figures.cells.length === 0 && (
                <Figure title={t('dash.cases')} about={t('dash.cases.empty')} picture={null} />
              )}
              <Waiting />
              <Stays />
              <Territories />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Waiting() {
  const { t } = useWords();
  const waiting = useWaitingFigures();
  return (
    <Loaded query={waiting}>
      {(figures) =>
        figures.items.length === 0 ? (
          <Figure title={t('dash.waiting')} about={t('dash.waiting.empty')} picture={null} />
        ) : (
          <Figure
            title={t('dash.waiting')}
            about={t('dash.waiting.about')}
            picture={<WaitingFlows figures={figures} />}
            table={<WaitingSheet figures={figures} />}
          />
        )
      }
    </Loaded>
  );
}

const PERIODS = [90, 365, 1095] as const;

function Stays() {
  const { t } = useWords();
  const [days, setDays] = useState<number>(365);
  const durations = useDurationFigures(days);
  return (
    <Loaded query={durations}>
      {(figures) => (
        <Figure
          title={t('dash.stays')}
          about={t('dash.stays.about', { since: dayText(figures.since) })}
          picture={<StayBars stays={figures.items} />}
          table={<StaySheet stays={figures.items} />}
        >
          <Select
            aria-label={t('dash.period')}
            value={days}
            onChange={setDays}
            options={PERIODS.map((value) => ({ value, label: t(`dash.period.${value}`) }))}
          />
        </Figure>
      )}
    </Loaded>
  );
}

function Territories() {
  const { t } = useWords();
  const accounts = useAccountFigures();
  const units = useUnits();
  return (
    <Loaded query={accounts}>
      {(figures) => {
        const ids = new Set(figures.provinces.flatMap(({ unitIds }) => unitIds));
        const holders = (units.data?.items ?? []).filter(({ id }) => ids.has(id));
        return (
          <Figure
            title={t('dash.map')}
            about={t(figures.total.expectedYuan === null ? 'dash.map.aboutCounts' : 'dash.map.about')}
            picture={
              <div className="map-row">
                <TerritoryMap figures={figures} holders={holders} />
                <TerritoryLegend figures={figures} holders={holders} />
              </div>
            }
            table={<TerritorySheets figures={figures} holders={holders} />}
          />
        );
      }}
    </Loaded>
  );
}
