import type { HealthView } from '../../../api/contract/health.ts';
import { momentText, sizeText } from '../../format.ts';
import { useWords, type WordKey } from '../../words.ts';
import { Facts } from '../Facts.tsx';

type Part = HealthView['parts'][number];

const marks = { green: '●', amber: '▲', red: '■' } as const;

/** A level in colour, shape and word: none of them alone. */
export function LevelChip({ level }: { readonly level: Part['level'] }) {
  const { t } = useWords();
  return (
    <span className={`chip ${level}`}>
      <span aria-hidden>{marks[level]}</span>
      {t(`health.${level}`)}
    </span>
  );
}

/** One part of the system: how it stands, what follows and what to do, and the figures it rests on. */
export function HealthPart({ part }: { readonly part: Part }) {
  const { t, named } = useWords();
  const figure = (name: string, value: string | number | null): string => {
    if (value === null) return '—';
    if (name.endsWith('At')) return momentText(String(value));
    if (['free', 'total', 'bytes'].includes(name)) return sizeText(Number(value));
    return String(value);
  };
  return (
    <li className={`panel stack health ${part.level}`} aria-label={t(`health.${part.part}`)}>
      <div className="row">
        <h3>{t(`health.${part.part}`)}</h3>
        <LevelChip level={part.level} />
      </div>
      <p>{t(wordOf(part))}</p>
      {part.level !== 'green' && <p className="small soft">{t(`${wordOf(part)}.do` as WordKey)}</p>}
      <Facts
        rows={Object.entries(part.figures).map(([name, value]) => ({
          label: named('figure', name),
          value: figure(name, value),
        }))}
      />
    </li>
  );
}

const wordOf = ({ part, code }: Part): WordKey => `health.${part}.${code}` as WordKey;
