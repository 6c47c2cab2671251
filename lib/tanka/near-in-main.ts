import { readFileSync } from 'node:fs';
import type { Location, Path } from '../finding/finding.ts';
import { textPosition } from './text-position.ts';

/**
 * The closest place in main.jsonnet for an error that tk reports without one: where the names of the path stand as
 * fields, one after the other, as far as they can be found; else the start of the file.
 *
 * @param main absolute path of the file that tk evaluated.
 * @param path of the value, from the root of what main.jsonnet renders.
 * @param isThere false when the value may be missing: another object's field has its name then.
 */
export function nearInMain(main: string, path: Path, isThere = true): Location {
  const text = readFileSync(main, 'utf8');
  const offset = offsetOf(path, { text, isThere });
  return { file: main, ...textPosition(text, offset), certainty: 'near' };
}

function offsetOf(
  path: Path,
  { text, isThere }: { readonly text: string; readonly isThere: boolean },
): number {
  const last = isThere ? path.findLast((step) => typeof step === 'string') : undefined;
  // A function may make the object: its fields then stand elsewhere, but a name that stands once is the one.
  const [only, ...others] = last === undefined ? [] : [...text.matchAll(fieldPattern(last))];
  if (only !== undefined && others.length === 0) return only.index;
  let offset = 0;
  let searchFrom = 0;
  for (const step of path) {
    if (typeof step === 'number') continue;
    const field = fieldPattern(step);
    field.lastIndex = searchFrom;
    const match = field.exec(text);
    if (match === null) break;
    offset = match.index;
    searchFrom = field.lastIndex;
  }
  return offset;
}

function fieldPattern(name: string): RegExp {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    String.raw`(?<![\w$])(?:${literal}|'${literal}'|"${literal}")\s*(?:\([^)]*\)\s*)?\+?::?:?(?!:)`,
    'g',
  );
}
