import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { dependentEnvironments } from '../../lib/workflow/dependent-environments.ts';
import { tankard } from '../cli/tankard.ts';
import { snapshot } from '../sources/imports.ts';
import { makeProject, SPEC } from '../tanka/project.ts';
import { writeProject } from '../tanka/write-project.ts';
import { configMap, KeyedProject } from '../workflow/export/keyed-project.ts';
import { realTk } from './real-tk.ts';

const ENVIRONMENTS = ['environments/a', 'environments/b'];

/** A project with environments/a and environments/b, of one main.jsonnet. */
function projectOf(main: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  return makeProject({
    ...Object.fromEntries(
      ENVIRONMENTS.flatMap((one) => [
        [`${one}/main.jsonnet`, main],
        [`${one}/spec.json`, SPEC],
      ]),
    ),
    ...files,
  });
}

/** All that files of YAML below a folder say, but not Tankard's notes. */
async function exported(folder: string): Promise<string> {
  const files = [...(await snapshot(folder))].filter(([file]) => file.endsWith('.yaml'));
  return files.map(([, text]) => text).join('---\n');
}

/** Exports twice with a change in between. @returns what was exported the second time. */
async function twice(
  program: (args: readonly string[], options: { cwd: string }) => Promise<{ exitCode?: unknown }>,
  { cwd, change, flags }: { cwd: string; change: () => Promise<void>; flags: string[][] },
): Promise<string> {
  const out = path.join(cwd, 'out');
  const run = (more: readonly string[]): Promise<{ exitCode?: unknown }> =>
    program(['export', out, 'environments/a', ...more], { cwd });
  expect(await run(flags[0] ?? [])).toMatchObject({ exitCode: 0 });
  await change();
  if (program === realTk) await rm(out, { recursive: true });
  expect(await run(flags[1] ?? [])).toMatchObject({ exitCode: 0 });
  const text = await exported(out);
  await rm(out, { recursive: true });
  return text;
}

describe('tk export --cache-path gives what an earlier run rendered, tankard export renders anew, when', () => {
  const spec = 'environments/a/spec.json';
  it.each<[string, string, string[][], Record<string, string>, Record<string, string>]>([
    [
      'an argument of the top level changed',
      `function(v='old') ${configMap('v')}`,
      [['--tla-str=v=old'], ['--tla-str=v=new']],
      {},
      {},
    ],
    [
      'an external variable changed',
      configMap(`std.extVar('v')`),
      [['--ext-str=v=old'], ['--ext-str=v=new']],
      {},
      {},
    ],
    [
      'spec.json changed',
      configMap(`std.extVar('tanka.dev/environment').spec.namespace`),
      [],
      { [spec]: SPEC.replace('default', 'old') },
      { [spec]: SPEC.replace('default', 'new') },
    ],
    [
      `a file of import @'x' changed`,
      configMap(`import @'x.libsonnet'`),
      [],
      { 'lib/x.libsonnet': `'old'` },
      { 'lib/x.libsonnet': `'new'` },
    ],
    [
      'a file of importbin changed',
      configMap(`std.decodeUTF8(importbin 'x.bin')`),
      [],
      { 'lib/x.bin': 'old' },
      { 'lib/x.bin': 'new' },
    ],
  ])('%s', async (_, main, flags, before, after) => {
    const cwd = await projectOf(main, before);
    const change = (): Promise<void> => writeProject(cwd, after);
    const cached = flags.length === 0 ? [[], []] : flags;
    const cache = `--cache-path=${path.join(cwd, 'cache')}`;
    const ofTk = await twice(realTk, { cwd, change, flags: cached.map((one) => [...one, cache]) });
    expect(ofTk).toContain('v: old');

    await writeProject(cwd, before);
    expect(await twice(tankard, { cwd, change, flags })).toContain('v: new');
  });

  it('another environment has the same text, and reads its own name', async () => {
    const main = configMap(`std.extVar('tanka.dev/environment').metadata.name`);
    const cwd = await projectOf(main);
    const cache = `--cache-path=${path.join(cwd, 'cache')}`;
    await realTk(['export', 'tk-a', 'environments/a', cache], { cwd });
    await realTk(['export', 'tk-b', 'environments/b', cache], { cwd });
    expect(await exported(path.join(cwd, 'tk-b'))).toContain('v: environments/a');

    await tankard(['export', 'own', ...ENVIRONMENTS], { cwd });
    const text = await exported(path.join(cwd, 'own', 'environments', 'b'));
    expect(text).toContain('v: environments/b');
  });
});

