import { Link } from 'react-router';
import type { YearlyReport } from '../../../api/contract/yearlyReports.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';

type Props = Pick<YearlyReport, 'accountId' | 'projects'>;

/** The projects of the register, which is what counts: they are set right there. */
export function ProjectList({ accountId, projects }: Props) {
  const { t, named, language } = useWords();
  const shown = projects.filter(({ cancelled }) => !cancelled);
  return (
    <div className="stack">
      <p className="small soft">{t('yearly.projectsAbout')}</p>
      <p className="small">
        <Link to={`/accounts/${accountId}?part=projects`}>{t('yearly.toProjects')}</Link>
      </p>
      {shown.length === 0 && <p className="soft">{t('yearly.noProjects')}</p>}
      <ul className="report-projects">
        {shown.map(({ id, name, state, amountYuan }) => (
          <li key={id}>
            <span className="break">{name}</span>
            <span className="chip">{named('stage', state)}</span>
            <span className="figure">{amountText(amountYuan, language)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
