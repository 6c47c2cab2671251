import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/finding/finding.ts';
import { githubReport, githubSummary } from '../../lib/finding/report/github.ts';
import { gitlabReport } from '../../lib/finding/report/gitlab.ts';
import { junitReport } from '../../lib/finding/report/junit.ts';
import { sarifReport } from '../../lib/finding/report/sarif.ts';
import { sarifProblems } from './sarif-problems.ts';
import { at, deployment, finding, REPOSITORY, result, ROOT } from './results.ts';

const repository = REPOSITORY;
const { location: _, ...unlocated } = finding({ code: 'environment/empty', severity: 'warning' });

/** One of each kind that reporters have to tell apart. */
const FINDINGS: readonly Finding[] = [
  finding({ hint: 'Do this.' }),
  finding({ ...deployment('other'), location: { ...at(3, 9), utf16Column: 8, certainty: 'near' } }),
  { ...unlocated, path: [] },
  finding({
    code: 'jsonnet/assert',
    location: {
      ...at(9, 1),
      certainty: 'exact',
      related: [
        { file: `${ROOT}/lib/a b.libsonnet`, line: 2, column: 4 },
        { ...at(1, 1), file: '/else/c.libsonnet' },
      ],
    },
  }),
];

const sarif = (findings: readonly Finding[]): Log =>
  sarifReport(result(findings), { repository, version: '0.1.0' }) as Log;

describe('the SARIF report', () => {
  it('is valid, with findings and without', () => {
    expect(sarifProblems(sarif(FINDINGS))).toBeUndefined();
    expect(sarifProblems(sarif([]))).toBeUndefined();
    expect(sarifProblems({ ...sarif([]), version: '2.2.0' })).toContain('version');
  });

  it('gives each result its rule, place and fingerprint', () => {
    const [run] = sarif(FINDINGS).runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([
      'environment/empty',
      'jsonnet/assert',
      'schema/wrong-type',
    ]);
    // What GitHub requires of a rule.
    for (const rule of rules)
      for (const text of [rule.shortDescription, rule.fullDescription, rule.help])
        expect(text?.text).toMatch(/\.$/);
    expect(rules.map((rule) => rule.defaultConfiguration?.level)).toEqual([
      'warning',
      'error',
      'error',
    ]);
    const results = run?.results ?? [];
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    expect(
      new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['tankard/v1'])).size,
    ).toBe(4);
    expect(results[0]).toMatchObject({
      level: 'error',
      message: { text: 'Deployment shop/web: spec.replicas: a message\nDo this.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deploy/environments/x/main.jsonnet', uriBaseId: 'SRCROOT' },
            region: { startLine: 3, startColumn: 7 },
          },
          logicalLocations: [
            { name: 'environments/x' },
            { name: 'Deployment shop/web' },
            { name: 'spec.replicas' },
          ],
        },
      ],
    });
    expect(run?.originalUriBaseIds).toEqual({ SRCROOT: { uri: 'file:///repository/' } });
  });

  it('counts columns in UTF-16 code units, and says when a place is near', () => {
    const [run] = sarif(FINDINGS).runs;
    expect(run?.columnKind).toBe('utf16CodeUnits');
    const near = run?.results?.[1];
    expect(near?.locations?.[0]?.physicalLocation?.region).toEqual({
      startLine: 3,
      startColumn: 8,
    });
    expect(near?.message.text).toContain('a message (near this line)');
    expect(near?.properties).toEqual({ certainty: 'near' });
  });

  it('places what has no location in the entrypoint, since GitHub takes nothing without a line', () => {
    const physical = sarif(FINDINGS).runs[0]?.results?.[2]?.locations?.[0]?.physicalLocation;
    expect(physical?.artifactLocation?.uri).toBe('deploy/environments/x/main.jsonnet');
    expect(physical?.region).toEqual({ startLine: 1 });
  });

  it('names related places, encoded, and those outside of the repository by their whole URI', () => {
    const related = sarif(FINDINGS).runs[0]?.results?.[3]?.relatedLocations ?? [];
    expect(related.map((one) => one.physicalLocation?.artifactLocation)).toEqual([
      { uri: 'deploy/lib/a%20b.libsonnet', uriBaseId: 'SRCROOT' },
      { uri: 'file:///else/c.libsonnet' },
    ]);
  });

  it('says what could not be validated', () => {
    const [run] = sarif([]).runs;
    expect(run?.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'environments/y: tk hangs\nWait.' } },
        ],
      },
    ]);
    const whole = sarifReport({ ...result([]), failures: [] }, { repository, version: '1' }) as Log;
    expect(whole.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(true);
  });
});

