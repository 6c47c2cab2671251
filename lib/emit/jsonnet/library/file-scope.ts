import { printJsonnet } from '../print.ts';
import { identifier, type Expression } from '../tree.ts';

/** The local that holds the value of a file. */
const ITSELF = 'itself';

/** A use of the runtime, which is not the import of it. */
const CHECKED = /\bcheck\.(?!libsonnet)/;

/**
 * A file of a library, by whose place the paths of its imports are written. Imports stand where they are used: a local for
 * each made a file with nine of them 7 % slower to load: Jsonnet finds out for every function which locals it uses.
 */
export class FileScope {
  readonly #path: string;
  #namesItself = false;

  /** @param path of the file, from the root of the library, with `/`. */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @param target path of the imported file, from the root of the library; this file itself is named by a local, since
   *   `tk lint` fails on files that import themselves.
   */
  import(target: string): Expression {
    if (target === this.#path) {
      this.#namesItself = true;
      return identifier(ITSELF);
    }
    return { type: 'import', path: this.#relative(target) };
  }

  /**
   * The file whose value this is: it has the runtime where the value needs it, else `tk lint` finds it unused.
   */
  print(banner: string, value: Expression): string {
    const check = { name: 'check', value: this.import('check.libsonnet') };
    const file = this.#namesItself
      ? { banner, locals: [check, { name: ITSELF, value }], value: identifier(ITSELF) }
      : { banner, locals: [check], value };
    const text = printJsonnet(file);
    // The banner names the source, which may be a file called check.yaml.
    const code = text.slice(text.indexOf('\n'));
    return CHECKED.test(code) ? text : printJsonnet({ ...file, locals: file.locals.slice(1) });
  }

  #relative(target: string): string {
    const base = this.#path.slice(0, this.#path.lastIndexOf('/') + 1);
    if (base !== '' && target.startsWith(base)) return target.slice(base.length);
    return '../'.repeat(this.#path.split('/').length - 1) + target;
  }
}
