import { capitalize } from '../../model/library/names.ts';
import { scriptJson } from './html.ts';
import type { FieldEntry } from './field-tree.ts';
import type { SiteObject } from './site-library.ts';

/** A page as the search has it. */
export interface SearchPage {
  readonly object: SiteObject;
  /** Of the object itself: constructors and what is written by hand. */
  readonly functions: readonly string[];
  readonly entries: readonly FieldEntry[];
}

/**
 * The search index of a library: a script, since a page that is opened as a file may read nothing else. Each page is a row:
 * file, kind, group, version, 1 for a kind and 1 for the best version, functions; then its fields as a text of one line each:
 * the depth, a blank, the name, and behind a tab the functions that are not called as its property, where `=` stands for
 * `with` and the name as it is here but for a capital, and `+` for that with `Mixin`.
 */
export function searchIndex(library: string, pages: readonly SearchPage[]): string {
  const rows = pages.map(({ object, functions, entries }) => [
    object.file,
    object.kind,
    object.group,
    object.version,
    object.isKind ? 1 : 0,
    object.isBest ? 1 : 0,
    functions.join(','),
    entries.map(entryLine).join('\n'),
  ]);
  return `tankardSearch.add(${scriptJson({ library, pages: rows })});\n`;
}

function entryLine({ name, depth, functions }: FieldEntry): string {
  const plain = name.replace(/[\t\n]/g, ' ');
  // The search makes the name anew by this rule alone: it does not know what is no identifier.
  const setter = `with${capitalize(plain)}`;
  const short = functions.map((one) => {
    if (one === setter) return '=';
    return one === `${setter}Mixin` ? '+' : one;
  });
  return `${depth} ${plain}${short.length === 0 ? '' : `\t${short.join(',')}`}`;
}
