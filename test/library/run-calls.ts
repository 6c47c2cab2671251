import pMap from 'p-map';
import { type Call, callProgram } from './calls.ts';
import type { LibraryProject } from './library-project.ts';

/** What a call gave: JSON text, or the message of the error. */
export type Outcome =
  | { readonly json: string; readonly error?: never }
  | { readonly json?: never; readonly error: string };

/** A library that fails at more calls than this in one batch is broken as a whole. */
const MOST_FAILURES = 20;

/**
 * Makes calls in a library, those of one version of a group in one program, so that little is loaded. A call that
 * fails stops its program: it is noted, and the program runs again without it.
 *
 * @param main what to import.
 * @returns the outcomes in the order of the calls.
 */
export async function runCalls(
  project: LibraryProject,
  main: string,
  calls: readonly Call[],
): Promise<Outcome[]> {
  const outcomes = new Map<Call, Outcome>();
  await pMap(batchesOf(calls), (batch) => runBatch(project, { main, batch, outcomes }), {
    concurrency: 2,
  });
  return calls.map((call) => outcomes.get(call) ?? { error: 'not called' });
}

function batchesOf(calls: readonly Call[]): Call[][] {
  const batches = new Map<string, Call[]>();
  for (const call of calls) {
    const version = call.path.slice(0, 2).join('.');
    const batch = batches.get(version);
    if (batch === undefined) batches.set(version, [call]);
    else batch.push(call);
  }
  return [...batches.values()];
}

interface Batch {
  readonly main: string;
  readonly batch: readonly Call[];
  readonly outcomes: Map<Call, Outcome>;
}

async function runBatch(project: LibraryProject, { main, batch, outcomes }: Batch): Promise<void> {
  let rest = [...batch];
  for (let failures = 0; failures <= MOST_FAILURES; failures += 1) {
    const result = await project.evaluate(callProgram(main, rest));
    if (result.error === undefined) {
      const values = result.value as readonly unknown[];
      rest.forEach((call, index) => outcomes.set(call, { json: JSON.stringify(values[index]) }));
      return;
    }
    const failing = rest[indexOf(result.error)];
    if (failing === undefined) throw new Error(result.error);
    outcomes.set(failing, { error: messageOf(result.error) });
    rest = rest.filter((call) => call !== failing);
  }
  for (const call of rest) outcomes.set(call, { error: 'not called: too many others fail' });
}

/** Which call failed: the outermost array of the trace is the program's. */
function indexOf(error: string): number {
  return Number([...error.matchAll(/^\s*Array element (\d+)/gmu)].at(-1)?.[1]);
}

function messageOf(error: string): string {
  const text = /RUNTIME ERROR: (.*)/u.exec(error)?.[1] ?? error.trim().split('\n')[0] ?? '';
  return text.trim();
}
