import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../lib/finding/failure.ts';
import { type ShowOptions, type ShowResult, showEnvironment } from '../../lib/tanka/show.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { CONFIG_MAP, makeEnvironment, makeProject } from './project.ts';

let tk: string;

beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
}, 600_000);

async function show(root: string, more: Partial<ShowOptions> = {}): Promise<ShowResult> {
  return showEnvironment({ tk, root, environment: 'environments/dev', ...more });
}

async function failure(root: string, more: Partial<ShowOptions>): Promise<Failure> {
  return show(root, more).then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error as Failure,
  );
}

it("gives tk's own bytes", async () => {
  const root = await makeEnvironment(`{ a: ${CONFIG_MAP} + { data: { x: 'é\\n' } } }`);
  const own = execFileSync(tk, ['show', 'environments/dev', '--dangerous-allow-redirect'], {
    cwd: root,
  });
  const { yaml, findings } = await show(root);
  expect(yaml.equals(own)).toBe(true);
  expect(yaml.toString()).toContain('kind: ConfigMap');
  expect(findings).toEqual([]);
});

it('keeps what std.trace says', async () => {
  const root = await makeEnvironment(`{ a: std.trace('hello', ${CONFIG_MAP}) }`);
  const { yaml, stderr } = await show(root);
  expect(stderr).toBe(`TRACE: ${path.join(root, 'environments/dev/main.jsonnet')}:1 hello\n`);
  expect(yaml.length).toBeGreaterThan(0);
});

it('keeps what std.trace says before an error, apart from the error', async () => {
  const root = await makeEnvironment(`std.trace('hello', { a: error 'no' })`);
  const { stderr, findings } = await show(root);
  expect(stderr).toMatch(/^TRACE: .* hello\n$/);
  expect(findings[0]?.message).toBe('no');
});

it('takes an absolute path, a directory below and a file too', async () => {
  const root = await makeEnvironment(`{ a: ${CONFIG_MAP} }`, { 'environments/dev/sub/x.txt': '' });
  const { yaml } = await show(root);
  for (const environment of ['environments/dev/sub', 'environments/dev/main.jsonnet'])
    expect((await show(root, { environment })).yaml.equals(yaml)).toBe(true);
  expect(
    (await show(root, { environment: path.join(root, 'environments/dev') })).yaml.equals(yaml),
  ).toBe(true);
});

it('passes arguments on, whatever is in them', async () => {
  const root = await makeEnvironment(
    `function(a, b) { a: ${CONFIG_MAP} + { data: { a: a, b: b, c: std.extVar('c'), d: std.extVar('d') } } }`,
  );
  const args = {
    tlaStr: ['a=--x; $(y) "z"'],
    tlaCode: ['b="B"'],
    extStr: ['c=e=f'],
    extCode: ['d="D" + "E"'],
  };
  const { yaml } = await show(root, { args });
  expect(yaml.toString()).toContain('data:\n  a: --x; $(y) "z"\n  b: B\n  c: e=f\n  d: DE\n');
});

describe('nothing rendered', () => {
  it('is a warning', async () => {
    const { yaml, findings } = await show(await makeEnvironment('{}'));
    expect(yaml).toHaveLength(0);
    expect(findings).toEqual([
      {
        code: 'environment/empty',
        severity: 'warning',
        environment: 'environments/dev',
        message: 'the environment renders no manifests',
      },
    ]);
  });

  it('names the targets when there are some', async () => {
    const root = await makeEnvironment(`{ a: ${CONFIG_MAP} }`);
    expect((await show(root, { args: { targets: ['configmap/a'] } })).findings).toEqual([]);
    const { findings } = await show(root, { args: { targets: ['Secret/.*'] } });
    expect(findings[0]?.message).toBe('no manifest of the environment matches -t Secret/.*');
  });
});

describe('inline environments', () => {
  const MAIN = `[{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: n },
    spec: { namespace: n }, data: { a: ${CONFIG_MAP} } } for n in ['blue', 'green']]`;

  it('are chosen by name', async () => {
    const root = await makeProject({ 'environments/dev/main.jsonnet': MAIN });
    expect((await show(root, { args: { name: 'green' } })).yaml.toString()).toContain(
      'namespace: green',
    );
  });

  it('of which several could be meant are a usage failure that names them', async () => {
    const root = await makeProject({ 'environments/dev/main.jsonnet': MAIN });
    expect(await failure(root, {})).toMatchObject({
      kind: 'usage',
      hint: 'Choose one with --name: blue, green.',
    });
    expect(await failure(root, { args: { name: 'red' } })).toMatchObject({
      kind: 'usage',
      message: 'rendering environments/dev: there is no inline environment named red',
    });
  });
});

describe('wrong arguments are usage failures', () => {
  it.each([
    [{ targets: ['('] }, /a target \(-t\) is not a regular expression: missing closing \)/],
    [{ extStr: ['foo'] }, /an argument of --ext-str is not of the form NAME=VALUE/],
    [{ name: "it's" }, /the name of an environment cannot be "it's"/],
  ])('%j', async (args, message) => {
    const root = await makeEnvironment(`{ a: ${CONFIG_MAP} }`);
    const error = await failure(root, { args });
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(message);
  });
});

describe('an environment that is not there', () => {
  it.each([
    ['environments/dve', /environments\/dve does not exist/, 'Did you mean environments/dev?'],
    ['dev', /the environment dev does not exist/, 'Did you mean environments/dev?'],
    ['environments/production', /does not exist/, 'There are: environments/dev.'],
    ['docs', /docs has no main.jsonnet/, 'There are: environments/dev.'],
  ])('%s', async (environment, message, hint) => {
    const root = await makeEnvironment('{}', { 'docs/a.md': '' });
    // The path is checked before tk starts.
    const error = await failure(root, { environment, tk: '/nonexistent/tk' });
    expect(error).toMatchObject({ kind: 'usage', hint });
    expect(error.message).toMatch(message);
  });

  it('because the path leads out of the project', async () => {
    const root = await makeEnvironment('{}');
    expect((await failure(root, { environment: '..' })).message).toContain(
      'is outside the project',
    );
  });

  it('because there is no project', async () => {
    const root = await makeEnvironment('{}');
    const error = await failure(path.join(root, 'environments'), { environment: 'dev', root: '/' });
    expect(error).toMatchObject({ kind: 'usage', message: 'no Tanka project at or above /' });
  });
});
