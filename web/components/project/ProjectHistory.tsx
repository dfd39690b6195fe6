import { Link } from 'react-router';
import type { ProjectDetail } from '../../../api/contract/projects.ts';
import { useUnits } from '../../api/organisation.ts';
import { amountText, momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Changes } from '../Changes.tsx';
import { regionText } from '../regionText.ts';

type Entry = ProjectDetail['history'][number];

/** Who entered, changed and cancelled what, the latest first. */
export function ProjectHistory({ detail }: { readonly detail: ProjectDetail }) {
  const { t, named, called } = useWords();
  const read = useValues(detail);
  return (
    <section className="panel stack" aria-label={t('project.history')}>
      <h2>{t('project.history')}</h2>
      <ol className="timeline">
        {detail.history.map((entry) => (
          <li key={`${entry.at}-${entry.act}-${entry.version}-${entry.operationId}`}>
            <div className="row">
              <strong>{named('project.act', entry.act)}</strong>
              <span className="small soft">
                {entry.by ? called(entry.by) : t('project.byRecommendation')} · {momentText(entry.at)}
              </span>
              {entry.caseId && (
                <Link className="small" to={`/cases/${entry.caseId}`}>
                  {t('account.decision')}
                </Link>
              )}
            </div>
            {entry.before !== null && (
              <Changes
                changes={fieldsOf(entry).map((field) => ({
                  key: field,
                  what: named('project.field', field),
                  from: read(field, entry.before?.[field]),
                  to: read(field, entry.after?.[field]),
                }))}
              />
            )}
            {entry.act === 'cancelled' && <p className="quote small break">{String(entry.after?.reason ?? '')}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const fieldsOf = (entry: Entry): string[] => [
  ...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})]),
];

/** How a stored value is read, by its field. */
function useValues({ entities, kinds }: ProjectDetail) {
  const { t, named, called, language } = useWords();
  const units = useUnits().data?.items ?? [];
  return (field: string, value: string | boolean | null | undefined): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return t(value ? 'word.yes' : 'word.no');
    if (field.endsWith('Yuan')) return amountText(value, language);
    if (field === 'regionCode') return regionText(value);
    if (field === 'state')
      return named('stage', value) === value ? named('operation.state', value) : named('stage', value);
    if (field === 'stage') return named('project.stage', value);
    if (field === 'employerId') return entities.find(({ id }) => id === value)?.name ?? value;
    if (field === 'builderUnitId') return called(units.find(({ id }) => id === value));
    if (field !== 'kindId') return value;
    const kind = kinds.find(({ id }) => id === value);
    return (language === 'en' ? kind?.nameEn : kind?.name) ?? value;
  };
}
