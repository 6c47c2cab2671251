import { type ArgumentSchemas, callsOf } from './calls.ts';
import type { LibraryProject } from './library-project.ts';
import { type Outcome, runCalls } from './run-calls.ts';
import { readSurface, type SurfaceEntry } from './surface.ts';

/** How a function differs between two libraries. */
export interface Difference {
  /** The function: `apps.v1.deployment.spec.withReplicas`. */
  readonly function: string;
  readonly difference: string;
}

/** What comparing two libraries found. */
export interface Comparison {
  /** How many functions of the reference have the same result, by position and by name; `mixin` is not counted. */
  readonly matching: number;
  readonly differences: readonly Difference[];
}

/** The two libraries, by what imports them. */
export interface Libraries {
  readonly reference: string;
  readonly ours: string;
  readonly schemas: ArgumentSchemas;
  /** One group only, such as `batch`. */
  readonly group?: string;
}

/** Calls all that can be called in the reference in both libraries, and compares the results. */
export async function compareSurfaces(
  project: LibraryProject,
  { reference, ours, schemas, group }: Libraries,
): Promise<Comparison> {
  const [theirs, own] = await Promise.all([
    readSurface(project, reference, group),
    readSurface(project, ours, group),
  ]);
  const present = new Set(own.map(({ id }) => id));
  const missing = theirs.filter(({ id }) => !present.has(id));
  const functions = theirs.filter(({ id, path }) => present.has(id) && path.at(-1) !== 'mixin');
  const different = await compareCalls(project, functions, { reference, ours, schemas });
  const differences = [
    ...missing.map(({ id }) => ({ function: id, difference: 'missing' })),
    ...different,
  ];
  const differing = new Set(different.map((one) => one.function));
  return { matching: functions.filter(({ id }) => !differing.has(id)).length, differences };
}

async function compareCalls(
  project: LibraryProject,
  functions: readonly SurfaceEntry[],
  { reference, ours, schemas }: Libraries,
): Promise<Difference[]> {
  const calls = functions.flatMap((entry) => callsOf(entry, schemas));
  const theirs = await runCalls(project, reference, calls);
  const own = await runCalls(project, ours, calls);
  const found = new Map<string, string>();
  calls.forEach(({ id, args }, index) => {
    const difference = differenceOf(theirs[index] as Outcome, own[index] as Outcome);
    if (difference !== undefined && !found.has(id)) found.set(id, `(${args}): ${difference}`);
  });
  return [...found].map(([id, difference]) => ({ function: id, difference }));
}

function differenceOf(theirs: Outcome, own: Outcome): string | undefined {
  if (theirs.error !== undefined && own.error !== undefined)
    return `fails in both: ${theirs.error}`;
  if (own.error !== undefined) return `fails: ${own.error}`;
  if (theirs.error !== undefined) return `fails in k8s-libsonnet: ${theirs.error}`;
  return theirs.json === own.json ? undefined : `gives ${own.json} instead of ${theirs.json}`;
}
