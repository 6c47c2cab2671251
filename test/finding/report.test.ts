import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../lib/finding/codes.ts';
import { Failure } from '../../lib/finding/failure.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { jsonReport } from '../../lib/finding/report/json.ts';
import { showPath, showResource, summarize, textReport } from '../../lib/finding/report/text.ts';
import type { EnvironmentResult } from '../../lib/finding/environment-result.ts';

const ROOT = '/project';

const finding = (more: Partial<Finding> = {}): Finding => ({
  code: 'schema/wrong-type',
  severity: 'error',
  message: 'a message',
  ...more,
});

const environment = (
  findings: readonly Finding[],
  more: Partial<EnvironmentResult> = {},
): EnvironmentResult => ({
  path: 'environments/x',
  manifests: 1,
  findings,
  accepted: [],
  unknownKinds: [],
  uncheckedRules: [],
  ...more,
});

describe('the text report', () => {
  it('groups by environment, then by resource, and ends in one line', () => {
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
    const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', name: 'i' };
    const text = textReport(
      [
        environment([
          finding({ resource: web, path: ['spec', 'replicas'], message: 'first' }),
          finding({ resource: issuer, severity: 'warning', message: 'second' }),
          finding({ resource: web, message: 'third' }),
          finding({ message: 'of no resource' }),
        ]),
        environment([], { path: 'environments/clean' }),
        environment([finding({ message: 'fourth' })], { path: 'environments/y' }),
      ],
      ROOT,
    );
    expect(text).toBe(`environments/x
    error  of no resource  [schema/wrong-type]
  Deployment shop/web
    error  spec.replicas: first  [schema/wrong-type]
    error  third  [schema/wrong-type]
  ClusterIssuer i
    warning  second  [schema/wrong-type]

environments/y
    error  fourth  [schema/wrong-type]

3 environments, 3 manifests: 4 errors, 1 warning`);
  });

  it('puts place and hint below, indented as far, with every line of a message', () => {
    const at = { line: 3, column: 7 };
    const text = textReport(
      [
        environment([
          finding({
            message: 'one\ntwo',
            hint: 'Do this.',
            location: {
              ...at,
              file: `${ROOT}/environments/x/main.jsonnet`,
              certainty: 'near',
              related: [
                { ...at, file: `${ROOT}/lib/a.libsonnet` },
                { ...at, file: '/elsewhere/b.libsonnet' },
              ],
            },
          }),
        ]),
      ],
      ROOT,
    );
    expect(text).toContain(`    error  one
    two  [schema/wrong-type]
      near environments/x/main.jsonnet:3:7 (see also lib/a.libsonnet:3:7, /elsewhere/b.libsonnet:3:7)
      Do this.
`);
  });

  it('counts one and many, and kinds that are unknown', () => {
    const unknownKinds = [
      { apiVersion: 'a/v1', kind: 'A', count: 2, allowed: true },
      { apiVersion: 'b/v1', kind: 'B', count: 1, allowed: false },
    ];
    expect(textReport([environment([], { unknownKinds, manifests: 3 })], ROOT)).toBe(
      '1 environment, 3 manifests: 0 errors, 0 warnings, 3 manifests of unknown kind',
    );
    expect(textReport([], ROOT)).toBe('0 environments, 0 manifests: 0 errors, 0 warnings');
  });
});

it.each([
  [['metadata', 'annotations', 'a.b/c'], 'metadata.annotations["a.b/c"]'],
  [['spec', 'ports', 0, 'name'], 'spec.ports[0].name'],
  [[0, 'x'], '[0].x'],
  [['a"b', 'x-y'], '["a\\"b"]["x-y"]'],
  [[], ''],
])('the path %j is shown as %s', (path, shown) => {
  expect(showPath(path)).toBe(shown);
});

it('a resource is shown with its namespace when it has one', () => {
  const base = { apiVersion: 'v1', kind: 'Secret', name: 's' };
  expect(showResource({ ...base, namespace: 'n' })).toBe('Secret n/s');
  expect(showResource(base)).toBe('Secret s');
});

describe('the JSON report', () => {
  it('gives files below the root relative to it, and others absolute', () => {
    const location = {
      file: `${ROOT}/a.jsonnet`,
      line: 1,
      column: 2,
      certainty: 'exact',
      related: [{ file: '/elsewhere/b.libsonnet', line: 3, column: 4 }],
    } as const;
    const report = jsonReport({
      root: ROOT,
      kubernetes: '1.37',
      environments: [environment([finding({ environment: 'environments/x', location })])],
      failures: [
        { path: 'environments/y', failure: new Failure('tool', 'tk hangs', { hint: 'Wait.' }) },
      ],
    });
    expect(report).toEqual({
      version: 1,
      kubernetes: '1.37',
      environments: [
        {
          path: 'environments/x',
          manifests: 1,
          findings: [
            {
              code: 'schema/wrong-type',
              severity: 'error',
              message: 'a message',
              location: { ...location, file: 'a.jsonnet' },
            },
          ],
          accepted: [],
          unknownKinds: [],
          uncheckedRules: [],
        },
      ],
      failures: [
        { path: 'environments/y', error: { kind: 'tool', message: 'tk hangs', hint: 'Wait.' } },
      ],
      summary: {
        environments: 1,
        manifests: 1,
        errors: 1,
        warnings: 0,
        accepted: 0,
        unknownKinds: 0,
        uncheckedRules: 0,
      },
    });
  });

  it('sums up over all environments', () => {
    const environments = [
      environment([finding(), finding({ severity: 'warning' })]),
      environment([finding()]),
    ];
    expect(summarize(environments)).toMatchObject({ environments: 2, errors: 2, warnings: 1 });
  });
});

describe('the table of codes', () => {
  it.each(Object.entries(FINDING_CODES))(
    '%s has the form area/what and a whole sentence',
    (code, { title }) => {
      expect(code).toMatch(/^[a-z]+\/[a-z\d]+(?:-[a-z\d]+)*$/);
      expect(title).toMatch(/^[A-Z].*\.$/);
    },
  );
});
