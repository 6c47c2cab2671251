import { spawnSync } from 'node:child_process';
import { buildTool } from '../../lib/tools/build-tool.ts';
import { inspectCachedBuild } from '../../lib/tools/cached-build.ts';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { readPin } from '../../lib/tools/tool-pin.ts';
import type { Json } from '../../lib/model/node.ts';
import { isCi } from '../cluster/programs.ts';

/** What the API server's own evaluator says. `compile`: it would not take a CRD with this rule. */
export interface Verdict {
  readonly verdict: 'pass' | 'fail' | 'error' | 'compile';
  readonly detail?: string;
}

/** A value, and the index of its schema. */
export interface VerdictCase {
  readonly schema: number;
  readonly value: Json;
}

/**
 * The program of tools/cel-verdicts. With `CI` set it is built when it is missing; without, a machine may do without it.
 *
 * @returns its absolute path, or why there is none, and the command that mends it.
 */
export async function findCelVerdicts(): Promise<{ file: string } | { missing: string }> {
  const pin = readPin('cel-verdicts', 'cel-verdicts', {
    package: '.',
    duration: 'about a minute',
  });
  if (inspectCachedBuild(pin) === 'whole') return { file: pin.path };
  if (!isCi())
    return {
      missing: `it is not in ${pin.directory}; CI=1 npx vitest run test/cel builds it`,
    };
  const go = findExecutable('go');
  if (go === undefined) throw new Error('cel-verdicts is built with Go, which is not on PATH');
  await buildTool(pin, { go, onProgress: console.log });
  return { file: pin.path };
}

/**
 * Asks the API server's evaluator about whole resources.
 *
 * @param schemas what CRDs have under openAPIV3Schema.
 */
export function verdictsOf(
  file: string,
  schemas: readonly Json[],
  cases: readonly VerdictCase[],
): Verdict[] {
  const input = JSON.stringify({ schemas, cases: cases.map((one) => ({ ...one, root: true })) });
  const { stdout, stderr, status } = spawnSync(file, { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`cel-verdicts failed: ${String(stderr)}`);
  return JSON.parse(String(stdout)) as Verdict[];
}
