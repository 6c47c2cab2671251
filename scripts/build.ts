/** Builds dist/: the command line and the programmatic interface by esbuild, the declarations by tsc, the page by Vite. */
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { build as buildPage } from 'vite';
import manifest from '../package.json' with { type: 'json' };
import { bin, ROOT } from './steps.ts';

const dist = path.join(ROOT, 'dist');
/** Built beside it and swapped in whole, so that a build that fails leaves the last good one. */
const fresh = path.join(ROOT, 'dist.new');

/** Bundled, because loading their many small files costs more CPU than all the rest of a command, or because they are ES modules. */
const BUNDLED = new Set([
  '@commander-js/extra-typings',
  '@marcbachmann/cel-js',
  'commander',
  'entities',
  'execa',
  'fastest-levenshtein',
  'get-east-asian-width',
  'js-yaml',
  'jsondiffpatch',
  'p-map',
  're2js',
]);

const common = {
  absWorkingDir: ROOT,
  outdir: fresh,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(manifest.dependencies).filter((name) => !BUNDLED.has(name)),
  legalComments: 'linked',
  logLevel: 'warning',
} satisfies BuildOptions;

rmSync(fresh, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { 'cli/main': 'lib/cli/launch.ts', 'cli/tankard': 'lib/cli/main.ts' },
  // One CommonJS file: Node starts it in half the time that the same code takes as linked ES modules, and what
  // is imported dynamically is still evaluated only when it is met.
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // Written as require: a script that V8 loads from its cache cannot import(). All that stays outside is CommonJS.
  supported: { 'dynamic-import': false },
  minifyWhitespace: true,
  minifySyntax: true,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
});
makeAscii(path.join(fresh, 'cli', 'tankard.cjs'));
await build({
  ...common,
  entryPoints: { index: 'lib/index.ts' },
  splitting: true,
  format: 'esm',
  chunkNames: 'chunk/[name]-[hash]',
  // Bundled CommonJS packages (execa's cross-spawn) call require, which ES modules lack.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
});
chmodSync(path.join(fresh, 'cli', 'main.cjs'), 0o755);
execFileSync(bin('tsc'), ['-p', 'tsconfig.build.json', '--outDir', path.join(fresh, 'types')], {
  cwd: ROOT,
  stdio: 'inherit',
});
await buildPage({
  configFile: path.join(ROOT, 'web', 'vite.config.ts'),
  build: { outDir: path.join(fresh, 'web') },
});
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);

/** The launcher reads the bundle as ASCII. esbuild writes that, but for regular expressions and raw templates. */
function makeAscii(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (/\.raw`[^`]*[^\0-\x7f]/.test(text))
    throw new Error('String.raw with a character that is not ASCII');
  const escaped = text.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, escaped);
}
