import { freeName } from '../model/library/names.ts';

/** So many letters fit everywhere, with an extension and a number behind them: file systems take 255 bytes. */
const LONGEST = 200;

/** Gives the files of one folder names that every file system tells apart. */
export class FileNames {
  readonly #taken: Set<string>;

  /** @param taken names that are in use. */
  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /**
   * A name that no other file has, in whatever case: the wanted one as far as it can be one, else with a number.
   *
   * @param wanted without its extension; of any length, of any characters.
   */
  free(wanted: string): string {
    const name = wanted.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, LONGEST);
    const free = freeName(name.toLowerCase(), this.#taken);
    return name + free.slice(name.length);
  }
}
