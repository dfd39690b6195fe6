import { Link, useParams } from 'react-router';
import type { Me } from '../../api/contract/me.ts';
import type { YearlyReport as Report } from '../../api/contract/yearlyReports.ts';
import { caseKey, useCase } from '../api/cases.ts';
import { useOne } from '../api/list.ts';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { TaskPanel } from '../components/TaskPanel.tsx';
import { Reported } from '../components/yearlyReport/Reported.tsx';
import { ReportForm } from '../components/yearlyReport/ReportForm.tsx';
import { dayText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/form.css';
import '../styles/yearlyReport.css';

/** 年度上报 (Article 10.3): filled in by the account's manager, endorsed by his unit's head, read by whoever reads the account's file. */
export default function YearlyReport({ me }: { readonly me: Me }) {
  const { t } = useWords();
  const { id = '' } = useParams();
  const found = useOne<Report>([...caseKey(id), 'yearlyReport'], `/cases/${id}/yearly-report`);
  return (
    <Loaded query={found}>
      {(value) => (
        <>
          <PageHead title={t('yearly.title', { year: value.year, client: value.clientName })}>
            <Link to={`/cases/${id}`}>{t('form.backToCase')}</Link>
          </PageHead>
          {value.taskId === null ? (
            <>
              <Reported value={value} />
              <Endorsing caseId={id} />
            </>
          ) : (
            <>
              <p>
                <strong>{t('yearly.due', { day: dayText(value.dueOn) })}</strong>
              </p>
              <p className="soft small">{t('yearly.about')}</p>
              <ReportForm key={value.taskId} caseId={id} taskId={value.taskId} personId={me.person.id} value={value} />
            </>
          )}
        </>
      )}
    </Loaded>
  );
}

/** The head's answer, under what he endorses. */
function Endorsing({ caseId }: { readonly caseId: string }) {
  const { data } = useCase(caseId);
  const task = data?.holders.find(({ taskId, kind }) => kind === 'endorseReport' && data.myTaskIds.includes(taskId));
  return task ? <TaskPanel taskId={task.taskId} /> : null;
}
