import type { ChangeView } from '../../api/contract/organisation.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { regionText } from './regionText.ts';

/** What was changed of a person or a unit, the latest first: what, from when, under which document, by whom. */
export function History({ history }: { readonly history: readonly ChangeView[] }) {
  const { t, named, called } = useWords();
  if (history.length === 0) return <p className="soft">{t('org.noHistory')}</p>;
  return (
    <ol className="timeline">
      {history.map((change) => (
        <li key={change.id}>
          <div className="row">
            <span className="small soft figure">{change.on}</span>
            <strong>{named('org.change', change.change)}</strong>
            {typeof change.codes.regionCode === 'string' && <span>{regionText(change.codes.regionCode)}</span>}
          </div>
          <div className="small soft break">
            {[change.document, called(change.by), momentText(change.at)].filter(Boolean).join(' · ')}
          </div>
        </li>
      ))}
    </ol>
  );
}
