/**
 * `npm test`: set-up, build, check, stale generated files, and all tests. Ends with a line
 * `N passed, N failed`, in which each step counts as one beside vitest's tests.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isCi } from '../test/cluster/programs.ts';
import { checkSteps } from './check.ts';
import { setUp } from './set-up.ts';
import { bin, run, runSteps, type Step } from './steps.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly success: boolean;
}

const tools = await setUp(['tk', 'jb', 'jsonnet', 'locate']);
/** Before the tests, which would otherwise share the machine with it. */
const apiServer: Step = {
  name: 'API server of the tests',
  command: [bin('tsx'), 'scripts/build-api-server.ts'],
};
const steps: Step[] = [
  ...(isCi() ? [apiServer] : []),
  { name: 'build', command: [bin('tsx'), 'scripts/build.ts'] },
  ...checkSteps(tools.get('tk') ?? 'tk'),
  {
    name: 'generated files',
    command: [process.execPath, 'dist/cli/main.cjs', 'generate', '--check'],
  },
];
const failedSteps = await runSteps(steps);
const report = await runVitest();
const failed = failedSteps.length + report.numFailedTests + (report.success ? 0 : missing(report));
const passed = steps.length - failedSteps.length + report.numPassedTests;
if (failedSteps.length > 0) console.log(`failed: ${failedSteps.join(', ')}`);
const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 ? 1 : 0;

async function runVitest(): Promise<VitestReport> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'tankard-vitest-'));
  const file = path.join(directory, 'report.json');
  try {
    await run([
      bin('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    // vitest did not come so far as to write its report.
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, success: false };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A suite that could not be loaded has no failed test of its own, and still fails the run. */
function missing(result: VitestReport): number {
  return result.numFailedTests === 0 ? 1 : 0;
}
