import type { EditionSummary } from '../../../api/contract/editions.ts';
import { useWords } from '../../words.ts';
import '../../styles/editions.css';

type Props = Pick<EditionSummary, 'lines' | 'changes'> & {
  /** The number of the edition it is compared with; null for the first. */
  readonly comparedWith: number | null;
  /** It is the list as it stands, and no edition yet. */
  readonly now?: boolean;
};

const LEGEND = ['same', 'changed', 'new', 'gone'] as const;

/** Two bars above each other, as long as the lists are: what the edition before had and is gone, what both have, what is new. */
export function ChangePicture({ lines, changes, comparedWith, now = false }: Props) {
  const { t } = useWords();
  const total = lines.company + lines.branch;
  const same = total - changes.new - changes.changed;
  const counts = { same, changed: changes.changed, new: changes.new, gone: changes.gone };
  const words = LEGEND.map((kind) => `${t(`edition.${kind}`)} ${counts[kind]}`).join(t('dash.comma'));
  const bar = (kinds: readonly (typeof LEGEND)[number][], rest: number) => (
    <span className="edition-bar" aria-hidden>
      {kinds.map((kind) => counts[kind] > 0 && <i key={kind} className={kind} style={{ flexGrow: counts[kind] }} />)}
      {rest > 0 && <i className="rest" style={{ flexGrow: rest }} />}
    </span>
  );
  return (
    <div className="edition-picture">
      {comparedWith !== null && (
        <div role="img" aria-label={words} className="edition-bars">
          <span className="small soft">{t('list.edition', { n: comparedWith })}</span>
          {bar(['gone', 'changed', 'same'], changes.new)}
          <span className="figure">{same + changes.changed + changes.gone}</span>
          <span className="small soft">{t(now ? 'edition.now' : 'edition.this')}</span>
          <span className="edition-bar" aria-hidden>
            {changes.gone > 0 && <i className="rest" style={{ flexGrow: changes.gone }} />}
            {(['changed', 'same', 'new'] as const).map(
              (kind) => counts[kind] > 0 && <i key={kind} className={kind} style={{ flexGrow: counts[kind] }} />,
            )}
          </span>
          <span className="figure">{total}</span>
        </div>
      )}
      <ul className="edition-legend small">
        {LEGEND.filter((kind) => comparedWith !== null || kind === 'new').map((kind) => (
          <li key={kind}>
            <span className={`swatch ${kind}`} aria-hidden /> {t(`edition.${kind}`)}{' '}
            <strong className="figure">{counts[kind]}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
