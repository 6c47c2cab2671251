import { freeName } from '../../../model/library/names.ts';
import { identifier, type Expression, type Local } from '../tree.ts';

/** Names that no import may have in a generated file: parameters that were a keyword, or hid what every file uses. */
const CAPITALIZED_PARAMETERS = (
  'Assert Else Error False For Function If Import Importstr Importbin In Local Null Tailstrict Then Self Super True ' +
  'Std Check'
).split(' ');

/** The imports of a generated file, each with the name it has there. */
export class FileScope {
  readonly #path: string;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set(CAPITALIZED_PARAMETERS);

  /** @param path of the file, from the root of the library, with `/`. */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The variable that an import has in the file.
   *
   * @param target path of the imported file, from the root of the library.
   * @param wanted name in upper camel case, so that no parameter hides it.
   */
  import(target: string, wanted: string): Expression {
    const known = this.#names.get(target);
    const name = known ?? freeName(wanted, this.#taken);
    this.#names.set(target, name);
    return identifier(name);
  }

  /** The imports as locals of the file: that of the runtime, then sorted by name. */
  locals(): Local[] {
    const imports = [...this.#names].map(([target, name]) => this.#local(name, target));
    return [
      this.#local('check', 'check.libsonnet'),
      ...imports.sort((a, b) => (a.name < b.name ? -1 : 1)),
    ];
  }

  /** The path by which the file imports another. */
  relative(target: string): string {
    return relativePath(this.#path, target);
  }

  #local(name: string, target: string): Local {
    return { name, value: { type: 'import', path: this.relative(target) } };
  }
}

function relativePath(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1);
  const base = from.slice(0, from.lastIndexOf('/') + 1);
  return base !== '' && to.startsWith(base) ? to.slice(base.length) : up + to;
}
