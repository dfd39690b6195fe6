import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ValueText } from '../form/ValueText.tsx';
import '../../styles/yearlyReport.css';

type Entry = Readonly<Record<string, string | undefined>>;

/** What a field of the report holds, as people read it. */
export function ReportValue({ path, value }: { readonly path: string; readonly value: unknown }) {
  const { named, language } = useWords();
  if (typeof value === 'string' && path.endsWith('Yuan') && value !== '')
    return <div>{amountText(value, language)}</div>;
  if (typeof value === 'string' && path.endsWith('Pct') && value !== '') return <div>{value}%</div>;
  if (typeof value === 'number') return <div>{named('rating', String(value))}</div>;
  if (Array.isArray(value) && value.length > 0)
    return (
      <ul className="report-entries">
        {(value as Entry[]).map(({ post, role, phone, name, sharePct }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and the list is only read
          <li key={index}>
            {[name, post, role && named('keyPerson', role), phone, sharePct && `${sharePct}%`]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    );
  return <ValueText value={value} />;
}
