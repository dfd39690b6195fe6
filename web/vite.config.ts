import { cpSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** What a PDF may need besides itself, from the console's own host: fonts, character maps, decoders of scanned pictures. */
const PDF_PARTS = ['cmaps', 'standard_fonts', 'wasm'];

function pdfParts(): Plugin {
  return {
    name: 'pdf-parts',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const from = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const part of PDF_PARTS)
        cpSync(join(from, part), join(dir, 'pdf', part), {
          recursive: true,
          filter: (path) => !path.endsWith('.wasm') && !path.includes('quickjs'),
        });
    },
  };
}

/** Whatever is text is packed once, when it is built; `api/` serves the packed file to who takes it. */
function packed(): Plugin {
  const isText = /\.(js|mjs|css|html|svg|json)$/;
  const SMALL = 1_000;
  const LARGE = 400_000;
  const pack = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    if (bytes.length < SMALL) return;
    const quality = bytes.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY;
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await Promise.all([
      promisify(brotliCompress)(bytes, { params }).then((small) => writeFile(`${path}.br`, small)),
      promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
    ]);
  };
  return {
    name: 'packed',
    apply: 'build',
    async closeBundle() {
      const files = await readdir(OUT, { recursive: true });
      await Promise.all(files.filter((file) => isText.test(file)).map((file) => pack(join(OUT, file))));
    },
  };
}

/**
 * What the console and the inbox, the page opened first, are made of is asked for with the page itself instead of one after the other:
 * files, styles, and the words of the first language.
 */
function consoleAtOnce(): Plugin {
  const wanted = ['/console.tsx', '/locales/zh-CN.json', '/antd/es/locale/zh_CN.js'];
  return {
    name: 'console-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));
        const needed = new Set<string>();
        const need = (fileName: string): void => {
          if (needed.has(fileName)) return;
          needed.add(fileName);
          for (const each of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) need(each);
        };
        for (const { fileName, facadeModuleId } of chunks)
          if (wanted.some((module) => facadeModuleId?.endsWith(module))) need(fileName);
        const styles = chunks.flatMap(({ fileName, viteMetadata }) =>
          needed.has(fileName) ? [...(viteMetadata?.importedCss ?? [])] : [],
        );
        const link = (rel: string) => (fileName: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${fileName}` },
          injectTo: 'head' as const,
        });
        const isNew = (fileName: string): boolean => !html.includes(fileName);
        return [
          ...[...needed].filter(isNew).map(link('modulepreload')),
          ...styles.filter(isNew).map(link('stylesheet')),
        ];
      },
    },
  };
}

const OUT = fileURLToPath(new URL('dist', import.meta.url));

/** The console is built to static files that `api/` serves; in development the API is reached through the proxy. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), pdfParts(), consoleAtOnce(), packed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What most pages stand on, in few files: a browser asks for six at a time, and many small ones stand in the way of the first answer.
        codeSplitting: {
          groups: [
            { name: 'early', test: /\/web\/api\/early\.ts$|vite\/preload-helper/, priority: 1 },
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|react-router|react-i18next|i18next|scheduler|@tanstack)\//,
              minShareCount: 2,
            },
            { name: 'parts', test: /node_modules\//, minShareCount: 6 },
            { name: 'shared', test: /\/(web|domain|forms)\/.*\.tsx?$/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': process.env.API_ORIGIN ?? 'http://127.0.0.1:3000' } },
});
