import type { FieldChange } from '../../../domain/reportChanges.ts';
import { useWords } from '../../words.ts';
import { ReportValue } from './ReportValue.tsx';

/** What stood at a field that is otherwise now: in the archive, and in last year's report where that said something else again. */
export function Before({ change }: { readonly change: FieldChange }) {
  const { t } = useWords();
  const { path, archive, lastYear, differsFrom } = change;
  const both = differsFrom.length === 2 && JSON.stringify(archive ?? null) === JSON.stringify(lastYear ?? null);
  return (
    <div className="report-before small">
      {differsFrom.map((source) =>
        both && source === 'lastYear' ? null : (
          <div key={source} className="row">
            <span className="soft">{t(source === 'archive' ? 'yearly.wasArchive' : 'yearly.wasLastYear')}</span>
            <ReportValue path={path} value={source === 'archive' ? archive : lastYear} />
          </div>
        ),
      )}
    </div>
  );
}