it('tk export --cache-path fails when a file imports tk; tankard export does not, and follows spec.json', async () => {
  const cwd = await projectOf(configMap(`(import 'tk').env.spec.namespace`));
  const cached = await realTk(['export', 'out', 'environments/a', '--cache-path=cache'], { cwd });
  expect(cached.exitCode).toBe(1);
  expect(cached.stderr).toContain('tk.libsonnet');

  await rm(path.join(cwd, 'out'), { recursive: true, force: true });
  const change = (): Promise<void> =>
    writeFile(path.join(cwd, 'environments/a/spec.json'), SPEC.replace('default', 'other'));
  expect(await twice(tankard, { cwd, change, flags: [] })).toContain('v: other');
});

it('tk export removes the old files before it evaluates, so that an error leaves none; tankard export leaves all', async () => {
  const cwd = await projectOf(configMap('1'));
  const replace = ['environments/a', '--merge-strategy=replace-envs'];
  await realTk(['export', 'tk', ...replace], { cwd });
  await tankard(['export', 'own', 'environments/a'], { cwd });
  const before = await snapshot(path.join(cwd, 'own'));
  await writeFile(path.join(cwd, 'environments/a/main.jsonnet'), `error 'broken'`);

  expect(await realTk(['export', 'tk', ...replace], { cwd })).toMatchObject({ exitCode: 1 });
  expect(await readdir(path.join(cwd, 'tk'))).toEqual(['manifest.json']);
  expect(JSON.parse(await readFile(path.join(cwd, 'tk/manifest.json'), 'utf8'))).toEqual({});

  expect(await tankard(['export', 'own', 'environments/a'], { cwd })).toMatchObject({
    exitCode: 1,
  });
  expect(await snapshot(path.join(cwd, 'own'))).toEqual(before);
});

it('tk export of one inline environment removes the files of those beside it; tankard export leaves them', async () => {
  const inline = (name: string): string => `{
    apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: '${name}' },
    spec: { namespace: 'default' }, data: ${configMap('1', `of-${name}`)} }`;
  const cwd = await makeProject({
    'environments/all/main.jsonnet': `[${inline('dev')}, ${inline('prod')}]`,
  });
  await realTk(['export', 'tk', 'environments/all', '-r'], { cwd });
  expect(await exported(path.join(cwd, 'tk'))).toContain('of-prod');
  const replace = ['--merge-strategy=replace-envs', '--name=dev'];
  await realTk(['export', 'tk', 'environments/all', ...replace], { cwd });
  expect(await exported(path.join(cwd, 'tk'))).not.toContain('of-prod');

  await tankard(['export', 'own'], { cwd });
  const before = await snapshot(path.join(cwd, 'own'));
  await tankard(['export', 'own', 'environments/all', '--name', 'dev'], { cwd });
  expect(await snapshot(path.join(cwd, 'own'))).toEqual(before);
  expect(await exported(path.join(cwd, 'own'))).toContain('of-prod');
});

it('tk export gives objects of two namespaces, or of two environments, one file name; tankard export never does', async () => {
  const inNamespace = (namespace: string): string =>
    `${configMap('1')} + { metadata+: { namespace: '${namespace}' } }`;
  const cwd = await projectOf(`[${inNamespace('one')}, ${inNamespace('two')}]`);
  const one = await realTk(['export', 'tk', 'environments/a'], { cwd });
  expect(one.exitCode).toBe(1);
  expect(one.stderr).toContain('already exists');
  expect(await readdir(path.join(cwd, 'tk'))).not.toContain('manifest.json');

  expect(await tankard(['export', 'own', ...ENVIRONMENTS], { cwd })).toMatchObject({ exitCode: 0 });
  const text = await exported(path.join(cwd, 'own'));
  expect(text.match(/kind: ConfigMap/g)).toHaveLength(4);
});

it('tk tool imports --check never says that an imported file changed; tankard knows which environments depend on it', async () => {
  const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
    'lib/x.libsonnet': '1',
    'environments/other/main.jsonnet': configMap('1'),
    'environments/other/spec.json': SPEC,
  });
  const cwd = project.root;
  const git = (...args: string[]): Promise<{ stdout: string }> =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd });
  const commit = async (): Promise<string> => {
    await git('add', '.');
    await git('commit', '-q', '-m', 'x');
    return (await git('rev-parse', 'HEAD')).stdout.trim();
  };
  await git('init', '-q');
  await commit();
  await project.write('lib/x.libsonnet', '2');
  const changed = await commit();
  const check = ['tool', 'imports', 'environments/dev', '--check', changed];
  const tk = await realTk(check, { cwd });
  expect(tk.exitCode).toBe(0);
  expect(tk.stdout + tk.stderr).toContain('not required');

  const environments = ['dev', 'other'].map((name) => ({ path: `environments/${name}` }));
  const found = await dependentEnvironments(
    await project.project(),
    environments,
    ['lib/x.libsonnet'],
    {},
  );
  expect(found).toEqual([{ path: 'environments/dev' }]);
});
