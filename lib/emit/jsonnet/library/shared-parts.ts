import type { LibraryObject } from '../../../model/library/library.ts';
import { resolve } from '../../../model/library/members.ts';
import type { Api } from '../../../model/lower-api.ts';
import type { Node } from '../../../model/node.ts';
import { FileNames } from '../../file-names.ts';

/** Where the documentation of a definition stands. */
export interface SharedPlace {
  /** Below `_docs/parts/`. */
  readonly file: string;
  /** The field of that file. */
  readonly field: string;
}

/** A definition whose functions several objects have. */
export interface SharedPart {
  readonly definition: string;
  readonly id: string;
  readonly node: Node;
  readonly place: SharedPlace;
}

/** Which definitions are parts of objects, so that their documentation is written once. */
export class SharedParts {
  readonly #api: Api;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #nested: ReadonlySet<string>;
  readonly #recursive: ReadonlySet<string>;
  readonly #names = new FileNames();
  readonly #files = new Map<string, string>();
  readonly #places = new Map<string, SharedPlace>();
  readonly #pending: SharedPart[] = [];

  constructor(objects: readonly LibraryObject[], api: Api) {
    this.#api = api;
    this.#ids = new Map(objects.map(({ definition, id }) => [definition ?? '', id]));
    const edges = new Map(
      Object.entries(api.definitions).map(([name, node]) => [name, fieldsOf(node, api)]),
    );
    this.#nested = new Set([...edges.values()].flat());
    this.#recursive = new Set([...edges.keys()].filter((name) => reaches(name, name, edges)));
  }

  /** The documentation of a definition that is an object of the library too; undefined when it is no part of others. */
  ofObject(definition: string): SharedPlace | undefined {
    return this.#nested.has(definition) ? this.#place(definition) : undefined;
  }

  /**
   * The documentation of a nested object; undefined when its place matters, as inside of what is recursive, or it has no
   * definition.
   *
   * @param ancestors the definitions that it is inside of.
   */
  ofNested(
    definition: string | undefined,
    ancestors: ReadonlySet<string>,
  ): SharedPlace | undefined {
    if (definition === undefined) return undefined;
    if ([...ancestors].some((one) => this.#recursive.has(one))) return undefined;
    return this.#place(definition);
  }

  /** One that is still to be written. */
  next(): SharedPart | undefined {
    return this.#pending.pop();
  }

  #fileOf(prefix: string): string {
    const known = this.#files.get(prefix) ?? `${this.#names.free(prefix)}.libsonnet`;
    this.#files.set(prefix, known);
    return known;
  }

  #place(definition: string): SharedPlace {
    const known = this.#places.get(definition);
    if (known !== undefined) return known;
    const id = this.#ids.get(definition) ?? definition;
    const dot = id.lastIndexOf('.');
    const place = { file: this.#fileOf(id.slice(0, dot)), field: id.slice(dot + 1) };
    this.#places.set(definition, place);
    const node = resolve({ type: 'ref', name: definition }, this.#api).node;
    this.#pending.push({ definition, id, node, place });
    return place;
  }
}

/** The definitions that the fields of an object lead to, itself and what is written in place included. */
function fieldsOf(node: Node, api: Api): string[] {
  if (node.type !== 'object') return [];
  return Object.values(node.properties).flatMap((property) => {
    const { node: target, definition } = resolve(property, api);
    if (target.type !== 'object') return [];
    return definition === undefined ? fieldsOf(target, api) : [definition];
  });
}

function reaches(
  from: string,
  to: string,
  edges: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  return (edges.get(from) ?? []).some((next) => {
    if (next === to) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return reaches(next, to, edges, seen);
  });
}
