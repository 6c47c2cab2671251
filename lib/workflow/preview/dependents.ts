import path from 'node:path';
import type { Dependencies } from '../../watch/dependencies.ts';

/** Which environments depend on which files. */
export class Dependents {
  readonly #byEnvironment = new Map<string, Dependencies>();

  /** @returns whether that changes what is to be watched. */
  set(id: string, dependencies: Dependencies): boolean {
    const before = this.#byEnvironment.get(id);
    this.#byEnvironment.set(id, dependencies);
    return (
      before === undefined ||
      !isSame(before.files, dependencies.files) ||
      !isSame(before.folders, dependencies.folders)
    );
  }

  /** Forgets an environment that is gone. */
  delete(id: string): void {
    this.#byEnvironment.delete(id);
  }

  /** What all environments together depend on. */
  all(): Dependencies {
    const files = new Set<string>();
    const folders = new Set<string>();
    for (const one of this.#byEnvironment.values()) {
      for (const file of one.files) files.add(file);
      for (const folder of one.folders) folders.add(folder);
    }
    return { files, folders };
  }

  /** @returns the ids of the environments that depend on one of the files. */
  of(files: readonly string[]): string[] {
    return [...this.#byEnvironment]
      .filter(([, one]) => files.some((file) => one.files.has(file) || isBelow(file, one.folders)))
      .map(([id]) => id);
  }
}

function isBelow(file: string, folders: ReadonlySet<string>): boolean {
  return [...folders].some((folder) => file === folder || file.startsWith(folder + path.sep));
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((one) => right.has(one));
}
