import type { EnvironmentResult } from '../../lib/finding/environment-result.ts';
import { Failure } from '../../lib/finding/failure.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import type { ReportInput } from '../../lib/finding/report/report-input.ts';

/** The root of the project of these results, below the repository. */
export const ROOT = '/repository/deploy';
export const REPOSITORY = '/repository';

/** A finding of a Deployment, at a line of its environment. */
export function finding(more: Partial<Finding> = {}): Finding {
  return {
    code: 'schema/wrong-type',
    severity: 'error',
    message: 'a message',
    environment: 'environments/x',
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    path: ['spec', 'replicas'],
    location: { ...at(3, 7), certainty: 'exact' },
    ...more,
  };
}

/** A position in the file of the environment. */
export function at(line: number, column: number) {
  return { file: `${ROOT}/environments/x/main.jsonnet`, line, column };
}

/** Other Deployments of the same namespace. */
export function deployment(name: string): Pick<Finding, 'resource'> {
  return { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name } };
}

/** What one environment rendered, with these findings. */
export function environment(
  findings: readonly Finding[],
  more: Partial<EnvironmentResult> = {},
): EnvironmentResult {
  return {
    path: 'environments/x',
    manifests: 1,
    findings,
    accepted: [],
    unknownKinds: [],
    uncheckedRules: [],
    ...more,
  };
}

/** A result with findings in one environment, one that is clean, and one that could not be rendered. */
export function result(findings: readonly Finding[]): ReportInput {
  return {
    root: ROOT,
    kubernetes: '1.37',
    environments: [environment(findings), environment([], { path: 'environments/clean' })],
    failures: [
      { path: 'environments/y', failure: new Failure('tool', 'tk hangs', { hint: 'Wait.' }) },
    ],
  };
}
