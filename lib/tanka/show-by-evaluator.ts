import path from 'node:path';
import type { Finding } from '../finding/finding.ts';
import { tankaFlags } from './arguments.ts';
import { findEnvironment } from './find-environment.ts';
import { nearInMain } from './near-in-main.ts';
import { runTk, type TkOutput } from './run-tk.ts';
import { rendered, type ShowOptions, type ShowResult } from './show.ts';

/**
 * Renders an environment with `tk show` and another evaluator. What that cannot evaluate, Tanka's own interpreter evaluates
 * again: it says where the mistake is. When it finds none, the evaluator itself is at fault.
 *
 * @param showByTanka renders with Tanka's own interpreter.
 * @throws Failure as `showEnvironment`.
 */
export async function showByEvaluator(
  options: ShowOptions & { readonly evaluator: string },
  showByTanka: (options: ShowOptions) => Promise<ShowResult>,
): Promise<ShowResult> {
  const place = await findEnvironment(options.root, options.environment);
  const output = await runTk({
    ...options,
    purpose: `rendering ${place.environment}`,
    args: [
      'show',
      place.argument,
      '--dangerous-allow-redirect',
      // What the evaluator prints comes as log lines of this level, errors too.
      '--log-level=info',
      `--jsonnet-implementation=binary:${options.evaluator}`,
      ...tankaFlags(options.args ?? {}),
    ],
  });
  if (output.exitCode === 0) {
    const result = rendered(output, place.environment, options.args);
    return { ...result, stderr: [output.stderr, ...output.notes].filter(Boolean).join('\n') };
  }
  const own = await showByTanka(options);
  if (own.findings.some(({ severity }) => severity === 'error')) return own;
  const finding: Finding = {
    code: 'jsonnet/evaluation',
    severity: 'error',
    environment: place.environment,
    message: `${path.basename(options.evaluator)} cannot evaluate it, though Tanka's own interpreter can: ${reason(output)}`,
    location: nearInMain(place.main, []),
    hint:
      "std.native, and so Helm and Kustomize, and `import 'tk'` are there with Tanka's own interpreter alone: take evaluator " +
      'out of tankard.yaml, or do without them.',
  };
  return { yaml: Buffer.alloc(0), stderr: own.stderr, findings: [finding] };
}

/** The first line: the trace behind it names the same files that are open to the user. */
function reason({ notes, stderr }: TkOutput): string {
  const said = notes.find((note) => note.trim() !== '') ?? stderr;
  return said.trim().split('\n', 1)[0] ?? '';
}
