import { useWords } from '../words.ts';

/** Under which article of the Measures, or that it is an assumption: never the one for the other. */
export function ArticleTag({ article }: { readonly article: string | null | undefined }) {
  const { t } = useWords();
  if (!article) return null;
  const number = /\d+(\.\d+)?/.exec(article)?.[0];
  return number ? (
    <span className="chip brand">{t('article.of', { article: number })}</span>
  ) : (
    <span className="chip">{t('assumption')}</span>
  );
}
