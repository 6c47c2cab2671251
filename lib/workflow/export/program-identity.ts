import { createReadStream, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheRoot } from '../../disk/cache.ts';
import { digest, readFromCache, writeIfPossible } from '../../disk/compiled-code.ts';
import { Failure } from '../../finding/failure.ts';
import { runProgram } from '../../tools/run-program.ts';

const FOLDER = 'programs';
/** What was written this shortly before it was read may be written again within the same tick of the clock (git's "racy" files). */
const RACY_MS = 2_000;
/** Programs that do not answer in time are told apart by their content alone. */
const VERSION_TIMEOUT_MS = 10_000;

/**
 * Tells one program from another: the hash of its content, remembered while nothing about the file changes (tk has 40 MB);
 * and what it says of its version, since the file may be a link or a script that starts another one. Of a tool in Tankard's
 * cache the content says all.
 *
 * @param file absolute path.
 * @throws Failure `tool` when it cannot be read; `interrupted` on abort.
 */
export async function programIdentity(file: string, signal?: AbortSignal): Promise<string> {
  const content = await contentHash(file);
  const isOurs = file.startsWith(path.join(cacheRoot(), 'tools') + path.sep);
  return isOurs ? content : digest(content, file, await versionText(file, signal));
}

async function contentHash(file: string): Promise<string> {
  try {
    const stats = statSync(file, { bigint: true });
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    const state = digest(JSON.stringify([file, dev, ino, size, mtimeNs, ctimeNs].map(String)));
    const known = readFromCache(FOLDER, state)?.toString('utf8') ?? '';
    const [hash = '', check] = known.split(' ');
    if (check !== undefined && check === digest(state, hash)) return hash;
    const started = Date.now();
    const fresh = await hashFile(file);
    const written = Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs));
    if (started - written > RACY_MS)
      await writeIfPossible(FOLDER, state, `${fresh} ${digest(state, fresh)}`);
    return fresh;
  } catch (cause) {
    throw new Failure('tool', `cannot read the program ${file}: ${(cause as Error).message}`, {
      hint: 'Run `tankard doctor`: it says which programs are used.',
      cause,
    });
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** What a program says when asked for its version; tk puts the time before it. */
async function versionText(file: string, signal?: AbortSignal): Promise<string> {
  const result = await runProgram({
    file,
    args: ['--version'],
    cwd: path.dirname(file),
    env: { OTEL_SDK_DISABLED: 'true' },
    timeoutMs: VERSION_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const said = `${result.stdout.toString('utf8')}\n${result.stderr}`;
  return said.replaceAll(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '');
}
