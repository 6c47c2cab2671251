import path from 'node:path';
import { defineConfig } from 'vite';

/** How the page of the preview is built: by scripts/build.ts, which says where to. */
export default defineConfig({
  root: import.meta.dirname,
  // The page is served below a path that nobody knows before the preview runs.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(import.meta.dirname, '..', 'dist', 'web'),
    emptyOutDir: true,
    // The first browsers with light-dark(); Vite would otherwise replace it.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // A style sheet or an image in a data: URL is what the content security policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    reportCompressedSize: false,
  },
});
