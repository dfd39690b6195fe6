import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** The console is built to static files that `api/` serves; in development the API is reached through the proxy. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), pdfParts()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': process.env.API_ORIGIN ?? 'http://127.0.0.1:3000' } },
});
