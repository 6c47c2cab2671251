import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject } from '../tanka/project.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import {
  change,
  commitAll,
  configMap,
  environments,
  git,
  makeRepository,
} from '../workflow/ci/repository.ts';
import { fakeTk, ROOT, tankard, tankardJson } from './tankard.ts';

interface CiJson {
  readonly base?: string;
  readonly environments: readonly { readonly path: string }[];
  readonly files: readonly { readonly code: string; readonly location: object }[];
  readonly steps: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly detail: string;
  }[];
}

/** The rows of the table at the end, without times. */
function rows(stdout: string): string[] {
  const lines = stdout.trimEnd().split('\n');
  const table = lines.slice(lines.findIndex((line) => line.startsWith('step ')) + 1);
  return table.map((line) => line.replace(/ +[\d.]+ s +/, ' | ').replace(/ {2,}/g, ' | '));
}

const CLEAN = environments({ a: configMap("'1'"), b: configMap("'2'") });

describe('a project with nothing to generate and to import', () => {
  const expected = [
    'generate | nothing to check | tankard.yaml has no generate',
    'import | nothing to check | tankard.yaml has no imports',
    'format | passed | 2 files',
    'lint | passed | 2 files',
    'validate | passed | all 2 environments: no --range was given; 2 manifests',
    'export | nothing to check | tankard.yaml has no export.output',
  ];

  test.each([
    ['without git', async (): Promise<string> => makeProject(CLEAN)],
    [
      'in a repository without a commit',
      async (): Promise<string> => {
        const root = await makeProject(CLEAN);
        await git(root, 'init', '--quiet');
        return root;
      },
    ],
    ['in a repository', async (): Promise<string> => makeRepository(CLEAN)],
  ])('%s passes', async (_, make) => {
    const { exitCode, stdout, stderr } = await tankard(['ci'], { cwd: await make() });
    expect(stdout).toContain('2 environments, 2 manifests: 0 errors, 0 warnings\n');
    expect(rows(stdout)).toEqual(expected);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });
});

