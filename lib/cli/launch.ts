#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileScript, digest } from '../disk/compiled-code.ts';

/**
 * Starts the bundle beside it with the code that V8 kept from an earlier run: compiling it costs a third of the CPU
 * of a whole `tankard validate`. Node 22 can do this by itself (module.enableCompileCache), Node 20 cannot.
 */
const file = path.join(__dirname, 'tankard.cjs');
const bytes = readFileSync(file);
// The build sees to it that there is nothing but ASCII in it, which is decoded, hashed and kept in a fifth of the time.
const text = bytes.toString('latin1');
const { script, keepCompiled } = compileScript(
  `(function (module, require, __filename) {${text}\n})`,
  { filename: file, folder: 'compiled', name: 'tankard', hash: digest(bytes) },
);

interface BundleModule {
  exports: { main?: (argv: readonly string[]) => Promise<void> };
}
type Bundle = (module: BundleModule, require: NodeJS.Require, file: string) => void;

const bundle: BundleModule = { exports: {} };
(script.runInThisContext() as Bundle)(bundle, createRequire(file), file);
const argv = process.argv.slice(2);
// A run that only prints the version or the help has compiled next to nothing that is worth keeping.
const isWorthKeeping = argv.some((argument) => !argument.startsWith('-'));
void bundle.exports.main?.(argv).then(async () => (isWorthKeeping ? keepCompiled?.() : undefined));
