import { type GradeLines, grade } from '../../domain/grading.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/gradeLine.css';
import { ArticleTag } from './ArticleTag.tsx';

/** The sum of the subsequent contracts (fen) drawn against the lines of Article 12, the grade it gives, and how far it is from the line. */
export function GradeLine({ fen, lines }: { readonly fen: bigint; readonly lines: GradeLines }) {
  const { t, named, language } = useWords();
  const given = grade(fen, lines);
  const text = (amount: bigint) => amountText(yuanFromFen(amount), language);
  const { branchLineFen, companyLineFen } = lines;
  const full = Math.max(Number(companyLineFen) * 1.5, Number(fen) * 1.1, 1);
  const at = (amount: bigint) => `${Math.min(100, (Number(amount) / full) * 100)}%`;
  const marks = [
    { key: 'branch', amount: branchLineFen },
    { key: 'company', amount: companyLineFen },
  ] as const;
  const distance =
    given === 'below'
      ? t('grade.toBranch', { gap: text(branchLineFen - fen) })
      : given === 'branch'
        ? `${t('grade.aboveBranch', { gap: text(fen - branchLineFen) })}${t('list.semicolon')}${t('grade.toCompany', { gap: text(companyLineFen - fen) })}`
        : t('grade.aboveCompany', { gap: text(fen - companyLineFen) });
  return (
    <div className="grade-line" aria-live="polite">
      <div className="row">
        <strong className="figure amount">{text(fen)}</strong>
        <span className={`chip ${given === 'below' ? 'red' : 'green'}`}>
          {given === 'below' ? t('grade.below') : named('grade', given)}
        </span>
        <ArticleTag article="12" />
        <span className="small soft figure">{distance}</span>
      </div>
      <div className="track" aria-hidden="true">
        <i className={given} style={{ width: at(fen) }} />
        {marks.map(({ key, amount }) => (
          <b key={key} style={{ left: at(amount) }}>
            <span className={key}>
              {named('grade', key)} {text(amount)}
            </span>
          </b>
        ))}
      </div>
      <span className="unseen">{t('grade.lines', { branch: text(branchLineFen), company: text(companyLineFen) })}</span>
    </div>
  );
}
