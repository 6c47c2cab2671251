import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import { OPEN_FILES } from '../disk/files-below.ts';
import { libraryDirectories, ROOT_FILES } from '../tanka/project.ts';
import { kustomizeReferences, MARKER_FILES } from './chart-folders.ts';
import { isFolder } from './folder-tree.ts';
import { type JsonnetStrings, jsonnetStrings } from './jsonnet-imports.ts';
import { realPathOf } from './real-path.ts';

/** An environment, and what else is read for it. */
export interface ScanOptions {
  /** Project root, absolute. */
  readonly root: string;
  /** Folder of the environment, absolute. */
  readonly base: string;
  /** The entrypoint, absolute: main.jsonnet or the file that stands for it. */
  readonly main: string;
  /** Further files that it depends on, absolute, such as those of `--ext-str-file`. */
  readonly files: readonly string[];
}

/** All that can change what an environment renders. Paths are absolute, as they are reached: links are not resolved. */
export interface Dependencies {
  /** Also those that do not exist and would be read if they did. */
  readonly files: ReadonlySet<string>;
  /** Folders that count with everything below: Helm charts and Kustomize folders. */
  readonly folders: ReadonlySet<string>;
}

interface ReadFile extends JsonnetStrings {
  /** Of the file that was read. */
  readonly signature: string;
  /** Whether it asks for `std.thisFile`, to which charts are relative. */
  readonly usesThisFile: boolean;
}

const NOTHING: JsonnetStrings & { readonly usesThisFile: boolean } = {
  imports: [],
  others: [],
  usesThisFile: false,
};

/** Files of the root, and of the environment, that Tanka or Tankard reads. */
const ROOT_CONFIGURATION = [...ROOT_FILES, 'tankard.yaml', 'tankard.lock'];
const SPEC_FILE = 'spec.json';
/** Linux has `PATH_MAX` 4096; no chart is that deep. */
const LONGEST_PATH = 500;

/**
 * Finds what environments depend on. It keeps what it read: a scan after one file changed reads that file and asks the
 * file system about the others. One scanner serves all environments of a project.
 */
export class DependencyScanner {
  readonly #read = new Map<string, ReadFile>();

  /**
   * Follows the imports of an environment. What cannot be read counts as a file and is followed no further; so does
   * `import 'tk'`, which tk has in itself.
   *
   * @returns more than `tk tool imports`: files of `importbin`, spec.json, configuration, charts, and the files that do
   *   not exist but come earlier in Tanka's order of search.
   */
  async scan(options: ScanOptions): Promise<Dependencies> {
    const scan = new Scan(options);
    let files: readonly string[] = [options.main];
    while (files.length > 0) {
      const texts = await pMap(files, (file) => this.#strings(file, scan.signature(file)), {
        concurrency: OPEN_FILES,
      });
      files = files.flatMap((file, index) => scan.add(file, texts[index] ?? NOTHING));
    }
    return { files: scan.files, folders: scan.folders };
  }

  async #strings(file: string, signature: string | undefined): Promise<typeof NOTHING> {
    if (signature === undefined) return NOTHING;
    const known = this.#read.get(file);
    if (known?.signature === signature) return known;
    const text = await readFile(file, 'utf8').catch(() => '');
    const read = { ...jsonnetStrings(text), usesThisFile: text.includes('thisFile'), signature };
    this.#read.set(file, read);
    return read;
  }
}

/** One scan: what was found until now. */
class Scan {
  readonly files: Set<string>;
  readonly folders = new Set<string>();
  /** Tanka's order of search after the folder of the importing file. Source: tk v0.38, pkg/jsonnet/jpath. */
  readonly #jpath: readonly string[];
  readonly #libraries: readonly string[];
  readonly #followed: Set<string>;
  readonly #signatures = new Map<string, string | undefined>();
  readonly #isLibrary = new Map<string, boolean>();
  readonly #names = new Map<string, ReadonlySet<string> | undefined>();

