import type { Node, ObjectNode } from '../node.ts';
import type { Library, LibraryObject } from './library.ts';
import { resolve } from './members.ts';
import { isIdentifier } from './names.ts';
import {
  nestedPart,
  objectPart,
  objectsOf,
  type LibraryFunction,
  type Part,
  type PartContext,
} from './part.ts';

/** A field of an object of a library, or that object itself, with its functions. */
export interface Place {
  /** The name of the field; that of the object for itself. */
  readonly name: string;
  /** Its schema, references followed. */
  readonly node: Node;
  readonly definition: string | undefined;
  readonly required: boolean;
  /** The functions that set it, with the id of the object that has them. */
  readonly setters: { readonly id: string; readonly functions: readonly LibraryFunction[] };
  /** The functions for what it holds; undefined for a scalar, and inside of what is recursive. */
  readonly part: Part | undefined;
  /** What its items or values are, where that is an object of the library of its own, such as Container. */
  readonly items: LibraryObject | undefined;
  /** The object whose fields it has: its own, or that of its items or values. */
  readonly fields: ObjectNode | undefined;
}

/** Finds the fields of the objects of a library. */
export class Places {
  readonly #context: PartContext;
  readonly #objects: ReadonlyMap<string, LibraryObject>;

  constructor(library: Library, context: PartContext) {
    this.#context = context;
    this.#objects = new Map(
      objectsOf(library).flatMap((one) =>
        one.definition === undefined ? [] : [[one.definition, one] as const],
      ),
    );
  }

  /** An object itself. */
  ofObject(object: LibraryObject): Place {
    const { node, definition } = resolve(object.node, this.#context.api);
    return {
      name: object.field,
      node,
      definition: object.definition ?? definition,
      required: false,
      setters: { id: object.id, functions: [] },
      part: objectPart(object, this.#context),
      items: undefined,
      fields: this.#fieldsOf(node),
    };
  }

  /** The fields of a place in code point order; none of a scalar. */
  inside(place: Place): Place[] {
    const { fields } = place;
    if (fields === undefined) return [];
    return Object.keys(fields.properties)
      .sort()
      .map((name) => this.#field(name, fields, place));
  }

  #field(name: string, outer: ObjectNode, place: Place): Place {
    const { api } = this.#context;
    const { node, definition } = resolve(outer.properties[name] as Node, api);
    const { part } = place;
    const nested = part?.nested.find(({ property }) => property === name);
    const items = nested === undefined ? this.#itemsOf(node) : undefined;
    return {
      name,
      node,
      definition,
      required: outer.required.includes(name),
      setters: {
        id: part?.id ?? '',
        functions: part?.functions.filter(({ property }) => property === name) ?? [],
      },
      part: this.#partOf(part, nested, items),
      items,
      fields: this.#fieldsOf(node),
    };
  }

  #partOf(
    outer: Part | undefined,
    nested: Part['nested'][number] | undefined,
    items: LibraryObject | undefined,
  ): Part | undefined {
    if (nested !== undefined && outer !== undefined)
      return nestedPart(nested, outer, this.#context);
    return items === undefined ? undefined : objectPart(items, this.#context);
  }

  #itemsOf(node: Node): LibraryObject | undefined {
    const { definition } = resolve(heldBy(node) ?? { type: 'any' }, this.#context.api);
    return definition === undefined ? undefined : this.#objects.get(definition);
  }

  /** The object behind arrays, maps and unions. */
  #fieldsOf(node: Node): ObjectNode | undefined {
    const { node: resolved } = resolve(node, this.#context.api);
    if (resolved.type === 'object') return resolved;
    if (resolved.type === 'union')
      return resolved.branches.map((one) => this.#fieldsOf(one)).find((one) => one !== undefined);
    const held = heldBy(resolved);
    return held === undefined ? undefined : this.#fieldsOf(held);
  }
}

function heldBy(node: Node): Node | undefined {
  if (node.type === 'array') return node.items;
  return node.type === 'map' ? node.values : undefined;
}

/** A call as programs write it: `k.core.v1.container.withPorts(ports)`. */
export function callText(variable: string, id: string, one: LibraryFunction): string {
  return `${variable}${id.split('.').map(accessText).join('')}${accessText(one.name)}${signature(one).slice(one.name.length)}`;
}

function accessText(field: string): string {
  return isIdentifier(field) ? `.${field}` : `['${field}']`;
}

/** `withPorts(ports)`; what may be left out with its default. */
export function signature({ name, parameters }: LibraryFunction): string {
  const list = parameters.map((one) =>
    one.default === undefined ? one.name : `${one.name}=${one.default}`,
  );
  return `${name}(${list.join(', ')})`;
}
