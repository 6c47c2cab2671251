import type { LibraryObject } from '../../../model/library/library.ts';
import {
  hasProperties,
  membersOf,
  requiredProperties,
  type Nested,
  type Setter,
} from '../../../model/library/members.ts';
import type { ObjectNode } from '../../../model/node.ts';
import { FileNames } from '../../file-names.ts';
import type { TypeWriter } from './type-expression.ts';
import { placeOfProperty, type TypePlace } from './type-place.ts';

/** An object with its functions: a kind, or a part of it. */
export interface Branch {
  /** The fields that lead to it from the library: what hand-written functions name it by. */
  readonly id: string;
  readonly node: ObjectNode;
  /** The fields that lead to it: what messages start with. */
  readonly names: readonly string[];
  /** The properties from the object that its patches are for. */
  readonly path: readonly string[];
  /** Where its type is. */
  readonly place: TypePlace;
  readonly writes: 'root' | Nested['writes'];
  readonly ancestors: ReadonlySet<string>;
  readonly setters: readonly Setter[];
  readonly nested: readonly { readonly name: string; readonly branch: Branch }[];
  /** The file that it is, from the root of the library; undefined when it stands in that of the object around it. */
  readonly file: string | undefined;
  /** The kinds that have it; a part that is a file can have several. */
  readonly kinds: Set<string>;
}

/**
 * A nested object with this many functions is a file of its own, which is read only when it is used. Measured on a
 * Deployment, a Service and a ServiceAccount: see docs/architecture.md.
 */
const OWN_FILE_FROM = 8;

type Place = Omit<Branch, 'setters' | 'nested' | 'file' | 'kinds'> & {
  readonly definition: string | undefined;
};

/** Finds what stands in which file; what several kinds have at the same place is one. */
export class Branches {
  readonly #writer: TypeWriter;
  readonly #known = new Map<string, Branch>();
  readonly #folderNames = new FileNames();
  readonly #folders = new Map<string, { readonly name: string; readonly names: FileNames }>();

  constructor(writer: TypeWriter) {
    this.#writer = writer;
  }

  /** The root of an object; undefined when it has no fields. */
  ofObject({ node, definition, resource, id, field }: LibraryObject): Branch | undefined {
    if (!hasProperties(node)) return undefined;
    return this.#build(
      {
        id,
        node,
        names: [field],
        path: [],
        place: { id, listTypes: definition === undefined, inside: [] },
        writes: 'root',
        ancestors: new Set(definition === undefined ? [] : [definition]),
        definition,
      },
      resource !== undefined,
    ).branch;
  }

  #build(place: Place, isResource: boolean): { branch: Branch; methods: number } {
    const { node, ancestors } = place;
    const members = membersOf(node, this.#writer.api, { isResource, ancestors });
    const setters = members.filter((one) => one.type === 'setter');
    let methods = place.writes === 'item' && requiredProperties(node).length > 0 ? 1 : 0;
    for (const { mixin } of setters) methods += mixin === undefined ? 1 : 2;
    const nested = members
      .filter((one) => one.type === 'nested')
      .map((one) => {
        const inner = this.#nested(one, place);
        methods += inner.methods;
        return { name: one.name, branch: inner.branch };
      });
    const { definition: _definition, ...rest } = place;
    const kinds = new Set([place.names[0] ?? '']);
    return { branch: { ...rest, setters, nested, file: undefined, kinds }, methods };
  }

  /** @returns the branch, and how many functions it adds to the file of the object around it. */
  #nested(one: Nested, outer: Place): { branch: Branch; methods: number } {
    const place = this.#placeOf(one, outer);
    const names = place.names.slice(1);
    const key = `${place.place.id} ${place.path.join('\n')} ${names.join('.')}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      addKind(known, place.names[0] ?? '');
      return { branch: known, methods: 0 };
    }
    const { branch, methods } = this.#build(place, false);
    if (methods < OWN_FILE_FROM) return { branch, methods };
    const own = { ...branch, file: this.#fileOf(place.place.id, names) };
    this.#known.set(key, own);
    return { branch: own, methods: 0 };
  }

  #fileOf(id: string, names: readonly string[]): string {
    const folder = this.#folders.get(id) ?? {
      name: this.#folderNames.free(id),
      names: new FileNames(),
    };
    this.#folders.set(id, folder);
    return `_parts/${folder.name}/${folder.names.free(names.join('.'))}.libsonnet`;
  }

  #placeOf(one: Nested, outer: Place): Place {
    const { definition } = one;
    const { files } = this.#writer;
    const inner = placeOfProperty(outer.place, one.property);
    return {
      id: `${outer.id}.${one.name}`,
      node: one.node,
      names: [...outer.names, one.name],
      path: one.writes === 'item' ? [] : [...outer.path, one.property],
      place:
        definition === undefined
          ? inner
          : { id: files.idOf(definition), listTypes: false, inside: [] },
      writes: one.writes,
      ancestors:
        definition === undefined ? outer.ancestors : new Set([...outer.ancestors, definition]),
      definition,
    };
  }
}

function addKind(branch: Branch, kind: string): void {
  branch.kinds.add(kind);
  for (const { branch: inner } of branch.nested) addKind(inner, kind);
}
