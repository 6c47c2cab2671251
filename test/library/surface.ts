import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LibraryProject } from './library-project.ts';

/** An argument as docsonnet's fields document it. */
export interface DocumentedArgument {
  readonly name: string;
  readonly type: string;
}

/** One thing that can be called in a library, or `mixin`, through which ksonnet's users call it. */
export interface SurfaceEntry {
  /** `apps.v1.deployment.spec.withReplicas`. */
  readonly id: string;
  readonly path: readonly string[];
  /** How many arguments have no default. */
  readonly required: number;
  /** What the library's own documentation says; undefined when it says nothing. */
  readonly args: readonly DocumentedArgument[] | undefined;
}

interface Answer {
  readonly path: readonly string[];
  readonly required: number;
  readonly args?: readonly DocumentedArgument[] | null;
}

/**
 * Reads what can be called in a library, in one evaluation.
 *
 * @param main what to import: `k8s-libsonnet/1.30/main.libsonnet`.
 * @param group one group of it only, such as `batch`.
 */
export async function readSurface(
  project: LibraryProject,
  main: string,
  group?: string,
): Promise<SurfaceEntry[]> {
  const walk = await readFile(path.join(import.meta.dirname, 'surface.libsonnet'), 'utf8');
  const library =
    group === undefined ? `import '${main}'` : `{ ${group}: (import '${main}').${group} }`;
  const result = await project.evaluate(`local surfaceOf = ${walk}; surfaceOf(${library})`);
  if (result.error !== undefined) throw new Error(`${main}: ${result.error}`);
  return (result.value as readonly Answer[]).map(({ path: fields, required, args }) => ({
    id: fields.join('.'),
    path: fields,
    required,
    args: args ?? undefined,
  }));
}
