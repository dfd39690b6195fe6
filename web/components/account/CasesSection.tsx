import { Link } from 'react-router';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Sheet } from '../Sheet.tsx';
import type { SectionProps } from './sections.ts';

/** The cases of the account's client that the reader may see. */
export default function CasesSection({ account }: SectionProps) {
  const { t, named, word } = useWords();
  return (
    <section className="panel" aria-label={t('account.cases')}>
      <h2>{t('account.cases')}</h2>
      <Sheet
        caption={t('account.cases')}
        rows={account.cases}
        rowKey={(row) => row.id}
        columns={[
          { title: t('word.case'), cell: (row) => <Link to={`/cases/${row.id}`}>{row.number}</Link> },
          { title: t('word.kind'), cell: (row) => named('process', row.process) },
          { title: t('word.status'), cell: (row) => word(row.stateKey) },
          { title: t('word.from'), cell: (row) => dayText(row.openedAt) },
        ]}
      />
    </section>
  );
}
