import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** A name in a folder: when it comes, goes or changes, so may a watched path that leads over it. */
export interface Place {
  /** Absolute, without links. */
  readonly folder: string;
  readonly name: string;
}

/** Where a watched path can change. */
export interface Places {
  /** What the path itself names: a file, or a link and the file at its end. */
  readonly ends: readonly Place[];
  /** The folders and links on the way to it. */
  readonly ways: readonly Place[];
  /** Without links; undefined when there is nothing. */
  readonly real: string | undefined;
}

/** The links that the kernel follows for one path. Source: Linux, `MAXSYMLINKS`. */
const LINK_LIMIT = 40;

/**
 * Finds the places of paths. Folders above the project root are places only where a link is or something is missing:
 * nothing else is likely to change there, and `/tmp` changes often.
 */
export class PlaceFinder {
  readonly #root: string;
  readonly #known = new Map<string, Places>();

  /** @param root project root, absolute, without links. */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * @param file absolute path of what need not exist. What a finder found once it does not look up again.
   */
  find(file: string, links = 0): Places {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const places = this.#walk(file, links);
    this.#known.set(file, places);
    return places;
  }

  #walk(file: string, links: number): Places {
    const parent = path.dirname(file);
    if (parent === file) return { ends: [], ways: [], real: file };
    const above = this.find(parent, links);
    const { real: folder } = above;
    const ways = [...above.ways, ...above.ends.filter((end) => this.#isWay(end, folder))];
    if (folder === undefined) return { ends: [], ways, real: undefined };
    const place = { folder, name: path.basename(file) };
    const real = path.join(folder, place.name);
    const target = linkOrMissing(real);
    if (target === '') return { ends: [place], ways, real };
    if (target === undefined || links >= LINK_LIMIT)
      return { ends: [place], ways, real: undefined };
    const led = this.find(path.resolve(folder, target), links + 1);
    return { ends: [place, ...led.ends], ways: [...ways, ...led.ways], real: led.real };
  }

  #isWay({ folder, name }: Place, real: string | undefined): boolean {
    if (real !== path.join(folder, name)) return true;
    return folder === this.#root || folder.startsWith(this.#root + path.sep);
  }
}

/** Where a link leads; '' for what is no link, undefined for what is not there or may not be seen. */
function linkOrMissing(real: string): string | undefined {
  try {
    const stats = lstatSync(real, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return stats.isSymbolicLink() ? readlinkSync(real) : '';
  } catch {
    return undefined;
  }
}
