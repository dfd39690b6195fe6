import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import englishManual from '../../docs/manual.en.md?raw';
import manual from '../../docs/manual.zh-CN.md?raw';
import { PageHead } from '../components/PageHead.tsx';
import { type Chapter, chapterFor, chaptersOf, inLanguage } from '../manual.ts';
import { Markdown } from '../markdown.tsx';
import '../styles/help.css';
import { useWords } from '../words.ts';

const inChinese = chaptersOf(manual);
const inEnglish = chaptersOf(englishManual);
const pictures = import.meta.glob<string>('../../docs/pictures/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});
const pictureOf = (source: string): string | undefined => pictures[`../../docs/${source}`];

const isEnglish = (chapter: Chapter): boolean => inEnglish.includes(chapter);
const langOf = (chapter: Chapter): string => (isEnglish(chapter) ? 'en' : 'zh-CN');

/** The manual, a chapter at a time. `?for=` names the page one came from, and leads to its chapter. */
export default function Help() {
  const { t, language } = useWords();
  const chapters = language === 'en' ? inLanguage(inChinese, inEnglish) : inChinese;
  const { chapter: name } = useParams();
  const [search] = useSearchParams();
  const shown = chapters.find((chapter) => chapter.name === name);
  if (!shown) return <Navigate to={`/help/${chapterFor(chapters, search.get('for') ?? '/')?.name}`} replace />;
  const next = chapters[chapters.indexOf(shown) + 1];
  return (
    <>
      <PageHead title={t('help.title')} />
      {language === 'en' && !isEnglish(shown) && <p className="soft">{t('help.inChinese')}</p>}
      <div className="help">
        <nav className="panel help-chapters" aria-label={t('help.chapters')}>
          <ul>
            {chapters.map((chapter) => (
              <li key={chapter.name} lang={langOf(chapter)}>
                <Link to={`/help/${chapter.name}`} aria-current={chapter === shown ? 'page' : undefined}>
                  {chapter.title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <article className="panel help-text" lang={langOf(shown)} aria-label={shown.title}>
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
