import { isAlias, isMap, isScalar, isSeq, parseDocument, type Pair } from 'yaml';
import type { Fault, Path } from '../finding/finding.ts';

/** Where a node of a YAML document stands in its text: offsets in UTF-16 code units. */
interface Place {
  /** The key that it is the value of; absent in sequences. */
  readonly key?: number;
  /** Where a value starts that stands on one line with its key or dash; absent for what has lines of its own. */
  readonly value?: number;
  readonly start: number;
}

/** A node found by its path. */
export interface FoundPlace {
  readonly offset: number;
  /** Whether the whole path was found; else it is the deepest part of it. */
  readonly isExact: boolean;
}

/**
 * Where each node of one YAML document stands. What an alias or a merge key brings in has the place of the alias, or none.
 */
export class YamlIndex {
  /** Keys that stand more than once in a mapping: path and offset of each repetition. */
  readonly duplicates: { readonly path: Path; readonly offset: number }[] = [];
  readonly #places = new Map<string, Place>();

  /** @param text one document; where it is no YAML, what the parser understood of it counts. */
  constructor(text: string) {
    const { contents } = parseDocument(text, { schema: 'failsafe', uniqueKeys: false });
    this.#visit(contents, [], undefined);
  }

  /** Finds the place to show for what is wrong at a path. */
  find(path: Path, fault: Fault): FoundPlace | undefined {
    const wanted = fault === 'missing' ? path.slice(0, -1) : path;
    for (let length = wanted.length; length >= 0; length -= 1) {
      const place = this.#places.get(JSON.stringify(wanted.slice(0, length)));
      if (place === undefined) continue;
      const isExact = length === wanted.length;
      const offset = isExact && fault === 'value' ? place.value : place.key;
      return { offset: offset ?? place.key ?? place.start, isExact };
    }
    return undefined;
  }

  #visit(node: unknown, path: Path, key: number | undefined): void {
    const start = startOf(node) ?? key ?? 0;
    const isInline = isScalar(node) || isAlias(node);
    this.#places.set(JSON.stringify(path), {
      start,
      ...(key === undefined ? {} : { key }),
      ...(isInline && { value: start }),
    });
    if (isSeq(node))
      for (const [index, item] of node.items.entries())
        this.#visit(item, [...path, index], undefined);
    if (isMap(node)) this.#visitPairs(node.items, path);
  }

  #visitPairs(pairs: readonly Pair[], path: Path): void {
    const seen = new Set<string>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.value) : '';
      const offset = startOf(key) ?? 0;
      if (seen.has(name)) this.duplicates.push({ path: [...path, name], offset });
      seen.add(name);
      this.#visit(value, [...path, name], offset);
    }
  }
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0];
}
