import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Finding, Location } from '../finding/finding.ts';

/** The file that tk evaluates when an environment is named by its folder. */
const ENTRYPOINT = 'main.jsonnet';

/**
 * Near places without the locator: the first line of the entrypoint that has the member's name or its
 * value, else the start of the file.
 *
 * @param environmentPath the environment's folder or entrypoint file, absolute.
 * @returns a location, always `near`, for each finding.
 */
export async function guessPositions(
  findings: readonly Finding[],
  environmentPath: string,
): Promise<Map<Finding, Location>> {
  if (findings.length === 0) return new Map();
  const file = /\.(jsonnet|libsonnet)$/.test(environmentPath)
    ? environmentPath
    : path.join(environmentPath, ENTRYPOINT);
  const lines = await readLines(file);
  return new Map(
    findings.map((finding) => [
      finding,
      { file, ...firstMatch(lines, searchTerms(finding)), certainty: 'near' },
    ]),
  );
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch {
    // An entrypoint that cannot be read was reported by tk; the place is then its first line.
    return [];
  }
}

/** What to look for, the most telling first. */
function searchTerms(finding: Finding): string[] {
  const names = (finding.path ?? []).filter((segment) => typeof segment === 'string');
  if (finding.fault === 'missing') return names.slice(0, -1).reverse().slice(0, 1);
  const { value: found } = finding;
  const value = typeof found === 'string' || typeof found === 'number' ? [String(found)] : [];
  const name = names.slice(-1);
  const terms = finding.fault === 'key' ? name : [...value, ...name];
  return terms.length > 0 ? terms : [finding.resource?.name ?? ''];
}

function firstMatch(
  lines: readonly string[],
  terms: readonly string[],
): { line: number; column: number } {
  for (const term of terms.filter((text) => text !== '')) {
    const word = new RegExp(`(?<![\\w-])${escapeRegExp(term)}(?![\\w-])`);
    const index = lines.findIndex((line) => word.test(line));
    const before = lines[index]?.slice(0, lines[index].search(word));
    if (before !== undefined) return { line: index + 1, column: Buffer.byteLength(before) + 1 };
  }
  return { line: 1, column: 1 };
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|-]/g, String.raw`\$&`);
}