describe('what is found', () => {
  test('every step is done, although each one before it found something', async () => {
    const wrong = configMap('1').replaceAll('    ', '   ');
    const cwd = await makeRepository({
      ...environments({ a: `local unused = 1;\n${wrong}`, b: '{ b: ' }),
      'tankard.yaml':
        'generate: { declarations: declarations, jsonnet: gen }\nimports: { x: crd:crds }\n',
      'declarations/.keep': '',
    });
    const { exitCode, stdout, stderr } = await tankard(['ci'], { cwd });
    expect(stdout).toContain('error  tk fmt writes this file otherwise');
    expect(stdout).toContain('at environments/a/main.jsonnet:4:4');
    expect(stdout).toContain('error  Unexpected end of file  [jsonnet/syntax]');
    const outcomes = rows(stdout).map((row) => row.split(' | ').slice(0, 2));
    expect(outcomes.slice(0, 5)).toEqual([
      ['generate', 'failed'],
      ['import', 'failed'],
      ['format', '2 errors'],
      ['lint', 'failed'],
      ['validate', 'failed'],
    ]);
    expect(stderr.match(/which tankard.lock does not pin/g)).toHaveLength(1);
    expect(exitCode).toBe(2);
  });

  test('stale generated files and findings are one exit code, the more serious', async () => {
    const declaration = await readFile(path.join(ROOT, 'lib/schemas/pull-secret.json'), 'utf8');
    const files = {
      'tankard.yaml': 'generate: { declarations: declarations, jsonnet: gen }\n',
      'declarations/shared/metadata.json': await readFile(
        path.join(ROOT, 'lib/schemas/shared/metadata.json'),
        'utf8',
      ),
      'declarations/pull-secret.json': declaration,
    };
    const stale = await makeRepository({ ...files, ...environments({ a: configMap("'1'") }) });
    const first = await tankard(['ci'], { cwd: stale });
    expect(rows(first.stdout)[0]).toMatch(
      /^generate \| stale \| \d+ of \d+ generated files are stale/,
    );
    expect(first.stderr).toContain('Run `tankard generate`');
    expect(first.exitCode).toBe(16);
    await change(stale, environments({ a: configMap('1') }));
    expect((await tankard(['ci'], { cwd: stale })).exitCode).toBe(1);
  });

  test('a comment accepts what lint finds, tankard.yaml sets severities', async () => {
    const main = `local unused = 1;  // tankard-accept jsonnet/lint: kept for later\n${configMap("'1'")}`;
    const cwd = await makeProject(environments({ a: main.replace('{ x:', '{x:') }));
    expect((await tankard(['ci'], { cwd })).exitCode).toBe(1);
    await change(cwd, { 'tankard.yaml': 'rules: [{rule: jsonnet/format, severity: warning}]\n' });
    const { exitCode, stdout } = await tankard(['ci'], { cwd });
    expect(rows(stdout).slice(2, 4)).toEqual([
      'format | 1 warning | 1 file',
      'lint | passed | 1 file',
    ]);
    expect(exitCode).toBe(0);
    await change(cwd, {
      'tankard.yaml':
        'rules: [{rule: jsonnet/format, severity: "off"}, {rule: jsonnet/lint, severity: error}]\n',
      'environments/a/main.jsonnet': `local unused = 1;\n${configMap("'1'")}`,
    });
    const lint = await tankard(['ci'], { cwd });
    expect(rows(lint.stdout).slice(2, 4)).toEqual([
      'format | passed | 1 file',
      'lint | 1 error | 1 file',
    ]);
    expect(lint.exitCode).toBe(1);
  });

  test('libraries, hidden folders, generated and ignored files are not looked at', async () => {
    const cwd = await makeRepository({
      ...environments({ a: configMap("'1'") }),
      'vendor/x.libsonnet': '{x:1}',
      'node_modules/x.libsonnet': '{x:1}',
      '.hidden/x.libsonnet': '{x:1}',
      'lib/generated.libsonnet': '// Code generated by tankard from a. DO NOT EDIT.\n{x:1}',
      '.gitignore': 'out/\n',
      'out/x.libsonnet': '{x:1}',
      'lib/own.libsonnet': '{x:1}',
    });
    const { json } = await tankardJson<CiJson>(['ci'], { cwd });
    expect(json.files).toMatchObject([
      { code: 'jsonnet/format', location: { file: 'lib/own.libsonnet', line: 1, column: 2 } },
    ]);
  });

  test('an environment that tk does not end with is told, with the findings of the others', async () => {
    const cwd = await makeProject({ ...CLEAN, 'tankard.yaml': 'timeoutSeconds: 2\n' });
    await change(cwd, environments({ a: configMap('1') }));
    const env = await fakeTk(
      'case "$*" in *show*environments/b*) exec sleep 60;; esac',
      `exec '${toolPin('tk').path}' "$@"`,
    );
    const { exitCode, stdout, stderr } = await tankard(['ci'], { cwd, env });
    expect(stdout).toContain('data.x: ');
    expect(rows(stdout)[4]).toMatch(/^validate \| failed; 1 error \| environments\/b: /);
    expect(stderr.match(/did not end within 2 s/g)).toHaveLength(1);
    expect(exitCode).toBe(3);
  });
});

