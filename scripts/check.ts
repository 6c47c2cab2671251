/** `npm run check`: everything that can be said about the sources without running them. */
import { pathToFileURL } from 'node:url';
import { setUp } from './set-up.ts';
import { bin, runSteps, type Step } from './steps.ts';

/**
 * What `tk lint` reads. jsonnet/k8s-helpers is no program, only parts of files of a library: a test lints that library.
 * In lib there is the alias of the imported Kubernetes, once there is one.
 */
const LINTED = ['jsonnet/library', 'jsonnet/tankard', 'environments', 'lib'];

/** For each file tk reads all imports again, and all of Kubernetes takes 0.5 GB; by default it lints four at once. */
const LINTERS = 2;

/** The steps of the check, for a tk at this path. */
export function checkSteps(tk: string): Step[] {
  return [
    { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
    { name: 'lint', command: [bin('oxlint'), '--type-aware'] },
    { name: 'types', command: [bin('tsc'), '-p', '.'] },
    { name: 'types of the page', command: [bin('tsc'), '-p', 'web'] },
    { name: 'unused code', command: [bin('knip')] },
    { name: 'package', command: [bin('publint'), '--strict'] },
    { name: 'Jsonnet format', command: [tk, 'fmt', '--test', 'jsonnet', 'environments'] },
    { name: 'Jsonnet lint', command: [tk, 'lint', `--parallelism=${LINTERS}`, ...LINTED] },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const tools = await setUp(['tk', 'jb']);
  const failed = await runSteps(checkSteps(tools.get('tk') ?? 'tk'));
  if (failed.length > 0) {
    console.log(`failed: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}
