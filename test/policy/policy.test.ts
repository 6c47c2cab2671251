import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectWith, tankard, tankardJson } from '../cli/tankard.ts';

interface Report {
  environments: {
    findings: { code: string; severity: string; location?: { line: number } }[];
    accepted: { code: string; acceptance: { by: string; reason?: string } }[];
  }[];
}

/** Two mistakes: a ServiceAccount that nothing renders, at line 8, and a misspelt field, at line 9. */
function pod(options: { annotations?: object; comment?: string; above?: string } = {}): string {
  return [
    '{',
    '  pod: {',
    "    apiVersion: 'v1',",
    "    kind: 'Pod',",
    `    metadata: { name: 'a', annotations: ${JSON.stringify(options.annotations ?? {})} },`,
    '    spec: {',
    `      ${options.above ?? ''}`,
    `      serviceAccountName: 'a', ${options.comment ?? ''}`,
    '      hostNetwrk: true,',
    "      containers: [{ name: 'a', image: 'example.com/a' }],",
    '    },',
    '  },',
    '}',
  ].join('\n');
}

const MISSING = 'identity/service-account-missing';

async function findings(root: string, args: readonly string[] = []) {
  const { json, exitCode, stderr } = await tankardJson<Report>(['validate', ...args], {
    cwd: root,
  });
  const [environment] = json.environments;
  return {
    exitCode,
    stderr,
    found: environment?.findings.map(({ code, severity }) => `${severity} ${code}`) ?? [],
    accepted: environment?.accepted.map(({ code, acceptance }) => ({ code, ...acceptance })) ?? [],
  };
}

