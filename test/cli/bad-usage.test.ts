import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, makeProject } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { projectWith, tankard } from './tankard.ts';

const CLEAN = `{ a: ${CONFIG_MAP} }`;

/** Runs in a project with one clean environment, and expects exit code 2 and nothing on stdout. */
async function refused(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const cwd = await projectWith(CLEAN, files);
  const { exitCode, stdout, stderr } = await tankard(args, { cwd });
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  return stderr.replaceAll(cwd, 'ROOT');
}

describe('wrong arguments', () => {
  it.each([
    [
      'a command that does not exist',
      ['valdate'],
      "unknown command 'valdate'\n(Did you mean validate?)",
    ],
    [
      'a flag that does not exist',
      ['validate', '--kubernets', '1.37'],
      "unknown option '--kubernets'\n(Did you mean --kubernetes?)",
    ],
    [
      'a flag with a letter wrong before apply',
      ['apply', 'x', '--dry-rnu=server'],
      "unknown option '--dry-rnu=server'",
    ],
    [
      'a value that is not among the choices',
      ['validate', '--format', 'xml'],
      'Allowed choices are text, json, sarif, junit, github, gitlab.',
    ],
    [
      "tk's --dry-run=none, which would apply without a question",
      ['apply', 'x', '--dry-run', 'none'],
      'Allowed choices are server, client.',
    ],
    ['show without an environment', ['show'], "missing required argument 'environments'"],
    ['apply without an environment', ['apply'], "missing required argument 'environments'"],
    ['no command', [], 'Usage: tankard'],
    ['env without a command', ['env'], 'Usage: tankard env'],
    [
      'a target that is no regular expression',
      ['show', 'environments/x', '-t', '('],
      'a target (-t) is not a regular expression: missing closing )',
    ],
    [
      'an external variable without a value',
      ['show', 'environments/x', '--ext-code', 'a'],
      'Write --ext-code NAME=VALUE.',
    ],
    [
      'a Kubernetes version that is not known',
      ['validate', '--kubernetes', '1.9'],
      'there are no schemas for Kubernetes "1.9"\nKnown versions: 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37.',
    ],
  ])('%s', async (_, args, message) => {
    expect(await refused(args)).toContain(message);
  });

  it('--help and --version are no mistakes', async () => {
    for (const args of [['--help'], ['validate', '--help'], ['--version']])
      expect(await tankard(args)).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('an environment that does not exist', () => {
  it.each([
    ['environments/y', 'environments/y does not exist', 'Did you mean environments/x?'],
    ['environments/X', 'environments/X does not exist', 'Did you mean environments/x?'],
    ['x', 'x does not exist', 'Did you mean environments/x?'],
    ['elsewhere', 'elsewhere does not exist', 'There are: environments/x.'],
    ['libs', 'libs has no main.jsonnet', 'There are: environments/x.'],
    [
      'environments/x/main.jsonnet/y',
      'environments/x/main.jsonnet/y does not exist',
      'Did you mean environments/x?',
    ],
    ['/', '/ is outside the project ROOT', 'Run tankard in the project'],
  ])('%s', async (name, message, hint) => {
    for (const command of ['show', 'validate', 'apply']) {
      const stderr = await refused([command, name]);
      expect(stderr).toContain(message);
      expect(stderr).toContain(hint);
    }
  });

  it('validate in a project without environments says so: nothing is not clean', async () => {
    const cwd = await makeProject({});
    const { exitCode, stderr } = await tankard(['validate'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`no environments in ${path.join(cwd, 'environments')}`);
    expect((await tankard(['env', 'list'], { cwd })).exitCode).toBe(0);
  });
});

it.each([['show', 'x'], ['validate'], ['apply', 'x'], ['env', 'list'], ['generate']])(
  'outside a project: %s %s',
  async (...args) => {
    const cwd = await temporaryDirectory();
    const { exitCode, stderr } = await tankard(args, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`no Tanka project at or above ${cwd}`);
    expect(stderr).toContain('`jb init` or `tk init`');
  },
);

describe('a wrong tankard.yaml', () => {
  it.each([
    ['is no YAML', 'a: [', /ROOT\/tankard\.yaml is not YAML: .*\(\d+:\d+\)/],
    ['is a list', '- a', /ROOT\/tankard\.yaml: the file must be an object, got a list/],
    [
      'has an unknown key',
      'kubernets: "1.37"',
      /unknown key "kubernets" \(did you mean kubernetes\?\)/,
    ],
    [
      'has a version that YAML reads as a number',
      'kubernetes: 1.37',
      /kubernetes must be a string in quotes, such as '1\.36', got the number 1\.37/,
    ],
    [
      'has a version that is not known',
      'kubernetes: "1.2"',
      /no schemas for Kubernetes "1\.2"\nKnown versions: /,
    ],
    ['has a time limit of 0', 'timeoutSeconds: 0', /timeoutSeconds must be an integer from 1 to/],
    [
      'allows a kind that is no kind',
      'unknownKinds: [widget]',
      /unknownKinds\[0\] must be APIVERSION\/KIND, .*, got "widget"/,
    ],
    [
      'names a folder outside the project',
      'environments: ../..',
      /environments must be a folder inside the project, got "\.\.\/\.\."/,
    ],
    [
      'names a folder that does not exist',
      'environments: envs',
      /cannot list environments in envs: there is no such directory/,
    ],
  ])('that %s', async (_, text, message) => {
    expect(await refused(['validate'], { 'tankard.yaml': text })).toMatch(message);
  });

  it('an empty one, or one of comments, sets nothing', async () => {
    for (const text of ['', '# nothing\n\n  # yet\n']) {
      const cwd = await projectWith(CLEAN, { 'tankard.yaml': text });
      expect((await tankard(['validate'], { cwd })).exitCode).toBe(0);
    }
  });
});

describe('a wrong jsonnetfile.json', () => {
  it('that is no JSON', async () => {
    expect(await refused(['validate'], { 'jsonnetfile.json': '{' })).toContain(
      'cannot read ROOT/jsonnetfile.json: ',
    );
  });

  it.each([
    '{ "dependencies": 1 }',
    '{ "dependencies": [null] }',
    '{ "dependencies": [{ "source": { "local": {} } }] }',
    '{ "dependencies": [{ "source": { "git": {} } }] }',
  ])('that has another form: %s', async (text) => {
    expect(await refused(['validate'], { 'jsonnetfile.json': text })).toContain(
      'cannot read ROOT/jsonnetfile.json: dependencies is not a list of objects with a source\n',
    );
  });

  it('that names a local library which does not exist', async () => {
    const dependencies = [{ source: { local: { directory: 'libs/absent' } }, version: '' }];
    const stderr = await refused(['validate'], {
      'jsonnetfile.json': JSON.stringify({ version: 1, dependencies }),
    });
    expect(stderr).toContain(
      'names the local library libs/absent, but ROOT/libs/absent is not a directory',
    );
  });

  it('that names a library from git which was not installed', async () => {
    const git = { remote: 'https://github.com/example/lib.git', subdir: 'x' };
    const stderr = await refused(['validate'], {
      'jsonnetfile.json': JSON.stringify({
        version: 1,
        dependencies: [{ source: { git }, version: 'main' }],
      }),
    });
    expect(stderr).toContain('not in vendor/: github.com/example/lib/x\nRun `jb install` in ROOT.');
  });
});

it('a file where vendor/ should be: one message that names it', async () => {
  const cwd = await projectWith(CLEAN);
  await rm(path.join(cwd, 'vendor'), { recursive: true });
  await writeFile(path.join(cwd, 'vendor'), '');
  const { exitCode, stderr } = await tankard(['validate'], { cwd });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/`jb install` in .* failed:/);
});

it('a link to nowhere in the place of main.jsonnet', async () => {
  const cwd = await projectWith(CLEAN);
  await mkdir(path.join(cwd, 'environments/y'));
  await symlink('nowhere', path.join(cwd, 'environments/y/main.jsonnet'));
  const { exitCode, stderr } = await tankard(['validate', 'environments/y'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('environments/y has no main.jsonnet');
});
