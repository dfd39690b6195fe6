import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

GlobalWorkerOptions.workerSrc = workerUrl;

/** The build puts them beside the console: fonts and character maps of PDF files that bring none of their own. */
const own = (folder: string): string => new URL(`/pdf/${folder}/`, window.location.href).href;

/** Wider than this a page is not drawn, in CSS pixels. */
const WIDEST = 900;

/** A PDF drawn page by page: phones show none in a frame, and a frame would need a laxer policy. Nothing in it is run. */
export default function PdfPages({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const { t } = useWords();
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    const loading = blob.arrayBuffer().then((data) =>
      getDocument({
        data,
        cMapUrl: own('cmaps'),
        cMapPacked: true,
        standardFontDataUrl: own('standard_fonts'),
        wasmUrl: own('wasm'),
        // The policy of the pages allows no WebAssembly; the same decoders come as plain code.
        useWasm: false,
        enableXfa: false,
      }),
    );
    loading
      .then((task) => task.promise)
      .then((loaded) => wanted && setDocument(loaded))
      .catch((cause: unknown) => wanted && setError(cause));
    return () => {
      wanted = false;
      void loading.then((task) => task.destroy());
    };
  }, [blob]);
  if (error) return <ProblemNotice error={new Error(t('file.notShown'))} />;
  if (!document) return null;
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  return (
    <ol className="pdf" aria-label={name}>
      {numbers.map((number) => (
        <PdfPage key={number} document={document} number={number} />
      ))}
    </ol>
  );
}

/** One page, drawn when it comes near to where it is seen. */
function PdfPage({ document, number }: { readonly document: PDFDocumentProxy; readonly number: number }) {
  const { t } = useWords();
  const frame = useRef<HTMLLIElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(number === 1);
  const [text, setText] = useState('');
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true);
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!near) return undefined;
    let wanted = true;
    const drawing = document.getPage(number).then(async (page) => {
      const surface = canvas.current;
      if (!wanted || !surface || !frame.current) return null;
      const width = Math.min(frame.current.clientWidth, WIDEST);
      const scale = (width / page.getViewport({ scale: 1 }).width) * window.devicePixelRatio;
      const viewport = page.getViewport({ scale });
      surface.width = viewport.width;
      surface.height = viewport.height;
      const words = await page.getTextContent();
      setText(words.items.map((item) => ('str' in item ? item.str : '')).join(' '));
      const task = page.render({ canvas: surface, viewport });
      await task.promise.catch(() => null);
      return task;
    });
    return () => {
      wanted = false;
      void drawing.then((task) => task?.cancel()).catch(() => null);
    };
  }, [document, number, near]);
  return (
    <li ref={frame} aria-label={t('file.page', { at: number, of: document.numPages })}>
      <canvas ref={canvas} role="img" aria-label={text || t('file.page', { at: number, of: document.numPages })} />
    </li>
  );
}
