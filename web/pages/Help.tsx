import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import manual from '../../docs/manual.zh-CN.md?raw';
import { PageHead } from '../components/PageHead.tsx';
import { chapterFor, chaptersOf } from '../manual.ts';
import { Markdown } from '../markdown.tsx';
import '../styles/help.css';
import { useWords } from '../words.ts';

const chapters = chaptersOf(manual);
const pictures = import.meta.glob<string>('../../docs/pictures/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});
const pictureOf = (source: string): string | undefined => pictures[`../../docs/${source}`];

/** The manual, a chapter at a time. `?for=` names the page one came from, and leads to its chapter. */
export default function Help() {
  const { t, language } = useWords();
  const { chapter: name } = useParams();
  const [search] = useSearchParams();
  const shown = chapters.find((chapter) => chapter.name === name);
  if (!shown) return <Navigate to={`/help/${chapterFor(chapters, search.get('for') ?? '/')?.name}`} replace />;
  const next = chapters[chapters.indexOf(shown) + 1];
  return (
    <>
      <PageHead title={t('help.title')} />
      {language !== 'zh-CN' && <p className="soft">{t('help.inChinese')}</p>}
      <div className="help">
        <nav className="panel help-chapters" aria-label={t('help.chapters')} lang="zh-CN">
          <ul>
            {chapters.map((chapter) => (
              <li key={chapter.name}>
                <Link to={`/help/${chapter.name}`} aria-current={chapter === shown ? 'page' : undefined}>
                  {chapter.title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <article className="panel help-text" lang="zh-CN" aria-label={shown.title}>
          <Markdown text={shown.text} pictureOf={pictureOf} />
          {next && (
            <p className="help-next">
              <Link to={`/help/${next.name}`}>{t('help.next', { title: next.title })}</Link>
            </p>
          )}
        </article>
      </div>
    </>
  );
}
