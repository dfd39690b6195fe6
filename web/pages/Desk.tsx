import type { DeskScope } from '../../api/contract/desk.ts';
import { useDesk } from '../api/desk.ts';
import { useMe } from '../api/me.ts';
import { AccountCards } from '../components/desk/AccountCards.tsx';
import { GroupBars } from '../components/desk/GroupBars.tsx';
import { TotalBars } from '../components/desk/TotalBars.tsx';
import { Week } from '../components/desk/Week.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { momentText } from '../format.ts';
import '../styles/dashboard.css';
import '../styles/desk.css';
import { useWords } from '../words.ts';

/** 工作台: what is to be done this week, over one's own accounts, one's unit's, or the company's (Articles 5, 6, 8). */
export default function Desk() {
  const { t } = useWords();
  const scopes = useScopes();
  const scope = usePageTab('part', scopes);
  const desk = useDesk(scope);
  return (
    <>
      <PageHead title={t('nav.desk')} />
      {scopes.length > 1 && (
        <PageTabs
          label={t('nav.desk')}
          param="part"
          items={scopes.map((key) => ({ key, label: t(`desk.scope.${key}`) }))}
        />
      )}
      <Loaded query={desk}>
        {(value) => (
          <>
            <p className="soft dash-scope">
              {t(`desk.about.${value.scope}`)}{' '}
              <span className="small">{t('dash.asOf', { at: momentText(value.asOf) })}</span>
            </p>
            {value.items.length === 0 && value.accounts.length === 0 && value.groups.length === 0 ? (
              <Empty text={t(`desk.empty.${value.scope}`)} />
            ) : (
              <>
                <Week desk={value} />
                {value.groups.length > 0 && <GroupBars desk={value} />}
                <TotalBars desk={value} />
                <AccountCards desk={value} />
              </>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

/** Which desks a person has, the nearest first. */
function useScopes(): readonly DeskScope[] {
  const me = useMe().data;
  const holds = (...roles: string[]) => me?.roles.some(({ role }) => roles.includes(role)) ?? false;
  return [
    'mine',
    ...(holds('unitHead', 'marketingDeputy') ? (['unit'] as const) : []),
    ...(holds('office', 'dataClerk', 'auditor') || (me?.seats.length ?? 0) > 0 ? (['company'] as const) : []),
  ];
}
