import type { LockedFile, LockedModule } from './module-lock.ts';
import { isLockedFile, isLockedModule } from './module-lock.ts';

/** One import as `tankard.lock` pins it. Has `modules` or `files`. */
export interface LockedImport {
  /** Text of its source, as `printImportSource` writes it. */
  readonly source: string;
  /** The Go modules of Kubernetes, a preset or a module. */
  readonly modules?: readonly LockedModule[];
  /** What was read otherwise: files by their path from the project root, a URL, documents of a cluster, the mixins. */
  readonly files?: readonly LockedFile[];
  /** The version that a cluster reported, such as `v1.34.2`. */
  readonly server?: string;
}

/**
 * Checks what a lock file has for one import.
 *
 * @param value parsed from JSON or YAML.
 * @returns what is wrong, to follow the place in a message; undefined when it is a {@link LockedImport}.
 */
export function lockedImportFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'is not an object';
  const { source, modules, files, server } = value as Record<string, unknown>;
  if (typeof source !== 'string') return 'has no "source"';
  if (server !== undefined && typeof server !== 'string') return '"server" is not a string';
  if ((modules === undefined) === (files === undefined))
    return 'must have either "modules" or "files"';
  const list = modules ?? files;
  if (!Array.isArray(list) || list.length === 0) return 'has an empty list of modules or files';
  const isRight = modules === undefined ? isLockedFile : isLockedModule;
  const index = list.findIndex((each) => !isRight(each));
  if (index < 0) return undefined;
  return modules === undefined
    ? `"files[${index}]" is not {file, sha256}`
    : `"modules[${index}]" is not {module, version, sum: "h1:...", files: [{file, sha256}]}`;
}