  constructor({ root, base, main, files }: ScanOptions) {
    this.#jpath = [
      base,
      path.join(root, 'lib'),
      path.join(base, 'vendor'),
      path.join(root, 'vendor'),
    ];
    this.#libraries = libraryDirectories(root, base);
    this.#followed = new Set([main]);
    this.files = new Set([
      main,
      path.join(base, SPEC_FILE),
      ...ROOT_CONFIGURATION.map((name) => path.join(root, name)),
      ...files,
    ]);
  }

  /** Adds what a file refers to. @returns the Jsonnet files in it that were not met before. */
  add(file: string, { imports, others, usesThisFile }: typeof NOTHING): string[] {
    const folder = path.dirname(file);
    const next: string[] = [];
    for (const imported of imports) {
      const found = imported.path === 'tk' ? undefined : this.#search(folder, imported.path);
      if (found === undefined || imported.kind !== 'import' || this.#followed.has(found)) continue;
      this.#followed.add(found);
      next.push(found);
    }
    if (!this.#isInLibrary(folder)) this.#addCharts(folder, others, usesThisFile);
    return next;
  }

  /** Where tk looks for an import, until it is there. */
  #search(folder: string, imported: string): string | undefined {
    for (const place of path.isAbsolute(imported) ? [''] : [folder, ...this.#jpath]) {
      // As in Go, `..` is resolved in the text and not on the disk.
      const candidate = path.join(place, imported);
      this.files.add(candidate);
      if (this.#isThere(candidate)) return candidate;
    }
    return undefined;
  }

  /** As of the start of the scan, near enough: each file is asked about once. */
  signature(file: string): string | undefined {
    if (!this.#signatures.has(file)) this.#signatures.set(file, signatureOf(file));
    return this.#signatures.get(file);
  }

  #isThere(file: string): boolean {
    return this.signature(file) !== undefined;
  }

  #isInLibrary(folder: string): boolean {
    const known = this.#isLibrary.get(folder);
    if (known !== undefined) return known;
    const real = `${realPathOf(folder)}${path.sep}`;
    const isLibrary = this.#libraries.some((library) => real.startsWith(library + path.sep));
    this.#isLibrary.set(folder, isLibrary);
    return isLibrary;
  }

  /** Tanka takes charts relative to the file that asks for them. */
  #addCharts(folder: string, literals: readonly string[], usesThisFile: boolean): void {
    for (const literal of new Set(literals)) {
      if (!isRelativePath(literal) || !this.#mayStartIn(folder, literal)) continue;
      const chart = path.join(folder, literal);
      const markers = MARKER_FILES.map((name) => path.join(chart, name));
      if (this.#isThere(chart) && markers.some((marker) => this.#isThere(marker)))
        this.#addChart(chart);
      // A chart that is not there yet: to be vendored, or misspelt.
      else if (usesThisFile && /^\.{1,2}\//.test(literal))
        for (const marker of markers) this.files.add(marker);
    }
  }

  /** Asked before the file system is: of the thousands of texts in a file of JSON few begin as something in its folder. */
  #mayStartIn(folder: string, literal: string): boolean {
    if (literal.startsWith('.')) return true;
    if (!this.#names.has(folder)) this.#names.set(folder, namesIn(folder));
    const [first = ''] = literal.split('/', 1);
    return this.#names.get(folder)?.has(first.toLowerCase()) ?? true;
  }

  #addChart(chart: string): void {
    if (this.folders.has(chart)) return;
    this.folders.add(chart);
    for (const reference of kustomizeReferences(chart)) {
      if (isFolder(reference)) this.#addChart(reference);
      else this.files.add(reference);
    }
  }
}

/** A path as a chart has one: no text of several lines, and not the folder of the file itself. */
function isRelativePath(literal: string): boolean {
  return literal.length < LONGEST_PATH && /^[^/\0\s][^\0\n]*$/.test(literal);
}

/** Changes with the content of a file, as far as the file system tells. @returns undefined when there is none. */
function signatureOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    if (stats === undefined) return undefined;
    return `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
  } catch (error) {
    // Such as a folder on the way that may not be searched: tk looks no further then.
    return (error as Error).message;
  }
}

/** In lower case, since some file systems take `Charts` for `charts`. @returns undefined when they cannot be listed. */
function namesIn(folder: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(folder).map((name) => name.toLowerCase()));
  } catch {
    return undefined;
  }
}
