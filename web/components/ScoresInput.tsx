import { criteria } from '../../domain/recommendation.ts';
import { useWords } from '../words.ts';
import { Choices } from './Choices.tsx';

type Scores = Readonly<Record<string, number>>;

/** The five criteria of Article 2, each scored 1–5 (the scale is an assumption 系统默认). */
export function ScoresInput({
  id,
  value = {},
  onChange,
}: {
  readonly id?: string;
  readonly value?: Scores;
  readonly onChange?: (scores: Scores) => void;
}) {
  const { t, language } = useWords();
  return (
    <div className="stack" id={id}>
      {criteria.map(({ code, zh, en }) => {
        const label = language === 'en' ? en : zh;
        return (
          <div key={code} className="row">
            <span style={{ flex: '1 1 180px' }}>{label}</span>
            <Choices
              label={label}
              size="small"
              value={value[code]}
              onChange={(score) => onChange?.({ ...value, [code]: Number(score) })}
              options={[1, 2, 3, 4, 5].map((score) => [score, String(score)])}
            />
          </div>
        );
      })}
      <span className="small soft">{t('field.scoresHint')}</span>
    </div>
  );
}

/** Whether every criterion has its score. */
export const scoresComplete = (scores: unknown): boolean =>
  typeof scores === 'object' && scores !== null && criteria.every(({ code }) => code in scores);
