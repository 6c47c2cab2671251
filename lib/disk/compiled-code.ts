import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { cacheDirectory, cacheRoot } from './cache.ts';
import { writeWhole } from './write-whole.ts';

/** JavaScript whose compiled form V8 may have kept from an earlier process. */
export interface CompiledScript {
  readonly script: vm.Script;
  /**
   * Keeps what V8 has compiled so far, so that the next process need not compile it again. Useful after the code
   * has run, since V8 compiles a function when it is first called. Undefined when the kept form was good.
   */
  readonly keepCompiled: (() => Promise<void>) | undefined;
}

/** Where JavaScript comes from, and where its compiled form is kept. */
export interface CodeOrigin {
  /** Shown in stack traces, absolute. */
  readonly filename: string;
  /** Folder of the cache, and the name in it without an ending. */
  readonly folder: string;
  readonly name: string;
  /** Hash of the text in hex: a compiled form is used only for the text that it was made from. */
  readonly hash: string;
}

const DIGEST_LENGTH = 32;

/**
 * Makes a script of a text, with the compiled form from the cache where there is a good one.
 *
 * @param text an expression or a program, without import().
 */
export function compileScript(text: string, origin: CodeOrigin): CompiledScript {
  const name = `${origin.name}.${process.versions.v8}-${process.arch}.cache`;
  const kept = readCompiled(origin.folder, name, origin.hash);
  const script = new vm.Script(text, {
    filename: origin.filename,
    ...(kept !== undefined && { cachedData: kept }),
  });
  const isGood = kept !== undefined && script.cachedDataRejected !== true;
  const keep = async (): Promise<void> => {
    const data = script.createCachedData();
    const content = Buffer.concat([Buffer.from(digest(origin.hash, data), 'hex'), data]);
    await writeIfPossible(origin.folder, name, content);
  };
  return { script, keepCompiled: isGood ? undefined : keep };
}

function readCompiled(folder: string, name: string, hash: string): Buffer | undefined {
  const bytes = readFromCache(folder, name);
  if (bytes === undefined) return undefined;
  const data = bytes.subarray(DIGEST_LENGTH);
  // V8 itself looks at the length of the source only, and trusts the rest: damage could crash the process.
  return digest(hash, data) === bytes.toString('hex', 0, DIGEST_LENGTH) ? data : undefined;
}

/** Writes a file of the cache. A read-only or full cache costs time, not correctness, so it is no error. */
export async function writeIfPossible(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  try {
    await writeWhole(path.join(cacheDirectory(folder), name), content, { mode: 0o600 });
  } catch {
    // The next process does the work again.
  }
}

/** The bytes of a file of the cache, or undefined when it cannot be read. */
export function readFromCache(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(path.join(cacheRoot(), folder, name));
  } catch {
    return undefined;
  }
}

/** sha256 of the parts, in hex. */
export function digest(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
