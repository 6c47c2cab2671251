import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import type { ExportFile } from './export-file.ts';
import {
  manifestPath,
  printManifest,
  sha256,
  shardMarkPath,
  type ExportedEnvironment,
  type ShardMark,
} from './export-manifest.ts';
import type { ExportTree } from './export-tree.ts';
import { SeenFolders } from './seen-folders.ts';
import { swapPlaces, swapTree } from './swap-tree.ts';

/** What an export does, or would do, to one file. */
export interface ExportChange {
  /** Relative to the export, with `/`. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** What is exported of one environment. */
export interface EnvironmentExport extends Pick<ExportedEnvironment, 'folder' | 'path' | 'name'> {
  /** Paths relative to the export. */
  readonly files: readonly ExportFile[];
}

/** How an export ends. */
export interface FinishOptions {
  /** What becomes of the environments of the old tree that were not added. */
  readonly others: 'keep' | 'remove';
  /** The part of the environments that it has; absent: all. */
  readonly mark?: ShardMark;
}

/** What an export comes to. */
export interface ExportOutcome {
  /** Sorted by path. */
  readonly changes: readonly ExportChange[];
  /** How many files the export has in the end, without manifests. */
  readonly fileCount: number;
}

/**
 * Writes an export, one environment after the other, into a folder beside the old one. An environment without a change is
 * not written: its folder is moved over in the end.
 */
export class ExportWriter {
  readonly #tree: ExportTree;
  readonly #fresh: string;
  readonly #isCheck: boolean;
  readonly #seen: SeenFolders;
  readonly #made = new Set<string>();
  readonly #written = new Map<string, ExportedEnvironment>();
  readonly #kept = new Map<string, ExportedEnvironment>();
  readonly #changes: ExportChange[] = [];
  readonly #keptMarks: string[] = [];
  #isOver = false;

  /** @param options.check nothing is written. */
  constructor(tree: ExportTree, { check }: { readonly check: boolean }) {
    this.#tree = tree;
    this.#fresh = swapPlaces(tree.root).fresh;
    this.#isCheck = check;
    this.#seen = new SeenFolders(tree.root);
  }

