import { type GradeLines, grade } from '../../domain/grading.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';

/** The sum of the subsequent contracts (fen) against the lines of Article 12, and the grade it gives. */
export function GradeLine({ fen, lines }: { readonly fen: bigint; readonly lines: GradeLines }) {
  const { t, named, language } = useWords();
  const given = grade(fen, lines);
  const full = Number(lines.companyLineFen) * 1.25;
  const share = Math.min(100, (Number(fen) / full) * 100);
  const line = given === 'below' ? lines.branchLineFen : lines.companyLineFen;
  const gap = line > fen ? line - fen : 0n;
  return (
    <div className="stack" aria-live="polite">
      <div className="row">
        <strong className="figure">{amountText(yuanFromFen(fen), language)}</strong>
        <span className={`chip ${given === 'below' ? 'red' : 'green'}`}>
          {given === 'below' ? t('grade.below') : named('grade', given)}
        </span>
        <ArticleTag article="12" />
      </div>
      <div className="count" aria-hidden="true" style={{ position: 'relative' }}>
        <i className="for" style={{ width: `${share}%` }} />
        {[40, 80].map((at) => (
          <i
            key={at}
            style={{ position: 'absolute', left: `${at}%`, top: 0, bottom: 0, width: 2, background: 'var(--ink)' }}
          />
        ))}
      </div>
      <span className="small soft figure">
        {t('grade.lines', {
          branch: amountText(yuanFromFen(lines.branchLineFen), language),
          company: amountText(yuanFromFen(lines.companyLineFen), language),
        })}
        {gap > 0n &&
          ` ${t(given === 'below' ? 'grade.toBranch' : 'grade.toCompany', { gap: amountText(yuanFromFen(gap), language) })}`}
      </span>
    </div>
  );
}