describe('a range', () => {
  const FILES = {
    ...environments({
      a: "(import 'shared.libsonnet')\n",
      b: configMap("'2'"),
      c: "(import 'shared.libsonnet')\n",
    }),
    'lib/shared.libsonnet': configMap("'1'"),
    'lib/old.libsonnet': '{x:1}\n',
  };

  async function checked(cwd: string): Promise<{ validated: string[]; steps: CiJson['steps'] }> {
    const { json } = await tankardJson<CiJson>(['ci', '--range', 'main...HEAD'], { cwd });
    return { validated: json.environments.map((one) => one.path), steps: json.steps };
  }

  test.each([
    ['a shared file', { 'lib/shared.libsonnet': configMap("'9'") }, ['a', 'c']],
    ['one environment', environments({ b: configMap("'9'") }), ['b']],
    ['a new environment', environments({ d: configMap("'9'") }), ['d']],
    ['what nobody reads', { 'README.md': 'x' }, []],
    ['tankard.yaml', { 'tankard.yaml': 'kubernetes: "1.36"\n' }, ['a', 'b', 'c']],
    ['vendor', { 'vendor/x/main.libsonnet': '{}' }, ['a', 'b', 'c']],
    ['jsonnetfile.lock.json', { 'jsonnetfile.lock.json': '{}' }, ['a', 'b', 'c']],
  ])('that changes %s validates what depends on it', async (_, files, expected) => {
    const cwd = await makeRepository(FILES);
    await git(cwd, 'checkout', '--quiet', '-b', 'work');
    await change(cwd, files);
    await commitAll(cwd);
    const { validated, steps } = await checked(cwd);
    expect(validated).toEqual(expected.map((name) => `environments/${name}`));
    const total = files['environments/d/main.jsonnet' as keyof typeof files] === undefined ? 3 : 4;
    expect(steps[4]?.detail).toMatch(
      expected.length === total
        ? /^all 3 environments: main\.\.\.HEAD changed /
        : new RegExp(`^${expected.length} of ${total} environments depend on `),
    );
  });

  test('looks at the format of the files that it changed', async () => {
    const cwd = await makeRepository(FILES);
    await change(cwd, { 'lib/shared.libsonnet': configMap("'9'"), 'lib/new.libsonnet': '{x:1}\n' });
    const { json, exitCode } = await tankardJson<CiJson>(['ci', '--range', 'HEAD'], { cwd });
    expect(json.files).toMatchObject([{ location: { file: 'lib/new.libsonnet' } }]);
    expect(json.steps[2]?.detail).toBe('2 files that HEAD changed');
    expect(exitCode).toBe(1);
  });

  test('that git does not know ends the command, with nothing checked', async () => {
    const { exitCode, stdout, stderr } = await tankard(['ci', '--range', 'nowhere...HEAD'], {
      cwd: await makeRepository(FILES),
    });
    expect(stdout).toBe('');
    expect(stderr).toContain('git does not know "nowhere"');
    expect(exitCode).toBe(2);
  });
});

describe('the export in the repository', () => {
  const FILES = {
    ...environments({ a: configMap("'1'"), b: configMap("'2'") }),
    'tankard.yaml': 'export: { output: deploy, flux: { path: deploy } }\n',
  };
  const exportRow = async (cwd: string, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await tankard(['ci', ...args], { cwd });
    return { exitCode, row: rows(stdout)[5], stdout, stderr };
  };

  test('is held to how tankard.yaml says that it is made, all of it, also with a range', async () => {
    const cwd = await makeRepository(FILES);
    const missing = await exportRow(cwd);
    expect(missing.row).toMatch(/^export \| stale \| \d+ files of deploy would change, such as /);
    expect(missing.stderr).toContain('Run `tankard export`, and commit what it writes.');
    expect(missing.exitCode).toBe(16);
    // What ci did not find written, it has not written.
    await expect(readdir(path.join(cwd, 'deploy'))).rejects.toThrow('ENOENT');

    expect((await tankard(['export'], { cwd: path.join(cwd, 'environments') })).exitCode).toBe(0);
    expect(await readdir(path.join(cwd, 'deploy'))).toContain('flux');
    const whole = await exportRow(cwd);
    expect(whole).toMatchObject({
      exitCode: 0,
      row: 'export | passed | 2 environments in deploy',
    });
    await commitAll(cwd);

    const settings = (await readdir(path.join(cwd, 'deploy'), { recursive: true })).find(
      (name) => name.startsWith('environments/b/') && name.endsWith('.yaml'),
    );
    await change(cwd, { [`deploy/${settings}`]: 'edited: by hand\n' });
    const edited = await exportRow(cwd, '--range', 'HEAD');
    expect(edited.row).toBe(`export | stale | 1 file of deploy would change, such as ${settings}`);
    expect(edited.exitCode).toBe(16);
  });

  test('that is of another folder is named to it', async () => {
    const cwd = await makeRepository({ ...FILES, 'tankard.yaml': '{}\n' });
    expect((await exportRow(cwd)).row).toBe(
      'export | nothing to check | tankard.yaml has no export.output',
    );
    await tankard(['export', 'out'], { cwd });
    expect(await exportRow(cwd, '--export', 'out')).toMatchObject({
      exitCode: 0,
      row: 'export | passed | 2 environments in out',
    });
    await change(cwd, environments({ a: configMap("'9'") }));
    expect((await exportRow(cwd, '--export', 'out')).exitCode).toBe(16);
  });

  test('is not compared when an environment has errors, which are told although the range left it out', async () => {
    const cwd = await makeRepository({ ...FILES, ...environments({ a: configMap('1') }) });
    await change(cwd, environments({ b: configMap("'9'") }));
    const { row, stdout, exitCode } = await exportRow(cwd, '--range', 'HEAD');
    expect(row).toBe('export | 1 error | not compared: 1 environment with errors');
    expect(stdout).toContain('at environments/a/main.jsonnet:6:');
    expect(exitCode).toBe(1);
  });

  test('must not have values of Secrets, unless tankard.yaml says so', async () => {
    const secret =
      "{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { x: 'hunter' } } }\n";
    const cwd = await makeRepository({ ...FILES, ...environments({ a: secret }) });
    const refused = await exportRow(cwd);
    expect(refused.row).toMatch(/^export \| failed \| environments\/a: Secret /);
    expect(refused.stderr.match(/write the values into Git/g)).toHaveLength(1);
    expect(refused.exitCode).toBe(2);
    await change(cwd, { 'tankard.yaml': 'export: { output: deploy, includeSecrets: true }\n' });
    expect((await tankard(['export'], { cwd })).exitCode).toBe(0);
    expect((await exportRow(cwd)).row).toBe('export | passed | 2 environments in deploy');
  });

  test.each([
    [['export'], 'Such as tankard export deploy'],
    [['export', '--merge'], 'Such as tankard export --merge'],
    [['export', '--shard', '1/2'], 'Such as tankard export shard-1'],
  ])('%j has no folder', async (args, hint) => {
    const files = args.includes('--shard') ? FILES : CLEAN;
    const { exitCode, stderr } = await tankard(args, { cwd: await makeProject(files) });
    expect(stderr).toContain(`the folder of the export is missing\n${hint}`);
    expect(exitCode).toBe(2);
  });
});

