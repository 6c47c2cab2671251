/** Builds dist/: the bundle by esbuild, the declarations by tsc. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

/** Bundled, because loading their many small files costs more CPU than all the rest of a command. */
const BUNDLED = new Set([
  '@commander-js/extra-typings',
  'commander',
  'execa',
  'fastest-levenshtein',
  'js-yaml',
  'p-map',
]);

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { 'cli/main': 'lib/cli/main.ts', index: 'lib/index.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  chunkNames: 'chunk/[name]-[hash]',
  external: Object.keys(manifest.dependencies).filter((name) => !BUNDLED.has(name)),
  // Bundled CommonJS packages (execa's cross-spawn) call require, which ES modules lack.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
});
chmodSync(path.join(dist, 'cli', 'main.js'), 0o755);
execFileSync(
  process.execPath,
  [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
