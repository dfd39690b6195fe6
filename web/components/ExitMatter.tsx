import { Link } from 'react-router';
import type { ExitMatter as Matter } from '../../api/contract/exits.ts';
import { dayText } from '../format.ts';
import '../styles/plans.css';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';

/** Why an account may leave the list, or cooperation with it end, within the year. */
export default function ExitMatter({ matter }: { readonly matter: Matter }) {
  const { t, named, called } = useWords();
  const { successorId, successorName } = matter;
  return (
    <section className="panel stack" aria-label={t('process.exit')}>
      <div className="row">
        <h2>{t('process.exit')}</h2>
        <span className="chip red">{named('exitGround', matter.ground)}</span>
        <ArticleTag article="系统默认" />
        <Link className="small" to={`/accounts/${matter.accountId}?part=warnings`}>
          {t('exit.toAccount')}
        </Link>
      </div>
      <Facts
        rows={[
          { label: t('exit.since'), value: matter.since },
          { label: t('exit.source'), value: matter.source },
          successorName !== null && {
            label: t('exit.successor'),
            value: successorId ? <Link to={`/clients/${successorId}`}>{successorName}</Link> : successorName,
          },
        ]}
      />
      <div>
        <h3>{t('suggestion.grounds')}</h3>
        <p className="break prewrap">{matter.grounds}</p>
      </div>
      {matter.statements.length > 0 && (
        <div className="stack">
          <h3>{t('exit.statements')}</h3>
          {matter.statements.map(({ by, at, text }) => (
            <p key={at} className="quote break prewrap">
              <strong>{called(by)}</strong> <span className="small soft figure">{dayText(at)}</span>
              {`\n${text}`}
            </p>
          ))}
        </div>
      )}
      <p className="small soft">{t('exit.choices')}</p>
    </section>
  );
}
