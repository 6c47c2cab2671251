import type { Expression, Local } from '../tree.ts';

/**
 * A file of a library, by whose place the paths of its imports are written. Imports stand where they are used: a local for
 * each made loading a file a fifth slower, since Jsonnet finds out for every function which locals it uses.
 */
export class FileScope {
  readonly #path: string;

  /** @param path of the file, from the root of the library, with `/`. */
  constructor(path: string) {
    this.#path = path;
  }

  /** @param target path of the imported file, from the root of the library. */
  import(target: string): Expression {
    return { type: 'import', path: this.#relative(target) };
  }

  /** The runtime, which every file has. */
  locals(): Local[] {
    return [{ name: 'check', value: this.import('check.libsonnet') }];
  }

  #relative(target: string): string {
    const base = this.#path.slice(0, this.#path.lastIndexOf('/') + 1);
    if (base !== '' && target.startsWith(base)) return target.slice(base.length);
    return '../'.repeat(this.#path.split('/').length - 1) + target;
  }
}
