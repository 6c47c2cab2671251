/**
 * `npm run release`: packs what is to be published, Tankard and a package of its Go tools for each kind of machine, and
 * prints the hashes. Publishes nothing.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findExecutable } from '../lib/tools/find-executable.ts';
import type { ToolTarget } from '../lib/tools/tool.ts';
import { checkClean } from './release/clean-checkout.ts';
import { packMain } from './release/main-package.ts';
import { packTools } from './release/tools-package.ts';
import { bin, ROOT, run } from './steps.ts';

/** Tanka is released for Windows too, on amd64; Tankard runs on none. */
const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

const USAGE = `npm run release -- --out FOLDER [--targets ${TARGETS.join(',')}]`;

async function release(targets: readonly ToolTarget[], out: string): Promise<void> {
  await checkClean(ROOT);
  const go = findExecutable('go');
  if (go === undefined) throw new Error('go, which builds the tools, is not on PATH');
  if ((await run([bin('tsx'), path.join(ROOT, 'scripts', 'build.ts')])) !== 0)
    throw new Error('dist/ could not be built');
  const work = await mkdtemp(path.join(os.tmpdir(), 'tankard-release-'));
  // What is in the user's cache may have been built with another Go.
  process.env['TANKARD_CACHE'] = path.join(work, 'cache');
  try {
    await mkdir(out, { recursive: true });
    const onProgress = (line: string): void => console.log(line);
    const tarballs: string[] = [];
    for (const target of targets) {
      console.log(`> tools for ${target.platform} ${target.arch}`);
      tarballs.push(await packTools(target, go, { out, work, onProgress }));
    }
    tarballs.push(await packMain(targets, { out, work }));
    const sums = (await Promise.all(tarballs.map(sumOf))).join('');
    await writeFile(path.join(out, 'SHA256SUMS'), sums);
    console.log(sums.trimEnd());
    console.log(
      `To publish, the tools first: npm publish --access public FILE, in the order above.`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A line as sha256sum writes it. */
async function sumOf(file: string): Promise<string> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return `${sha256}  ${path.basename(file)}\n`;
}

function parseTargets(text: string): ToolTarget[] {
  return text.split(',').map((name) => {
    if (!TARGETS.includes(name)) throw new Error(`no target ${name}\n${USAGE}`);
    const [platform = '', arch = ''] = name.split('-');
    return { platform, arch };
  });
}

try {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, targets: { type: 'string' } },
  });
  if (values.out === undefined) throw new Error(USAGE);
  await release(parseTargets(values.targets ?? TARGETS.join(',')), path.resolve(values.out));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
