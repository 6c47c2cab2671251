import { spawnSync } from 'node:child_process';
import { buildTool } from '../../../lib/tools/build-tool.ts';
import { inspectCachedBuild } from '../../../lib/tools/cached-build.ts';
import { findExecutable } from '../../../lib/tools/find-executable.ts';
import { readPin } from '../../../lib/tools/tool-pin.ts';
import { isCi } from '../../cluster/programs.ts';
import type { KubernetesObject } from './edit.ts';

/** What Istio says of an object; it takes one without errors. */
export interface IstioVerdict {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The program of tools/istio-verdicts. With `CI` set it is built when it is missing; without, a machine may do without it.
 *
 * @returns its absolute path, or why there is none, and the command that mends it.
 */
export async function findIstioVerdicts(): Promise<{ file: string } | { missing: string }> {
  const pin = readPin('istio-verdicts', 'istio-verdicts', {
    package: '.',
    duration: 'about two minutes',
  });
  if (inspectCachedBuild(pin) === 'whole') return { file: pin.path };
  if (!isCi())
    return {
      missing: `it is not in ${pin.directory}; CI=1 npx vitest run test/agreement/istio.test.ts builds it`,
    };
  const go = findExecutable('go');
  if (go === undefined) throw new Error('istio-verdicts is built with Go, which is not on PATH');
  await buildTool(pin, { go, onProgress: console.log });
  return { file: pin.path };
}

/**
 * Asks Istio's own validation about objects.
 *
 * @param file path of the program.
 * @returns a verdict for each, in their order.
 */
export function istioVerdicts(file: string, objects: readonly KubernetesObject[]): IstioVerdict[] {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  const { stdout, stderr, status } = spawnSync(file, { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`istio-verdicts failed: ${String(stderr)}`);
  const lines = String(stdout).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as IstioVerdict);
}
