import type { HandWritten } from '../../../model/library/hand-written.ts';
import type { LibraryObject } from '../../../model/library/library.ts';
import { identifier, type Expression, type Field } from '../tree.ts';
import { Branches, type Branch } from './branch.ts';
import { itemConstructor, resourceConstructors } from './constructors.ts';
import { FileScope } from './file-scope.ts';
import { setterMethods } from './setter-methods.ts';
import type { TypeWriter } from './type-expression.ts';

/** A file of a library; its path is from the library's root. */
export interface LibraryFile {
  readonly path: string;
  readonly text: string;
}

interface ObjectFilesOptions {
  readonly writer: TypeWriter;
  readonly handWritten: HandWritten;
  /** First line of every file. */
  readonly banner: string;
}

/** Writes the files of objects and of their parts. */
export class ObjectFiles {
  readonly files: LibraryFile[] = [];
  readonly #options: ObjectFilesOptions;
  readonly #roots: ReadonlyMap<LibraryObject, Branch | undefined>;
  readonly #written = new Set<string>();

  /** @param objects all of the library: what several of them share is known only then. */
  constructor(objects: readonly LibraryObject[], options: ObjectFilesOptions) {
    this.#options = options;
    const branches = new Branches(options.writer);
    this.#roots = new Map(objects.map((object) => [object, branches.ofObject(object)]));
  }

  /** Adds the file of an object, and those of its parts that are not there yet. */
  add(object: LibraryObject, path: string): void {
    const { writer } = this.#options;
    const scope = new FileScope(path);
    const branch = this.#roots.get(object);
    const constructors = withHelpers(
      this.#byHand(object.id),
      resourceConstructors(object, scope, writer),
    );
    const fields = branch === undefined ? [] : this.#fields(branch, scope);
    const taken = new Set(constructors.map(({ name }) => name));
    this.#write(path, scope, [
      ...constructors,
      ...fields.filter(({ name }) => !taken.has(name)),
      MIXIN,
    ]);
  }

  /** Adds an object that is written by hand alone. */
  addHandWritten(id: string, path: string): void {
    this.#write(path, new FileScope(path), this.#byHand(id));
  }

  /** The functions of an object that are written by hand; none for most. */
  #byHand(id: string): Field[] {
    const functions = this.#options.handWritten.get(id) ?? [];
    return functions.map(({ name, text }) => ({ type: 'verbatim', name, text }));
  }

  #fields(branch: Branch, scope: FileScope): Field[] {
    const { path, place } = branch;
    const { writer } = this.#options;
    const owner = ownerOf(branch);
    const methods = branch.setters.flatMap((setter) =>
      setterMethods(setter, { owner, path, place, scope, writer }),
    );
    const nested = branch.nested.map(({ name, branch: inner }): Field => {
      return { type: 'value', name, hidden: true, value: this.#value(inner, scope) };
    });
    const constructor =
      branch.writes === 'item' ? itemConstructor({ ...branch, owner }, scope, writer) : [];
    const byHand = branch.writes === 'root' ? [] : this.#byHand(branch.id);
    return withHelpers(byHand, [...constructor, ...methods, ...nested]);
  }

  #value(branch: Branch, scope: FileScope): Expression {
    if (branch.file === undefined)
      return { type: 'object', fields: this.#fields(branch, scope) };
    if (!this.#written.has(branch.file)) {
      this.#written.add(branch.file);
      const own = new FileScope(branch.file);
      this.#write(branch.file, own, this.#fields(branch, own));
    }
    return scope.import(branch.file);
  }

  #write(path: string, scope: FileScope, fields: readonly Field[]): void {
    const { banner } = this.#options;
    this.files.push({ path, text: scope.print(banner, { type: 'object', fields }) });
  }
}

/** By which users of ksonnet reach the functions of an object: `deployment.mixin.spec`, `volume.mixin.secret`. */
const MIXIN: Field = { type: 'value', name: 'mixin', hidden: true, value: identifier('self') };

/** Hand-written functions stand in place of generated ones of the same name. */
function withHelpers(byHand: readonly Field[], generated: readonly Field[]): Field[] {
  const taken = new Set(byHand.map(({ name }) => name));
  return [...byHand, ...generated.filter(({ name }) => !taken.has(name))];
}

/** What messages start with; where other kinds have it too, below the kind. */
function ownerOf({ names, kinds }: Branch): string {
  return (kinds.size > 1 ? names.slice(1) : names).join('.');
}
