import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { fakeTk, projectWith, tankard, type RunOptions } from './tankard.ts';

beforeAll(() => ensureTool('tk'));

const CLEAN = `{ a: ${CONFIG_MAP} }`;

/** Validates and shows an environment, and expects both to end with exit code 3 and nothing on stdout. */
async function stopped(
  env: RunOptions['env'] = {},
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const cwd = await projectWith(CLEAN, files);
  const shown = await tankard(['show', 'environments/x'], { cwd, env });
  const validated = await tankard(['validate', 'environments/x'], { cwd, env });
  expect([shown.exitCode, shown.stdout, validated.exitCode, validated.stdout]).toEqual([
    3,
    '',
    3,
    '',
  ]);
  expect(shown.stderr).toBe(validated.stderr);
  return validated.stderr;
}

describe('a tk that', () => {
  it('hangs is stopped after the time that tankard.yaml gives it', async () => {
    const started = Date.now();
    const stderr = await stopped(await fakeTk('sleep 60'), {
      'tankard.yaml': 'timeoutSeconds: 1\n',
    });
    expect(stderr).toBe(
      'tankard: rendering environments/x: tk did not end within 1 s and was stopped\n' +
        'Look for a recursion without end in the Jsonnet, or raise the time limit.\n',
    );
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('is killed', async () => {
    const stderr = await stopped(await fakeTk('echo half', 'kill -KILL $$'));
    expect(stderr).toContain('tankard: rendering environments/x: tk was ended by SIGKILL\n');
    expect(stderr).toContain('ran out of memory');
  });

  it('fails and prints nothing', async () => {
    const stderr = await stopped(await fakeTk('exit 1'));
    expect(stderr).toContain('tk ended with exit code 1 and printed nothing\nRun `tankard doctor`');
  });

  it('fails and prints what nobody knows: it is shown as it came', async () => {
    const stderr = await stopped(await fakeTk('echo "panic: oh" >&2', 'exit 2'));
    expect(stderr).toContain('tk ended with exit code 2:\n  panic: oh\n');
  });

  it('ends well and prints nothing: a warning, never "clean"', async () => {
    const cwd = await projectWith(CLEAN);
    const { exitCode, stdout } = await tankard(['validate', 'environments/x'], {
      cwd,
      env: await fakeTk('exit 0'),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('warning  the environment renders no manifests');
  });

  it.each([
    ['no YAML', 'echo "a: [b"', /the output of tk is not YAML: .* at line \d/],
    ['text', 'echo text', /the output of tk has no object as document 1/],
  ])('prints %s', async (_, line, message) => {
    const cwd = await projectWith(CLEAN);
    const { exitCode, stderr } = await tankard(['validate', 'environments/x'], {
      cwd,
      env: await fakeTk(line),
    });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(message);
  });

  it('has another version', async () => {
    const tk = await fakeProgram(await temporaryDirectory(), 'tk', 'echo "tk version v0.20.0"');
    const stderr = await stopped({ TANKARD_TK: tk });
    expect(stderr).toContain(`TANKARD_TK names ${tk}, which is tk v0.20.0; v0.38.x is wanted`);
  });

  it('is not where TANKARD_TK says', async () => {
    const stderr = await stopped({ TANKARD_TK: '/nowhere/tk' });
    expect(stderr).toContain('TANKARD_TK names /nowhere/tk, which is not an executable file\n');
  });

  it('is not where tankard.yaml says', async () => {
    const stderr = await stopped({}, { 'tankard.yaml': 'tk: bin/tk\n' });
    expect(stderr).toMatch(/tankard\.yaml names \/.*\/bin\/tk, which is not an executable file\n/);
  });

  it('is no program', async () => {
    const stderr = await stopped({}, { 'tankard.yaml': 'tk: jsonnetfile.json\n' });
    expect(stderr).toContain('which is not an executable file');
  });
});

it.each(['', 'text', '{}', '[1]', '[{ "metadata": {} }]'])(
  'a tk env list that prints %j instead of a list',
  async (printed) => {
    const cwd = await projectWith('{}');
    await rm(path.join(cwd, 'environments/x/spec.json'));
    const env = await fakeTk(`echo '${printed}'`);
    const { exitCode, stderr } = await tankard(['env', 'list'], { cwd, env });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('listing environments/x: tk env list printed no list of environments');
  },
);

it('one environment of several at which tk hangs: the others are reported, and the exit code is 3', async () => {
  const cwd = await projectWith(`{ a: ${CONFIG_MAP} { data: { x: 1 } } }`, {
    'tankard.yaml': 'timeoutSeconds: 3\n',
    'environments/hangs/main.jsonnet': '{}',
    'environments/hangs/spec.json': SPEC,
  });
  const env = await fakeTk(
    `if [ "$2" = environments/hangs ]; then sleep 60; fi; exec '${toolPin('tk').path}' "$@"`,
  );
  const { exitCode, stdout, stderr } = await tankard(['validate'], { cwd, env });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('environments/x\n');
  expect(stdout).toContain('data.x: expected a string');
  expect(stderr).toContain('rendering environments/hangs: tk did not end within 3 s');
});

describe('without Go and without tk', () => {
  /** A PATH with node alone, and a cache with nothing in it. */
  async function bare(): Promise<{ PATH: string; TANKARD_CACHE: string }> {
    const directory = await temporaryDirectory();
    await symlink(process.execPath, path.join(directory, 'node'));
    return { PATH: directory, TANKARD_CACHE: path.join(directory, 'cache') };
  }

  it('one message names both ways out', async () => {
    const { version, goVersion } = toolPin('tk');
    const stderr = await stopped(await bare());
    expect(stderr).toContain(`tankard: tk ${version} was not found`);
    expect(stderr).toContain(
      `Install Go ${goVersion} or newer and run again; or put tk ${version} on PATH or name it in TANKARD_TK.\n`,
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it('doctor says the same, and exits 3', async () => {
    const { exitCode, stdout } = await tankard(['doctor'], { env: await bare() });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^missing +tk /m);
    expect(stdout).toMatch(/^tk: Install Go .* or put tk v0\.38\.0 on PATH\.$/m);
  });

  it('a tk on PATH of the wanted minor version is enough to show', async () => {
    const env = await bare();
    const { TANKARD_TK } = await fakeTk("echo 'kind: A'");
    await symlink(TANKARD_TK, path.join(env.PATH, 'tk'));
    const cwd = await projectWith(CLEAN);
    const { exitCode, stdout } = await tankard(['show', 'environments/x'], { cwd, env });
    expect([exitCode, stdout]).toEqual([0, 'kind: A\n']);
  });

  it('generate needs neither', async () => {
    const cwd = await projectWith('{}');
    const { exitCode, stderr } = await tankard(['generate'], { cwd, env: await bare() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('does not say what to generate');
  });
});
