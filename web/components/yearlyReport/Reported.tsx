import { Alert } from 'antd';
import type { YearlyReport } from '../../../api/contract/yearlyReports.ts';
import { type Archive, archiveFields, archiveParts, isGiven, valueAt } from '../../../domain/archive.ts';
import type { FieldChange } from '../../../domain/reportChanges.ts';
import { ratings } from '../../../domain/reportChanges.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Facts } from '../Facts.tsx';
import { Before } from './Before.tsx';
import { isToldAtLength } from './fields.ts';
import { ProjectList } from './ProjectList.tsx';
import { ReportCompleteness } from './ReportCompleteness.tsx';
import { ReportValue } from './ReportValue.tsx';

/** What was reported, with what is otherwise than before marked: what its head looks at before he endorses it. */
export function Reported({ value }: { readonly value: YearlyReport }) {
  const { t, named, called } = useWords();
  const { reported, changes } = value;
  if (!reported) {
    const word = value.dataAtHand ? 'yearly.dataAtHand' : 'yearly.notReported';
    return <p className="panel soft">{t(word)}</p>;
  }
  const { report, by, at, endorsedAt } = reported;
  const archive: Archive = report.archive ?? value.archive;
  const changed = new Map<string, FieldChange>(changes.map((each) => [each.path, each as FieldChange]));
  const shown = (path: string, now: unknown) => {
    const change = changed.get(path);
    return (
      <>
        <ReportValue path={path} value={now} />
        {change && (
          <>
            <span className="chip amber">{t('yearly.changed')}</span>
            <Before change={change} />
          </>
        )}
      </>
    );
  };
  return (
    <div className="form-page">
      <div>
        {value.dataAtHand && (
          <Alert type="warning" showIcon title={t('yearly.dataAtHand')} style={{ marginBottom: 14 }} />
        )}
        <section className="panel stack" aria-label={t('yearly.overall')}>
          <h2 className="row">
            {t('yearly.overall')} <ArticleTag article="10.3" />
          </h2>
          {!report.archive && <p>{t('yearly.unchanged')}</p>}
          <p className="small soft">
            {t('yearly.by', { name: called(by), at: momentText(at) })}
            {` · ${t('yearly.completeness', { percent: value.completeness.percent })}`}
            {endorsedAt && ` · ${t('yearly.endorsedAt', { at: momentText(endorsedAt) })}`}
          </p>
          <Facts
            rows={[
              { label: t('field.changes'), value: report.changes, wide: true },
              ...ratings.map((name) => ({
                label: t(`f.rating.${name}`),
                value: shown(`rating.${name}`, report[name]),
              })),
              { label: t('field.outlook'), value: report.outlook ?? '', wide: true },
            ]}
          />
        </section>
        <section className="panel stack" aria-label={t('yearly.changes', { count: changes.length })}>
          <h2>{t('yearly.changes', { count: changes.length })}</h2>
          {changes.length === 0 && <p className="soft">{t('yearly.noChanges')}</p>}
          <ul className="report-changes">
            {changes.map((change) => (
              <li key={change.path}>
                <strong>{named('f', change.path)}</strong>
                <div className="report-change">
                  <ReportValue path={change.path} value={change.now} />
                  <Before change={change as FieldChange} />
                </div>
              </li>
            ))}
          </ul>
        </section>
        {archiveParts.map((part) => (
          <section key={part} className="panel stack" aria-label={t(`report.part.${part}`)}>
            <h2 className="row">
              {t(`report.part.${part}`)} <ArticleTag article="9" />
            </h2>
            {part === 'projects' && <ProjectList accountId={value.accountId} projects={value.projects} />}
            <Facts
              rows={[
                part === 'records' && {
                  label: t('yearly.visits'),
                  value: t('yearly.visitsDone', { count: value.visits }),
                },
                ...archiveFields[part].map((path) => {
                  const now = valueAt(archive, path);
                  const isTold = isGiven(now) || changed.has(path);
                  return {
                    label: named('f', path),
                    value: isTold ? shown(path, now) : '',
                    wide: isToldAtLength(path),
                  };
                }),
              ]}
            />
          </section>
        ))}
      </div>
      <aside className="form-aside read" aria-label={t('form.progress')}>
        <ReportCompleteness completeness={value.completeness} />
      </aside>
    </div>
  );
}
