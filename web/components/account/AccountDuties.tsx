import type { accountReportRoutes, DutyView } from '../../../api/contract/accountReports.ts';
import type { ResponseOf } from '../../../api/contract/route.ts';
import { useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';

const articleOf: Readonly<Record<DutyView['duty'], string>> = { visit: '6.1', report: '6.2', vacancy: '7.1' };

/** What falls due for a key account by the calendar, until when, and who was told of it (Articles 6.1, 6.2, 8). */
export function AccountDuties({ accountId }: { readonly accountId: string }) {
  const duties = useOne<ResponseOf<typeof accountReportRoutes.duties>>(
    ['account', accountId, 'duties'],
    `/accounts/${accountId}/duties`,
  );
  return (
    <ul className="duties" aria-busy={duties.isLoading}>
      {(duties.data?.items ?? []).map((duty) => (
        <Duty key={duty.duty} duty={duty} />
      ))}
    </ul>
  );
}

function Duty({ duty: { duty, dueOn, isOverdue, told, next } }: { readonly duty: DutyView }) {
  const { t } = useWords();
  const last = told.at(-1);
  return (
    <li className={isOverdue ? 'overdue' : undefined}>
      <div className="row">
        <strong>{t(`duty.${duty}`)}</strong>
        <ArticleTag article={articleOf[duty]} />
        <span className="spacer" />
        <span className={`chip ${isOverdue ? 'red' : 'green'}`}>
          {t(isOverdue ? (duty === 'vacancy' ? 'duty.open' : 'duty.overdue') : 'duty.inTime')}
        </span>
      </div>
      <div className="due">{t('duty.due', { day: dueOn })}</div>
      <div className="small soft">
        {last && t('duty.told', { level: t(`duty.level.${last.level}`), day: dayText(last.at) })}
        {last && next && ' · '}
        {next && t('duty.next', { level: t(`duty.level.${next.level}`), day: dayText(next.at) })}
      </div>
    </li>
  );
}
