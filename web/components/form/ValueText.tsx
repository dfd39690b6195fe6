import { useWords } from '../../words.ts';

/** What a field holds, whatever it is: a text as it is, a list entry by entry. */
export function ValueText({ value }: { readonly value: unknown }) {
  const { t } = useWords();
  if (value === undefined || value === null || value === '') return <div className="soft">{t('conflict.empty')}</div>;
  if (typeof value === 'boolean') return <div>{t(value ? 'word.yes' : 'word.no')}</div>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <div className="soft">{t('conflict.empty')}</div>;
    return (
      <ol style={{ margin: 0, paddingLeft: 20 }}>
        {value.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and the list is only read
          <li key={index}>
            <ValueText value={each} />
          </li>
        ))}
      </ol>
    );
  }
  if (typeof value === 'object')
    return (
      <div className="break">
        {Object.values(value)
          .filter((each) => each !== '' && each !== null && each !== undefined)
          .map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each)))
          .join(' · ')}
      </div>
    );
  return <div className="break">{String(value)}</div>;
}
