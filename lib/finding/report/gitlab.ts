import { createHash } from 'node:crypto';
import { fingerprints } from '../fingerprint.ts';
import {
  environmentPlace,
  findingPlace,
  findingText,
  PROBLEM_FILE,
  type HostPlace,
} from './code-host.ts';
import { allResults, type ReportInput } from './report-input.ts';
import { showEnvironment } from './text.ts';

/**
 * GitLab's Code Quality report. Source: GitLab documentation, "Code Quality", "Code quality report format".
 * An error is `major`, a warning `minor`; an environment that could not be rendered is `critical`.
 *
 * @param options.repository absolute; GitLab knows files by their paths below it.
 * @returns a JSON array.
 */
export function gitlabReport(
  result: ReportInput,
  { repository }: { readonly repository: string },
): object[] {
  const { root, failures, problems = [] } = result;
  const host = { repository, root };
  const found = allResults(result).flatMap((environment) =>
    environment.findings.map((finding) => ({ environment, finding })),
  );
  const prints = fingerprints(found.map(({ finding }) => finding));
  const issues = found.map(({ environment, finding }) => ({
    description: findingText(finding),
    check_name: finding.code,
    fingerprint: prints.get(finding),
    severity: finding.severity === 'error' ? 'major' : 'minor',
    location: location(findingPlace(finding, environment, host)),
  }));
  const notValidated = failures.map(({ failure, ...environment }) => ({
    description: `${showEnvironment(environment)} could not be validated: ${failure.message}`,
    check_name: `failure/${failure.kind}`,
    fingerprint: createHash('sha256')
      .update(`failure ${showEnvironment(environment)}`)
      .digest('hex'),
    severity: 'critical',
    location: location(environmentPlace(environment.path, host)),
  }));
  const notDone = problems.map(({ step, failure }) => ({
    description: `${step}: ${failure.message}`,
    check_name: `failure/${failure.kind}`,
    fingerprint: createHash('sha256').update(`step ${step}`).digest('hex'),
    severity: 'critical',
    location: location(environmentPlace(PROBLEM_FILE, host)),
  }));
  return [...issues, ...notValidated, ...notDone];
}

function location({ file, line }: HostPlace): object {
  return { path: file, lines: { begin: line } };
}
