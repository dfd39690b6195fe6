import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CaseSummary } from '../../api/contract/cases.ts';
import { useWords } from '../words.ts';
import { DueChip } from './DueChip.tsx';

type Props = {
  readonly summary: CaseSummary;
  /** What is asked of the reader, where something is. */
  readonly asked?: string | undefined;
  readonly due?: string | null | undefined;
  readonly soon?: boolean | undefined;
  readonly note?: ReactNode;
};

/** One case as a row that opens it, or the form of a draft of which nothing is asked yet: what it is about, what is asked, where it stands, until when. */
export function CaseCard({ summary, asked, due = summary.dueAt, soon, note }: Props) {
  const { t, word, named, called } = useWords();
  return (
    <li>
      <Link
        className="card"
        to={summary.state === 'draft' && !asked ? `/recommendations/${summary.id}` : `/cases/${summary.id}`}
      >
        <span className="title">{summary.title || t('case.untitled')}</span>
        <span className="aside">
          {asked ? <strong>{asked}</strong> : <span className="chip">{word(summary.stateKey)}</span>}
        </span>
        <span className="small soft row">
          <span className="figure">{summary.number}</span>
          <span>{called(summary.unit)}</span>
          {summary.grade && <span>{named('grade', summary.grade)}</span>}
          {asked && <span>{word(summary.stateKey)}</span>}
          {note}
        </span>
        <span className="aside">{summary.terminal ? null : <DueChip due={due} soon={soon} />}</span>
      </Link>
    </li>
  );
}
