import { readFile } from 'node:fs/promises';
import { Failure } from '../finding/failure.ts';
import type { Finding, Location, Path } from '../finding/finding.ts';
import { jsonErrorOffset } from './json-error.ts';
import { type SpecProblem, specProblems } from './spec-fields.ts';
import { textPosition } from './text-position.ts';

/**
 * Checks the spec.json of a static environment, of which tk itself checks only the types: JSON syntax, unknown
 * keys, wrong types and values. A `metadata.name` that differs from the path is right, since tk takes the path.
 *
 * @param file absolute path; when there is none (an inline environment), nothing is found.
 * @param environment what findings call the environment.
 * @throws Failure `usage` when the file cannot be read.
 */
export async function checkSpec(file: string, environment: string): Promise<Finding[]> {
  const text = await readSpec(file);
  if (text === undefined) return [];
  const base = { code: 'environment/spec', severity: 'error', environment } as const;
  let spec: unknown;
  try {
    spec = JSON.parse(text);
  } catch (error) {
    const position = textPosition(text, jsonErrorOffset(text));
    const location = { file, ...position, certainty: 'exact' } as const;
    return [{ ...base, message: `spec.json is not valid JSON: ${syntaxMessage(error)}`, location }];
  }
  const problems = specProblems(spec);
  return Promise.all(problems.map((problem) => toFinding(file, text, { ...base, ...problem })));
}

async function readSpec(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Failure('usage', `cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function syntaxMessage(error: unknown): string {
  // Node adds the position in its own way, and to some messages the text itself.
  return (error as Error).message
    .replace(/ in JSON at position .*$/s, '')
    .replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, '');
}

async function toFinding(
  file: string,
  text: string,
  problem: SpecProblem & Pick<Finding, 'code' | 'environment'>,
): Promise<Finding> {
  const offset = await offsetOf(text, problem.path, problem.fault ?? 'value');
  return { ...problem, location: { file, ...textPosition(text, offset ?? 0), certainty: 'exact' } };
}

/**
 * The place of a value in a spec.json, or of the nearest that exists around it.
 *
 * @param file absolute path of a file that holds valid JSON.
 */
export async function locateInSpec(file: string, path: Path): Promise<Location> {
  const text = (await readSpec(file)) ?? '';
  const offset = await offsetOf(text, path, 'value');
  const certainty = offset === undefined ? 'near' : 'exact';
  return { file, ...textPosition(text, offset ?? 0), certainty };
}

async function offsetOf(text: string, path: Path, fault: 'key' | 'value' | 'missing') {
  const { isMap, isNode, isScalar, parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (fault === 'key') {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const key = isMap(parent)
      ? parent.items
          .map((pair) => pair.key)
          .find((node) => isScalar(node) && node.value === path.at(-1))
      : undefined;
    return isNode(key) ? key.range?.[0] : undefined;
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