describe('reports', () => {
  test('are written beside what is printed, all with file, line and column', async () => {
    const cwd = await makeRepository(
      environments({ a: `local unused = 1;\n${configMap('1').replace('{ x', '{x')}` }),
    );
    const folder = await temporaryDirectory();
    const formats = ['text', 'json', 'sarif', 'junit', 'gitlab'];
    const reports = formats.flatMap((one) => ['--report', `${one}=${path.join(folder, one)}`]);
    const summary = path.join(folder, 'summary.md');
    const { exitCode, stdout } = await tankard(['ci', '--format', 'github', ...reports], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('::warning file=environments/a/main.jsonnet,line=1,col=7,');
    expect(stdout).toContain('::error file=environments/a/main.jsonnet,line=7,col=12,');
    for (const format of formats)
      expect(await readFile(path.join(folder, format), 'utf8'), format).toContain('jsonnet/lint');
    expect(await readFile(summary, 'utf8')).toContain('| lint | 1 warning | <code>1 file</code> |');
  });

  test.each([
    ['sarif', '"executionSuccessful": false'],
    ['junit', '<testcase name="import" classname="tankard ci"'],
    ['gitlab', '"check_name": "failure/stale"'],
    ['github', '::error file=tankard.yaml,line=1,title=import in tankard ci::'],
  ])('%s has a step that is stale', async (format, expected) => {
    const cwd = await makeRepository({ ...CLEAN, 'tankard.yaml': 'imports: { x: crd:crds }\n' });
    await change(cwd, { 'crds/.keep': '' });
    const { stdout } = await tankard(['ci', '--format', format], { cwd });
    expect(stdout).toContain(expected);
  });

  test.each([
    [['--report', 'pdf=x'], '--report pdf=x is not FORMAT=FILE'],
    [['--report', 'sarif'], '--report sarif is not FORMAT=FILE'],
    [['--markdown', 'x.md'], 'no range was given'],
    [['environments/a'], 'too many arguments'],
  ])('%j is refused', async (args, message) => {
    const { exitCode, stderr } = await tankard(['ci', ...args], { cwd: await makeProject(CLEAN) });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
