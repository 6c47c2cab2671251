import type { HandWritten } from '../../../model/library/hand-written.ts';
import type { Library } from '../../../model/library/library.ts';
import { handWrittenObjects } from '../../../model/library/part.ts';
import { printJsonnet } from '../print.ts';
import type { Field } from '../tree.ts';
import { documentationFiles } from './documentation-files.ts';
import { FileNames } from '../../file-names.ts';
import { FileScope } from './file-scope.ts';
import { ObjectFiles, type LibraryFile } from './object-files.ts';
import { TypeFiles, type TypeFile } from './type-files.ts';
import { typeExpression, type TypeWriter } from './type-expression.ts';

export type { LibraryFile } from './object-files.ts';

/** What a library is made with, beside its Model. */
export interface LibraryOptions {
  /** First line of every file, without the comment sign. */
  readonly banner: string;
  /** Functions that stand in place of generated ones of the same name. */
  readonly handWritten: HandWritten;
  /** Hand-written files that are copied as they are, by their path in the library; `check.libsonnet` is one. */
  readonly runtime: ReadonlyMap<string, string>;
}

/**
 * The typed Jsonnet library of a source: `main.libsonnet` and a folder for each group with one for each version, in it one
 * file an object; `_types/`, what arguments are checked with; `_parts/`, large parts of objects; `_docs/`, what
 * `docs.libsonnet` merges on for docsonnet. All of it is loaded lazily. Methods are hidden, nothing is merged over anything.
 *
 * @returns the files, sorted by path; the same source gives the same bytes.
 */
export function emitLibrary(library: Library, options: LibraryOptions): LibraryFile[] {
  const { banner, handWritten } = options;
  const writer: TypeWriter = { api: library.api, files: new TypeFiles(library) };
  const all = library.groups.flatMap(({ versions }) => versions.flatMap((one) => one.objects));
  const objects = new ObjectFiles(all, { writer, handWritten, banner });
  const folders = withFolders(library.groups);
  const indexes = folders.flatMap((group) => groupFiles(group, { objects, banner, handWritten }));
  const main = indexFile('main.libsonnet', folders.map(importOfFolder), banner);
  const files = [
    main,
    ...indexes,
    ...objects.files,
    ...typeFiles(writer, banner),
    ...documentationFiles(library, { handWritten, banner }),
    ...[...options.runtime].map(([path, text]) => ({ path, text })),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What is in a folder of its own, by the name of the folder. */
interface Folder<Item> {
  readonly folder: string;
  readonly item: Item;
}

function withFolders<Item extends { readonly field: string }>(
  items: readonly Item[],
): Folder<Item>[] {
  const names = new FileNames();
  return items.map((item) => ({ folder: names.free(item.field), item }));
}

function importOfFolder({ folder, item }: Folder<{ readonly field: string }>): Import {
  return [item.field, `${folder}/main.libsonnet`];
}

interface GroupContext {
  readonly objects: ObjectFiles;
  readonly banner: string;
  readonly handWritten: HandWritten;
}

function groupFiles(
  { folder, item: { field, versions } }: Folder<Library['groups'][number]>,
  { objects, banner, handWritten }: GroupContext,
): LibraryFile[] {
  const folders = withFolders(versions);
  const index = indexFile(`${folder}/main.libsonnet`, folders.map(importOfFolder), banner);
  const inner = folders.map(({ folder: name, item: version }) => {
    const directory = `${folder}/${name}`;
    const byHand = handWrittenObjects(`${field}.${version.field}`, handWritten);
    const names = new FileNames(['main']);
    const imports = [
      ...version.objects.map((object): Import => {
        const file = `${names.free(object.field)}.libsonnet`;
        objects.add(object, `${directory}/${file}`);
        return [object.field, file];
      }),
      ...byHand.map(({ id, field: own }): Import => {
        const file = `${names.free(own)}.libsonnet`;
        objects.addHandWritten(id, `${directory}/${file}`);
        return [own, file];
      }),
    ].sort(([a], [b]) => (a < b ? -1 : 1));
    return indexFile(`${directory}/main.libsonnet`, imports, banner);
  });
  return [index, ...inner];
}

type Import = readonly [field: string, path: string];

function indexFile(
  path: string,
  imports: readonly Import[],
  banner: string,
): LibraryFile {
  const fields = imports.map(([name, target]): Field => {
    return { type: 'value', name, hidden: true, value: { type: 'import', path: target } };
  });
  return { path, text: printJsonnet({ banner, locals: [], value: { type: 'object', fields } }) };
}

/** Writing one asks for further ones. */
function typeFiles(writer: TypeWriter, banner: string): LibraryFile[] {
  const files: LibraryFile[] = [];
  for (let file = writer.files.next(); file !== undefined; file = writer.files.next())
    files.push(typeFile(file, writer, banner));
  return files;
}

function typeFile({ path, node, place }: TypeFile, writer: TypeWriter, banner: string): LibraryFile {
  const scope = new FileScope(path);
  const value = typeExpression(node, place, scope, writer);
  return { path, text: scope.print(banner, value) };
}
