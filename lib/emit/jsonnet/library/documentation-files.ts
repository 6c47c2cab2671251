import type { HandWritten } from '../../../model/library/hand-written.ts';
import type {
  Library,
  LibraryGroup,
  LibraryObject,
  LibraryVersion,
} from '../../../model/library/library.ts';
import type { Nested } from '../../../model/library/members.ts';
import {
  handWrittenObjects,
  handWrittenPart,
  nestedPart,
  objectPart,
  objectsOf,
  type Part,
  type PartContext,
} from '../../../model/library/part.ts';
import { printJsonnet } from '../print.ts';
import { literal, type Expression, type Field, type ValueField } from '../tree.ts';
import { functionHelp, hidden, objectHelp, packageHelp } from './docsonnet-fields.ts';
import { FileNames } from '../../file-names.ts';
import type { LibraryFile } from './object-files.ts';
import { SharedParts } from './shared-parts.ts';

interface DocumentationOptions {
  readonly handWritten: HandWritten;
  /** First line of every file. */
  readonly banner: string;
}

/**
 * The documentation of a library in docsonnet's shape, in files of its own, which no render reads: `docs.libsonnet` is the
 * library with the documentation merged on, and what docsonnet is pointed at; `_docs/` has a file for each version, and in
 * `_docs/parts/` once what several objects have.
 */
export function documentationFiles(
  library: Library,
  { handWritten, banner }: DocumentationOptions,
): LibraryFile[] {
  const writer = new DocumentationWriter(library, { api: library.api, handWritten });
  const names = new FileNames(['main', 'parts']);
  const groups = library.groups.map((group) => ({
    group,
    versions: group.versions.map((version): DocumentedVersion => {
      const prefix = `${group.field}.${version.field}`;
      return { ...version, prefix, file: `${names.free(prefix)}.libsonnet` };
    }),
  }));
  const versions = groups.flatMap((group) => versionFiles(group, writer));
  const root = plus(importOf('main.libsonnet'), importOf('_docs/main.libsonnet'));
  const files: (readonly [path: string, value: Expression])[] = [
    ['docs.libsonnet', root],
    ['_docs/main.libsonnet', mainObject(library.name, groups)],
    ...versions,
    ...writer.parts(),
  ];
  return files.map(([path, value]) => ({
    path,
    text: printJsonnet({ banner, locals: [], value }),
  }));
}

interface DocumentedVersion extends LibraryVersion {
  /** The fields that lead to it. */
  readonly prefix: string;
  /** The file of its documentation, from `_docs/`. */
  readonly file: string;
}

interface DocumentedGroup {
  readonly group: LibraryGroup;
  readonly versions: readonly DocumentedVersion[];
}

function mainObject(name: string, groups: readonly DocumentedGroup[]): Expression {
  const fields = groups.map(({ group, versions }): Field => {
    const inner = versions.map(({ field, file }) => added(field, importOf(file)));
    const help = packageHelp(group.field, `The API group ${group.group}.`, name);
    return added(group.field, { type: 'object', fields: [hidden('#', help), ...inner] });
  });
  const help = packageHelp(name, `Typed functions for the objects of ${name}.`, name);
  return { type: 'object', fields: [hidden('#', help), ...fields] };
}

function versionFiles(
  { group: { group }, versions }: DocumentedGroup,
  writer: DocumentationWriter,
): (readonly [path: string, value: Expression])[] {
  return versions.map((version) => {
    const { prefix, file } = version;
    const fields: Field[] = [
      hidden('#', writer.package(version.field, `${group}, version ${version.field}.`)),
      ...version.objects.map((object) => writer.object(object)),
      ...writer.handWritten(prefix),
    ];
    return [`_docs/${file}`, { type: 'object', fields }];
  });
}

class DocumentationWriter {
  readonly #library: Library;
  readonly #context: PartContext;
  readonly #shared: SharedParts;

  constructor(library: Library, context: PartContext) {
    this.#library = library;
    this.#context = context;
    this.#shared = new SharedParts(objectsOf(library), context.api);
  }

  package(name: string, help: string): Expression {
    return packageHelp(name, help, this.#library.name);
  }

  object(object: LibraryObject): Field {
    const { field, node, kind, resource, definition, id } = object;
    const help = this.package(field, node.description ?? kind);
    // The object itself, in which docsonnet would go round.
    const own = [hidden('#', help), hidden('#mixin', literal('ignore'))];
    const isPlain = resource === undefined && !this.#context.handWritten.has(id);
    const shared =
      isPlain && definition !== undefined ? this.#shared.ofObject(definition) : undefined;
    if (shared !== undefined)
      return added(field, plus({ type: 'object', fields: own }, partImport('parts/', shared)));
    const fields = this.#fields(objectPart(object, this.#context), 'parts/');
    return added(field, { type: 'object', fields: [...own, ...fields] });
  }

  handWritten(prefix: string): Field[] {
    return handWrittenObjects(prefix, this.#context.handWritten).map(({ id, field, kind }) => {
      const own = [hidden('#', this.package(field, kind))];
      const fields = this.#fields(handWrittenPart(id, this.#context), 'parts/');
      return added(field, { type: 'object', fields: [...own, ...fields] });
    });
  }

  /** What the objects share; writing one asks for further ones. */
  parts(): (readonly [path: string, value: Expression])[] {
    const files = new Map<string, NamedField[]>();
    for (let one = this.#shared.next(); one !== undefined; one = this.#shared.next()) {
      const { definition, id, node, place } = one;
      const part = objectPart(
        { definition, id, node, kind: '', field: '', resource: undefined },
        { ...this.#context, handWritten: new Map() },
      );
      const fields = files.get(place.file) ?? [];
      files.set(place.file, fields);
      const value: Expression = { type: 'object', fields: this.#fields(part, '') };
      fields.push({ type: 'value', name: place.field, value });
    }
    return [...files].map(([file, fields]) => [
      `_docs/parts/${file}`,
      { type: 'object', fields: fields.sort(byName) },
    ]);
  }

  #fields(part: Part, toParts: string): Field[] {
    const { api } = this.#context;
    return [
      ...part.functions.map((one) => hidden(`#${one.name}`, functionHelp(one, api))),
      ...part.nested.flatMap((nested) => [
        hidden(`#${nested.name}`, objectHelp(nested.node.description ?? '')),
        added(nested.name, this.#nested(nested, part, toParts)),
      ]),
    ];
  }

  #nested(nested: Nested, outer: Part, toParts: string): Expression {
    const part = nestedPart(nested, outer, this.#context);
    // Functions that are written by hand stand at one place only.
    const isShared = !this.#context.handWritten.has(part.id);
    const shared = isShared
      ? this.#shared.ofNested(nested.definition, outer.ancestors)
      : undefined;
    if (shared === undefined) return { type: 'object', fields: this.#fields(part, toParts) };
    return partImport(toParts, shared);
  }
}

function partImport(
  toParts: string,
  { file, field }: { readonly file: string; readonly field: string },
): Expression {
  return { type: 'index', target: importOf(`${toParts}${file}`), field };
}

function importOf(path: string): Expression {
  return { type: 'import', path };
}

function plus(left: Expression, right: Expression): Expression {
  return { type: 'binary', operator: '+', operands: [left, right] };
}

/** A field whose name is no expression. */
type NamedField = Field & { readonly name: string };

/** `name+: value`: hidden fields of the library stay hidden. */
function added(name: string, value: Expression): ValueField {
  return { type: 'value', name, merge: true, value };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}
