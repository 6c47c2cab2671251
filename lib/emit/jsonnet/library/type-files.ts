import type { Library } from '../../../model/library/library.ts';
import type { Node, ObjectNode } from '../../../model/node.ts';
import { FileNames } from '../../file-names.ts';
import type { TypePlace } from './type-place.ts';

/** A type that is a file of its own. */
export interface TypeFile {
  /** From the root of the library. */
  readonly path: string;
  readonly node: Node;
  readonly place: TypePlace;
}

/**
 * Which types are files of their own, and where: those of definitions, of kinds, and of what arrays and maps hold. Those
 * that were asked for are still to be written until `next` has given them.
 */
export class TypeFiles {
  readonly #library: Library;
  readonly #ids = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly #names = new FileNames();
  readonly #pending: TypeFile[] = [];

  constructor(library: Library) {
    this.#library = library;
    for (const { versions } of library.groups)
      for (const { objects } of versions)
        for (const { definition, id } of objects)
          if (definition !== undefined) this.#ids.set(definition, id);
  }

  /** The id that types have which are parts of a definition: that of its object where it is one. */
  idOf(definition: string): string {
    return this.#ids.get(definition) ?? definition;
  }

  /** The file of a definition. */
  ofDefinition(definition: string): string {
    const id = this.idOf(definition);
    const node = this.#library.api.definitions[definition] ?? ({ type: 'any' } as const);
    return this.#add(id, node, { id, listTypes: false, inside: [definition] });
  }

  /** The file of a custom resource. */
  ofResource(id: string, node: Node): string {
    return this.#add(id, node, { id, listTypes: true, inside: [] });
  }

  /** The file of what the array or map at a place holds. */
  ofItem(node: ObjectNode, place: TypePlace): string {
    return this.#add(place.id, node, place);
  }

  /** A type that is still to be written. */
  next(): TypeFile | undefined {
    return this.#pending.pop();
  }

  #add(id: string, node: Node, place: TypePlace): string {
    const known = this.#paths.get(id);
    if (known !== undefined) return known;
    const path = `_types/${this.#names.free(id)}.libsonnet`;
    this.#paths.set(id, path);
    this.#pending.push({ path, node, place });
    return path;
  }
}
