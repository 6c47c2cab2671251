import { createHash } from 'node:crypto';
import { Failure } from '../finding/failure.ts';
import { fileChecksum } from './checksum.ts';
import { fetchUrl } from './fetch-url.ts';
import { unpackZip } from './zip-file.ts';

/**
 * What Go asks when GOPROXY is not set; without Go nobody else knows it.
 * Source: https://go.dev/ref/mod#environment-variables.
 */
export const PUBLIC_PROXY = 'https://proxy.golang.org';
/** 25 MB over 0.5 Mbit/s take 7 minutes. */
const TIMEOUT_MS = 15 * 60_000;

/**
 * Downloads the zip of a public Go module without Go: from the proxies that GOPROXY names, the first that has it. Nothing
 * checks it: compare its checksum with a pinned one.
 *
 * @param module such as `k8s.io/kubernetes`.
 * @param version such as `v1.37.0`.
 * @throws Failure `tool` when no proxy has it, `interrupted` on abort.
 */
export async function fetchModuleZip(
  module: string,
  version: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const proxies = proxiesOf(process.env['GOPROXY']);
  let last = new Failure('tool', 'GOPROXY names no proxy, and without Go there is no other way');
  for (const proxy of proxies)
    try {
      const url = `${proxy.replace(/\/$/, '')}/${moduleZipPath(module, version)}`;
      return await fetchUrl(url, signal, TIMEOUT_MS);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'interrupted') throw error;
      last = error;
    }
  throw last;
}

function proxiesOf(variable: string | undefined): string[] {
  if (variable === undefined || variable === '') return [PUBLIC_PROXY];
  return variable
    .split(/[,|]/)
    .map((one) => one.trim())
    .filter((one) => /^https?:\/\//.test(one));
}

/**
 * The checksum of a module as a go.sum has it: over the list of its files with their SHA-256, sorted by name.
 * Source: golang.org/x/mod/sumdb/dirhash, Hash1.
 *
 * @param zip as a proxy gives it.
 * @throws Error when it is damaged.
 */
export function moduleChecksum(zip: Buffer): string {
  const lines: (readonly [Buffer, string])[] = [];
  for (const [name, bytes] of unpackZip(zip, () => true))
    lines.push([Buffer.from(name), `${fileChecksum(bytes)}  ${name}\n`]);
  lines.sort(([left], [right]) => Buffer.compare(left, right));
  const hash = createHash('sha256');
  for (const [, line] of lines) hash.update(line);
  return `h1:${hash.digest('base64')}`;
}

/**
 * The path of a module's zip below a Go module proxy. Capital letters are escaped, since file systems may not tell them
 * apart. Source: https://go.dev/ref/mod#goproxy-protocol
 *
 * @param module such as `github.com/BurntSushi/toml`.
 * @param version such as `v1.2.3`.
 */
export function moduleZipPath(module: string, version: string): string {
  return `${escaped(module)}/@v/${escaped(version)}.zip`;
}

function escaped(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