describe('the report for GitLab', () => {
  /** GitLab documentation, "Code quality report format". */
  const form = new Ajv({ allErrors: true }).compile({
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', minLength: 1 },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            // Relative to the repository, without ./
            path: { type: 'string', pattern: '^[^./]' },
            lines: {
              type: 'object',
              required: ['begin'],
              properties: { begin: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  });

  it('has the documented form, and no fingerprint twice', () => {
    const issues = gitlabReport(result([...FINDINGS, ...structuredClone(FINDINGS)]), {
      repository,
    }) as {
      fingerprint: string;
      severity: string;
      location: object;
    }[];
    expect(form(issues), JSON.stringify(form.errors)).toBe(true);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(9);
    expect(issues.slice(0, 3).map(({ severity }) => severity)).toEqual(['major', 'major', 'minor']);
    expect(issues.at(-1)).toMatchObject({
      severity: 'critical',
      description: 'environments/y could not be validated: tk hangs',
      location: { path: 'deploy/environments/y/main.jsonnet', lines: { begin: 1 } },
    });
  });
});

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a document in order. Throws when it is not well-formed XML. */
function elements(xml: string): Element[] {
  const parser = new SaxesParser();
  const found: Element[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    const last = found.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.write(xml).close();
  return found;
}

describe('the JUnit report', () => {
  const junit = (findings: readonly Finding[]) =>
    elements(junitReport(result(findings), { repository }));

  it('has a suite an environment and a test an object; warnings do not fail', () => {
    const found = junit([...FINDINGS, finding({ message: 'second', severity: 'warning' })]);
    expect(found.map(({ name }) => name).join(' ')).toBe(
      'testsuites testsuite testcase testcase failure system-out testcase failure testsuite testcase testsuite testcase error',
    );
    expect(found[0]?.attributes).toEqual({
      name: 'tankard',
      tests: '5',
      failures: '2',
      errors: '1',
    });
    expect(found[3]?.attributes).toEqual({
      name: 'Deployment shop/web',
      classname: 'environments/x',
      file: 'deploy/environments/x/main.jsonnet',
      line: '3',
    });
    expect(found[4]?.attributes).toEqual({
      message: 'a message (and 1 more)',
      type: 'schema/wrong-type',
    });
    expect(found[4]?.text).toContain(
      'error  spec.replicas: a message  [schema/wrong-type]\n  at deploy/environments/x/main.jsonnet:3:7\n  Do this.\n\nerror',
    );
    expect(found[5]?.text).toContain('warning  spec.replicas: second');
    expect(found.at(-1)?.text.trimEnd()).toBe('tk hangs\nWait.');
  });

  it('is never an empty suite, and its counts are right when nothing is wrong', () => {
    const found = elements(junitReport({ ...result([]), failures: [] }, { repository }));
    expect(found.map(({ name }) => name)).toEqual([
      'testsuites',
      'testsuite',
      'testcase',
      'testsuite',
      'testcase',
    ]);
    expect(found[0]?.attributes).toMatchObject({ tests: '2', failures: '0', errors: '0' });
  });

  it('is XML whatever is in a message', () => {
    const message = `<a b="c">&amp;]]> 'd'\n\u0000\u001b[31m\ud800 日本 😀\ufffe`;
    const [, , , failure] = junit([finding({ message, hint: message })]).slice(1);
    expect(failure?.text).toContain(`<a b="c">&amp;]]> 'd'\n\ufffd\ufffd[31m\ufffd 日本 😀\ufffd`);
  });
});

describe('the report for GitHub', () => {
  it('has a workflow command for each cause, and a last line', () => {
    const findings = [...FINDINGS.slice(0, 1), finding({ ...deployment('b'), hint: 'Do this.' })];
    expect(githubReport(result(findings), { repository })).toBe(
      [
        '::error file=deploy/environments/y/main.jsonnet,line=1,title=not validated in environments/y::tk hangs%0AWait.',
        '::error file=deploy/environments/x/main.jsonnet,line=3,col=7,title=schema/wrong-type in environments/x::' +
          'Deployment shop/web: spec.replicas: a message%0ADo this.%0Aand in 1 more object: Deployment shop/b',
        '2 environments, 2 manifests: 2 errors, 0 warnings',
      ].join('\n'),
    );
  });

  it('escapes what would end a command or start another', () => {
    const location = { ...at(1, 1), file: `${ROOT}/a,b:c%.jsonnet`, certainty: 'exact' } as const;
    const found = finding({ message: '100%\r\n::error::x', severity: 'warning', location });
    const line = githubReport({ ...result([found]), failures: [] }, { repository }).split('\n')[0];
    expect(line).toBe(
      '::warning file=deploy/a%2Cb%3Ac%25.jsonnet,line=1,col=1,title=schema/wrong-type in environments/x::' +
        'Deployment shop/web: spec.replicas: 100%25%0D%0A::error::x',
    );
  });

  it('has a summary in Markdown that shows texts as they are', () => {
    const found = finding({ message: 'a | b <script> `c` *d*\nsecond [x](y) @team' });
    const summary = githubSummary(result([found]), { repository });
    expect(summary).toContain(
      '2 environments, 2 manifests: 1 error, 0 warnings (Kubernetes 1.37)\n',
    );
    expect(summary).toContain(
      String.raw`| error | deploy/environments/x/main.jsonnet:3 | Deployment shop/web: spec.replicas: a \| b &lt;script> \`c\` \*d\*<br>second \[x\]\(y\) \@team | schema/wrong-type |`,
    );
    expect(summary).toMatch(/^### Tankard\n[\s\S]*\n$/);
  });

  it('keeps the summary below the 1 MiB that GitHub takes', () => {
    const findings = Array.from({ length: 3000 }, (_item, index) =>
      finding({ ...deployment(`d${index}`), message: `${index} ${'x'.repeat(5000)}` }),
    );
    const summary = githubSummary(result(findings), { repository });
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('\n2501 more are in the log.\n');
  });
});