  /**
   * Takes an environment into the export.
   *
   * @throws Failure `usage` when it cannot be written, such as for want of room.
   */
  add(exported: EnvironmentExport): void {
    if (this.#isOver) return;
    const { files: unsorted, ...environment } = exported;
    const files = unsorted.toSorted((one, other) => (one.path < other.path ? -1 : 1));
    const sums = files.map(({ path: file, content }): [string, string] => [file, sha256(content)]);
    const next = { ...environment, files: new Map(sums) };
    const changes = this.#compare(next, files);
    this.#changes.push(...changes);
    if (changes.length === 0) this.#kept.set(next.folder, next);
    else {
      this.#written.set(next.folder, next);
      if (!this.#isCheck) this.#write(next, files, changes);
    }
  }

  /**
   * Takes an environment over as it is, when it is as it should be.
   *
   * @param exported with the paths and sums that its files should have, in any order.
   * @returns false when it is not, and has to be added.
   */
  async keep(exported: ExportedEnvironment): Promise<boolean> {
    const sorted = [...exported.files].sort(([one], [other]) => (one < other ? -1 : 1));
    const next = { ...exported, files: new Map(sorted) };
    const manifest = printManifest(next);
    const place = manifestPath(next.folder);
    const state = this.#seen.stateOf(manifest, [place, ...next.files.keys()]);
    if (state === undefined) return false;
    if (!(await this.#seen.has(next.folder, state))) {
      const isSame =
        this.#read(place)?.equals(Buffer.from(manifest)) === true &&
        sorted.every(([file, sum]) => {
          const content = this.#read(file);
          return content !== undefined && sha256(content) === sum;
        });
      if (!isSame) return false;
      this.#seen.add(next.folder, state);
    }
    this.#kept.set(next.folder, next);
    return true;
  }

  /** Remembers for the next export what `keep` has read. */
  async saveSeen(): Promise<void> {
    await this.#seen.save();
  }

  /**
   * Puts the export in its place.
   *
   * @throws Failure `usage` when it cannot be done; the old tree stands as it was then.
   */
  finish({ others, mark }: FinishOptions): ExportOutcome {
    for (const [folder, environment] of this.#tree.environments)
      if (!this.#written.has(folder) && !this.#kept.has(folder))
        if (others === 'keep') this.#kept.set(folder, environment);
        else this.#changes.push(...removals(environment));
    if (others === 'remove') this.#setMark(mark);
    else this.#keptMarks.push(...this.#tree.marks.map(shardMarkPath));
    if (!this.#isCheck && this.#changes.length > 0) swapTree(this.#tree.root, this.#moves());
    const all = [...this.#written.values(), ...this.#kept.values()];
    return {
      changes: this.#changes.sort((one, other) => (one.path < other.path ? -1 : 1)),
      fileCount: all.reduce((sum, { files }) => sum + files.size, 0),
    };
  }

  /** Removes what was written so far. */
  discard(): void {
    this.#isOver = true;
    // While there is a plan, the old tree is not in its place, and this is part of the new one.
    if (this.#isCheck || existsSync(swapPlaces(this.#tree.root).plan)) return;
    rmSync(this.#fresh, { recursive: true, force: true });
  }

  #setMark(mark: ShardMark | undefined): void {
    const wanted = mark === undefined ? [] : [shardMarkPath(mark)];
    const present = this.#tree.marks.map(shardMarkPath);
    for (const file of present)
      if (!wanted.includes(file)) this.#changes.push({ path: file, change: 'removed' });
    for (const file of wanted) {
      if (!present.includes(file)) this.#changes.push({ path: file, change: 'added' });
      if (!this.#isCheck && this.#changes.length > 0)
        this.#tryToWrite(() => writeFileSync(this.#place(file), ''));
    }
  }

  #compare(next: ExportedEnvironment, files: readonly ExportFile[]): ExportChange[] {
    const changes: ExportChange[] = [];
    for (const { path: file, content } of files) {
      const before = this.#read(file);
      if (before === undefined) changes.push({ path: file, change: 'added' });
      else if (!before.equals(content)) changes.push({ path: file, change: 'changed' });
    }
    const old = this.#tree.environments.get(next.folder)?.files ?? new Map<string, string>();
    for (const file of old.keys())
      if (!next.files.has(file)) changes.push({ path: file, change: 'removed' });
    if (changes.length > 0) return changes;
    const manifest = manifestPath(next.folder);
    const before = this.#read(manifest);
    if (before === undefined) return [{ path: manifest, change: 'added' }];
    return before.equals(Buffer.from(printManifest(next)))
      ? []
      : [{ path: manifest, change: 'changed' }];
  }

  /** @returns undefined for what is no file, and what is not there. */
  #read(file: string): Buffer | undefined {
    const place = path.join(this.#tree.root, file);
    try {
      return lstatSync(place).isFile() ? readFileSync(place) : undefined;
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new Failure('usage', `cannot read ${place}: ${message}`, { cause });
    }
  }

  #write(
    next: ExportedEnvironment,
    files: readonly ExportFile[],
    changes: readonly ExportChange[],
  ): void {
    const changed = new Set(changes.map((one) => one.path));
    this.#tryToWrite(() => {
      for (const { path: file, content } of files)
        if (changed.has(file)) writeFileSync(this.#place(file), content);
        else this.#takeOver(file, content);
      writeFileSync(this.#place(manifestPath(next.folder)), printManifest(next));
    });
  }

  #tryToWrite(write: () => void): void {
    try {
      write();
    } catch (cause) {
      const { root } = this.#tree;
      throw new Failure('usage', `cannot write ${root}: ${(cause as Error).message}`, {
        hint: `Nothing was changed. Check that ${path.dirname(root)} is writable and has room.`,
        cause,
      });
    }
  }

  /** An unchanged file stays the same file, which costs less than to write it; not all file systems have links. */
  #takeOver(file: string, content: Buffer): void {
    try {
      linkSync(path.join(this.#tree.root, file), this.#place(file));
    } catch {
      writeFileSync(this.#place(file), content);
    }
  }

  #place(file: string): string {
    const place = path.join(this.#fresh, file);
    const folder = path.dirname(place);
    if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
    return place;
  }

  #moves(): string[] {
    const kept = [...this.#kept.values()].flatMap(({ folder, files }) => [
      folder,
      ...[...files.keys()].filter((file) => !file.startsWith(`${folder}/`)),
      manifestPath(folder),
    ]);
    return [...kept, ...this.#keptMarks];
  }
}

function removals({ folder, files }: ExportedEnvironment): ExportChange[] {
  const removed = files.size === 0 ? [manifestPath(folder)] : [...files.keys()];
  return removed.map((file) => ({ path: file, change: 'removed' }));
}