describe('severities in tankard.yaml', () => {
  const settings: readonly [string, string, readonly string[], number][] = [
    ['none', '', ['error schema/unknown-field', `warning ${MISSING}`], 1],
    ['a rule off', `{rule: ${MISSING}, severity: "off"}`, ['error schema/unknown-field'], 1],
    ['an area off', '{rule: schema/*, severity: "off"}', [`warning ${MISSING}`], 0],
    [
      'a rule raised',
      `{rule: ${MISSING}, severity: error}`,
      ['error schema/unknown-field', `error ${MISSING}`],
      1,
    ],
    [
      'the last one counts',
      '{rule: schema/*, severity: "off"}, {rule: schema/unknown-field, severity: warning}',
      ['warning schema/unknown-field', `warning ${MISSING}`],
      0,
    ],
    [
      'another environment',
      '{rule: schema/*, severity: "off", environments: [environments/y]}',
      ['error schema/unknown-field', `warning ${MISSING}`],
      1,
    ],
    [
      'a folder of environments',
      '{rule: schema/*, severity: "off", environments: [environments/**]}',
      [`warning ${MISSING}`],
      0,
    ],
    [
      'another kind',
      '{rule: schema/*, severity: "off", kinds: [Service]}',
      ['error schema/unknown-field', `warning ${MISSING}`],
      1,
    ],
    [
      'the namespace',
      '{rule: schema/*, severity: "off", namespaces: [default]}',
      [`warning ${MISSING}`],
      0,
    ],
  ];

  it.each(settings)('%s', async (_, rules, expected, exitCode) => {
    const root = await projectWith(pod(), { 'tankard.yaml': `rules: [${rules}]\n` });
    const result = await findings(root);
    expect(result.found).toEqual(expected);
    expect(result.exitCode).toBe(exitCode);
  });

  it('takes the rules about the text of files, which other commands than ci do not look for', async () => {
    const root = await projectWith(
      '// tankard-accept jsonnet/lint: kept\n{ a: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } } }',
      {
        'tankard.yaml': 'rules: [{rule: jsonnet/format, severity: warning}]\n',
      },
    );
    expect(await findings(root)).toMatchObject({ found: [], exitCode: 0 });
  });

  it.each([
    ['schema/unknown-feild', 'did you mean schema/unknown-field?'],
    ['colours/*', 'is no area of rules'],
    ['jsonnet/assert', 'cannot be turned off'],
    ['environment/*', 'cannot be turned off'],
  ])('refuses %s', async (rule, message) => {
    const root = await projectWith(pod(), {
      'tankard.yaml': `rules: [{rule: ${rule}, severity: "off"}]\n`,
    });
    const { exitCode, stderr } = await tankard(['validate'], { cwd: root });
    expect(stderr).toContain(`tankard.yaml: rules[0].rule: "${rule}"`);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

describe('an acceptance', () => {
  it('in an annotation of the object leaves the finding out, with its reason in the report', async () => {
    const annotations = { 'accept.tankard.dev/schema.unknown-field': 'read by our own controller' };
    const { found, accepted, exitCode } = await findings(await projectWith(pod({ annotations })));
    expect(found).toEqual([`warning ${MISSING}`]);
    expect(accepted).toEqual([
      { code: 'schema/unknown-field', by: 'annotation', reason: 'read by our own controller' },
    ]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['at the end of the line', { comment: `// tankard-accept ${MISSING}: made by Terraform` }],
    ['above the line', { above: `# tankard-accept ${MISSING}: made by Terraform` }],
    ['in a block', { above: `/* tankard-accept ${MISSING}: made by Terraform */` }],
    ['in a longer block', { above: `/*\n * tankard-accept ${MISSING}: made by Terraform\n */` }],
    ['with a colon too many', { above: `// tankard-accept: ${MISSING}: made by Terraform` }],
  ])('in a comment %s leaves the finding out', async (_, options) => {
    const { found, accepted } = await findings(await projectWith(pod(options)));
    expect(found).toEqual(['error schema/unknown-field']);
    expect(accepted).toEqual([{ code: MISSING, by: 'comment', reason: 'made by Terraform' }]);
  });

  it.each([
    ['without a reason', `// tankard-accept ${MISSING}`, 'error acceptance/no-reason'],
    [
      'without a colon',
      `// tankard-accept ${MISSING} made by Terraform`,
      'error acceptance/no-reason',
    ],
    [
      'of two rules',
      `// tankard-accept ${MISSING}, schema/unknown-field: why`,
      'error acceptance/no-reason',
    ],
    [
      'of an unknown rule',
      '// tankard-accept identity/misssing: why',
      'error acceptance/unknown-rule',
    ],
    [
      'of what is not found',
      '// tankard-accept schema/wrong-type: why',
      'warning acceptance/unused',
    ],
    [
      'of what cannot be accepted',
      '// tankard-accept jsonnet/assert: why',
      'error acceptance/unknown-rule',
    ],
  ])('in a comment %s is reported, and accepts nothing', async (_, comment, expected) => {
    const { found, accepted } = await findings(await projectWith(pod({ comment })));
    expect(found).toEqual(['error schema/unknown-field', `warning ${MISSING}`, expected]);
    expect(accepted).toEqual([]);
  });

  it.each([
    ['without a reason', { 'schema.unknown-field': ' ' }, 'error acceptance/no-reason'],
    ['of an unknown rule', { 'schema.unknown': 'why' }, 'error acceptance/unknown-rule'],
    ['of what is not found', { 'schema.wrong-type': 'why' }, 'warning acceptance/unused'],
  ])('in an annotation %s is reported, and accepts nothing', async (_, keys, expected) => {
    const annotations = Object.fromEntries(
      Object.entries(keys).map(([key, why]) => [`accept.tankard.dev/${key}`, why]),
    );
    const { found } = await findings(await projectWith(pod({ annotations })));
    expect(found).toEqual(['error schema/unknown-field', `warning ${MISSING}`, expected]);
  });

  it('is not called unused when only some manifests are checked, or nothing was rendered', async () => {
    const comment = '// tankard-accept schema/wrong-type: why';
    const some = await findings(await projectWith(pod({ comment })), [
      '-t',
      'Pod/.*',
      'environments/x',
    ]);
    expect(some.found).toEqual(['error schema/unknown-field']);
    const none = await findings(await projectWith(`local x = 1; ${comment}\nerror 'no'`));
    expect(none.found).toEqual(['error jsonnet/evaluation']);
  });
});

describe('a baseline', () => {
  it('leaves out what it has, and only that', async () => {
    const root = await projectWith(pod());
    const made = await findings(root, ['--baseline', 'base.json', '--update-baseline']);
    expect(made).toMatchObject({ found: [], exitCode: 0 });
    expect(made.accepted.map(({ by }) => by)).toEqual(['baseline', 'baseline']);
    const text = await readFile(path.join(root, 'base.json'), 'utf8');
    expect(text).toContain('"path": "spec.hostNetwrk"');

    const main = path.join(root, 'environments/x/main.jsonnet');
    await writeFile(main, `// one line more\n${pod().replace('image', 'imag')}`);
    const moved = await findings(root, ['--baseline', 'base.json']);
    expect(moved.found).toEqual(['error schema/unknown-field']);
    expect(moved.exitCode).toBe(1);
  });

  it('says what of it is gone', async () => {
    const root = await projectWith(pod());
    await findings(root, ['--baseline', 'base.json', '--update-baseline']);
    await writeFile(
      path.join(root, 'environments/x/main.jsonnet'),
      pod().replace('Netwrk', 'Network'),
    );
    const { stderr, found } = await findings(root, ['--baseline', 'base.json']);
    expect(found).toEqual([]);
    expect(stderr).toContain('1 of the findings in the baseline are gone');
  });

  it.each([
    ['no file', ['--baseline', 'none.json'], 'cannot read the baseline'],
    ['another file', ['--baseline', 'jsonnetfile.json'], 'is no baseline of findings'],
    ['an update of nothing', ['--update-baseline'], '--update-baseline needs --baseline FILE'],
    [
      'an update of one environment',
      ['environments/x', '--update-baseline', '--baseline', 'b'],
      'needs all environments',
    ],
  ])('%s is refused', async (_, args, message) => {
    const root = await projectWith(pod());
    const { stderr, exitCode } = await tankard(['validate', ...args], { cwd: root });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('is not written over when an environment cannot be rendered', async () => {
    const root = await projectWith(pod());
    await findings(root, ['--baseline', 'base.json', '--update-baseline']);
    const before = await readFile(path.join(root, 'base.json'), 'utf8');
    await writeFile(path.join(root, 'environments/x/main.jsonnet'), '{');
    const { exitCode } = await tankard(
      ['validate', '--baseline', 'base.json', '--update-baseline'],
      { cwd: root },
    );
    expect(exitCode).toBe(2);
    expect(await readFile(path.join(root, 'base.json'), 'utf8')).toBe(before);
  });
});
