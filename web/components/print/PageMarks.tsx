import { useWords } from '../../words.ts';

/** What stands at the edges of every printed page: number of the case, secrecy mark 密级, number of the page. */
export function PageMarks({ number, mark }: { readonly number: string; readonly mark: string }) {
  const { t } = useWords();
  // As a string of CSS; nothing in it may end it or begin a rule.
  const quoted = (text: string) => `"${text.replace(/["\\<>\n\r]/g, ' ')}"`;
  const [before, between, after] = t('print.pageOf').split('|').map(quoted);
  return (
    <style>{`@page {
      size: A4;
      margin: 20mm 15mm 18mm;
      @top-left { content: ${quoted(number)}; font-size: 9pt; color: #000; }
      @top-right { content: ${quoted(mark)}; font-size: 9pt; font-weight: bold; color: #000; }
      @bottom-center { content: ${before} counter(page) ${between} counter(pages) ${after}; font-size: 9pt; color: #000; }
    }`}</style>
  );
}
