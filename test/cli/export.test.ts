import { lstatSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, test } from 'vitest';
import { snapshot } from '../sources/imports.ts';
import { makeProject, SPEC } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { fakeTk, tankard, tankardJson } from './tankard.ts';

function configMap(name: string, value: unknown = 'x'): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } };
}

type Environments = Readonly<Record<string, readonly object[]>>;

function filesOf(environments: Environments): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environments).flatMap(([name, objects]) => [
      [`environments/${name}/main.jsonnet`, JSON.stringify(objects)],
      [`environments/${name}/spec.json`, SPEC],
    ]),
  );
}

/** A project with these objects in its environments. */
function projectOf(environments: Environments): Promise<string> {
  return makeProject(filesOf(environments));
}

async function save(root: string, name: string, objects: readonly object[]): Promise<void> {
  await writeFile(path.join(root, `environments/${name}/main.jsonnet`), JSON.stringify(objects));
}

async function exported(cwd: string, ...more: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await tankard(['export', 'out', ...more], { cwd });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout.trim();
}

async function refused(cwd: string, ...args: string[]): Promise<string> {
  const { exitCode, stderr } = await tankard(['export', ...args], { cwd });
  expect(exitCode).toBe(2);
  return stderr;
}

const A = 'out/environments/a/default/ConfigMap_one.yaml';

describe('tankard export', () => {
  it("writes tk's own bytes, an object a file, and tells what changed", async () => {
    const cwd = await projectOf({ a: [configMap('one', 'yes'), configMap('two')], b: [] });
    expect(await exported(cwd, 'environments/a')).toBe(
      '1 environment, 2 files: 2 new, 0 changed, 0 removed, 0 unchanged; 1 rendered, 0 reused',
    );
    const yaml =
      'apiVersion: v1\ndata:\n  value: "yes"\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: default\n';
    expect(await readFile(path.join(cwd, A), 'utf8')).toBe(yaml);
    const shown = await tankard(['show', 'environments/a'], { cwd });
    expect(shown.stdout.startsWith(yaml)).toBe(true);

    await save(cwd, 'a', [configMap('one', 'new'), configMap('three')]);
    expect(await exported(cwd, 'environments/a')).toBe(
      '1 environment, 2 files: 1 new, 1 changed, 1 removed, 0 unchanged; 1 rendered, 0 reused',
    );
    expect(Object.keys(Object.fromEntries(await snapshot(path.join(cwd, 'out')))).sort()).toEqual([
      '.tankard-export/environments/a.json',
      'environments/a/default/ConfigMap_one.yaml',
      'environments/a/default/ConfigMap_three.yaml',
    ]);
    expect(await readdir(cwd)).not.toContainEqual(expect.stringContaining('.out.'));
  });

  it('neither renders nor touches what did not change', async () => {
    const cwd = await projectOf({ a: [configMap('one')], b: [configMap('two')] });
    await exported(cwd);
    const before = lstatSync(path.join(cwd, A), { bigint: true });
    expect(await exported(cwd)).toContain('0 rendered, 2 reused');
    await save(cwd, 'b', [configMap('two', 'new')]);
    expect(await exported(cwd)).toBe(
      '2 environments, 2 files: 0 new, 1 changed, 0 removed, 1 unchanged; 1 rendered, 1 reused',
    );
    const after = lstatSync(path.join(cwd, A), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  it('removes what is gone when all is exported, and leaves others alone when some are named', async () => {
    const cwd = await projectOf({ a: [configMap('one')], b: [configMap('two')] });
    await exported(cwd);
    await rm(path.join(cwd, 'environments/b'), { recursive: true });
    expect(await exported(cwd, 'environments/a')).toContain('2 files: 0 new, 0 changed, 0 removed');
    expect(await exported(cwd)).toContain('1 file: 0 new, 0 changed, 1 removed');
    expect([...(await snapshot(path.join(cwd, 'out'))).keys()].join()).not.toContain('/b');
  });

  test('--check writes nothing, and names what differs, by hand too', async () => {
    const cwd = await projectOf({ a: [configMap('one'), configMap('two')] });
    await exported(cwd);
    expect(await exported(cwd, '--check')).toContain('2 unchanged');
    await save(cwd, 'a', [configMap('one'), configMap('three')]);
    await writeFile(path.join(cwd, A), 'by hand');
    const before = await snapshot(path.join(cwd, 'out'));
    const { exitCode, stdout, json } = await tankardJson<{ files: unknown }>(
      ['export', 'out', '--check'],
      { cwd },
    );
    expect(exitCode, stdout).toBe(16);
    expect(json.files).toEqual([
      { path: 'environments/a/default/ConfigMap_one.yaml', change: 'changed' },
      { path: 'environments/a/default/ConfigMap_three.yaml', change: 'added' },
      { path: 'environments/a/default/ConfigMap_two.yaml', change: 'removed' },
    ]);
    expect(await snapshot(path.join(cwd, 'out'))).toEqual(before);
    await exported(cwd);
    expect(await readFile(path.join(cwd, A), 'utf8')).toContain('name: one');
  });

  it('puts right what was edited, replaced by a link, or deleted, also of what need not be rendered', async () => {
    const cwd = await projectOf({ a: [configMap('one'), configMap('two')] });
    await exported(cwd);
    const before = await snapshot(path.join(cwd, 'out'));
    await writeFile(path.join(cwd, A), 'by hand');
    expect(await exported(cwd)).toContain('1 changed');
    await rm(path.join(cwd, A));
    expect(await exported(cwd)).toContain('1 new');
    await rm(path.join(cwd, A));
    await symlink('ConfigMap_two.yaml', path.join(cwd, A));
    expect(await exported(cwd)).toContain('1 new');
    await writeFile(
      path.join(cwd, 'out/.tankard-export/environments/a.json'),
      '{"environment":"","files":{}}',
    );
    expect(await refused(cwd, 'out')).toContain('did not write: environments/a/default');
    await writeFile(
      path.join(cwd, 'out/.tankard-export/environments/a.json'),
      before.get('.tankard-export/environments/a.json') ?? '',
    );
    await exported(cwd);
    expect(await snapshot(path.join(cwd, 'out'))).toEqual(before);
  });

  it('writes nothing when one environment has an error', async () => {
    const cwd = await projectOf({ a: [configMap('one')], b: [configMap('two')] });
    await exported(cwd);
    const before = await snapshot(path.join(cwd, 'out'));
    await save(cwd, 'a', [configMap('one', 'new')]);
    await save(cwd, 'b', [{ ...configMap('two'), dta: {} }]);
    const { exitCode, stderr } = await tankard(['export', 'out'], { cwd });
    expect(stderr).toContain('schema/unknown-field');
    expect(stderr).toContain('not exported: mend the errors first');
    expect(exitCode).toBe(1);
    expect(await snapshot(path.join(cwd, 'out'))).toEqual(before);
    expect((await readdir(cwd)).filter((name) => name.startsWith('.out'))).toEqual([]);

    const skipped = await tankard(['export', 'out', '--dangerous-skip-validation'], { cwd });
    expect(skipped.stderr).toContain('not validated: schemas');
    expect(skipped.exitCode).toBe(0);
    // What was not validated is not taken for what was.
    expect(await tankard(['export', 'out'], { cwd })).toMatchObject({ exitCode: 1 });
  });

  it('refuses Secrets with values, never shows them, and takes them when told to', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } };
    const cwd = await projectOf({
      a: [{ ...secret, stringData: { password: 'hunter2' } }],
      b: [{ ...secret, data: {} }],
    });
    for (const more of [[], ['--dangerous-skip-validation']]) {
      const { exitCode, stdout, stderr } = await tankard(['export', 'out', ...more], { cwd });
      expect(stderr).toContain('Secret default/db: an export would write the values into Git');
      expect(stderr).toContain('--include-secrets');
      expect(stdout + stderr).not.toContain('hunter2');
      expect(exitCode).toBe(2);
    }
    expect(await readdir(cwd)).not.toContain('out');
    await exported(cwd, 'environments/b');
    await exported(cwd, '--include-secrets');
    expect(await exported(cwd, '--include-secrets', '--check')).toContain('2 unchanged');
    // That it was exported so once does not make it known to be right.
    expect(await refused(cwd, 'out')).toContain('an export would write the values');
  });

  it('refuses a folder with files of others', async () => {
    const cwd = await projectOf({ a: [configMap('one')] });
    await exported(cwd);
    await writeFile(path.join(cwd, 'out/environments/a/README.md'), '');
    expect(await refused(cwd, 'out')).toContain('did not write: environments/a/README.md');
    expect(await refused(cwd, '.')).toContain('did not write: environments, jsonnetfile.json');
    await mkdir(path.join(cwd, 'repository/.git'), { recursive: true });
    expect(await refused(cwd, 'repository')).toContain('did not write: .git');
    await mkdir(path.join(cwd, 'empty'));
    expect(await tankard(['export', 'empty'], { cwd })).toMatchObject({ exitCode: 0 });
    await writeFile(path.join(cwd, 'empty/.tankard-export/environments/a.json'), '<<<<<<< HEAD\n');
    expect(await refused(cwd, 'empty')).toContain('is not what tankard export wrote');
    expect(await refused(cwd, 'other', '-t', 'ConfigMap/.*')).toContain('a part of an environment');
  });

  it('follows a link to the folder', async () => {
    const cwd = await projectOf({ a: [configMap('one')] });
    const elsewhere = path.join(await temporaryDirectory(), 'deploy');
    await mkdir(elsewhere);
    await symlink(elsewhere, path.join(cwd, 'out'));
    await exported(cwd);
    expect(lstatSync(path.join(cwd, 'out')).isSymbolicLink()).toBe(true);
    expect(await readdir(elsewhere)).toContain('environments');
  });

  it('says what stands where the folder would be', async () => {
    const cwd = await projectOf({ a: [configMap('one')] });
    await symlink('nowhere', path.join(cwd, 'link'));
    expect(await refused(cwd, 'link')).toContain('link is a link that leads to nothing');
    expect(await refused(cwd, 'jsonnetfile.json/out')).toContain('cannot write');
    expect((await readdir(cwd)).sort()).toEqual(['environments', 'jsonnetfile.json', 'link']);
  });

  it('names environments in the same order, whichever is rendered first', async () => {
    const cwd = await projectOf({ b: [] });
    const secret = `{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'eA==' } }`;
    await writeFile(path.join(cwd, 'environments/b/main.jsonnet'), secret);
    await mkdir(path.join(cwd, 'environments/a'));
    await writeFile(path.join(cwd, 'environments/a/spec.json'), SPEC);
    const slow = `if std.foldl(function(a, b) a + b, std.range(1, 500000), 0) > 0 then ${secret}`;
    await writeFile(path.join(cwd, 'environments/a/main.jsonnet'), slow);
    const told = await refused(cwd, 'out');
    expect(told).toMatch(/environments\/a: Secret[^]*environments\/b: Secret/);
  });

  it('refuses environments that lie in each other', async () => {
    const cwd = await projectOf({ a: [configMap('one')], 'a/b': [configMap('two')] });
    expect(await refused(cwd, 'out')).toContain(
      'environments/a/b lies in the folder of the environment environments/a',
    );
  });

  it('exports inline environments to the same places however they are asked for', async () => {
    const environment = (name: string): object => ({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name },
      spec: { namespace: 'default', apiServer: 'https://127.0.0.1:6443' },
      data: [configMap('one')],
    });
    const cwd = await makeProject({
      'environments/x/main.jsonnet': JSON.stringify([environment('dev'), environment('dev/eu')]),
    });
    await exported(cwd);
    const all = await snapshot(path.join(cwd, 'out'));
    expect([...all.keys()].filter((file) => file.endsWith('.yaml')).sort()).toEqual([
      'environments/x/dev%2Feu/default/ConfigMap_one.yaml',
      'environments/x/dev/default/ConfigMap_one.yaml',
    ]);
    expect(await exported(cwd, 'environments/x', '--check')).toContain('2 environments');
    expect(await exported(cwd, 'environments/x', '--name', 'dev', '--check')).toContain(
      '1 environment,',
    );
    expect(await refused(cwd, 'out', 'environments/x', '--name', 'de')).toContain(
      'Its environments: dev, dev/eu',
    );
  });

  it('has the same bytes whatever order tk prints objects in', async () => {
    const groups = ['a', 'b', 'c', 'd', 'e'].map((one) => `${one}.example.com`);
    const objects = [
      ...groups.map((group) => ({
        ...configMap('same'),
        apiVersion: `${group}/v1`,
        kind: 'Thing',
      })),
      ...['1', '2', '3'].map((value) => ({
        ...configMap('', value),
        metadata: { generateName: 'run-' },
      })),
    ];
    const cwd = await makeProject({
      ...filesOf({ a: objects }),
      'tankard.yaml': `unknownKinds: [${groups.map((group) => `${group}/v1/Thing`).join(', ')}]`,
    });
    await exported(cwd);
    const main = path.join(cwd, 'environments/a/main.jsonnet');
    for (const _ of [1, 2, 3, 4]) {
      // Another text, so that it is rendered again.
      await writeFile(main, `${await readFile(main, 'utf8')} `);
      expect(await exported(cwd, '--check')).toContain('8 unchanged; 1 rendered');
    }
  });

  it('keeps numbers of a million and up as numbers for what reads an export', async () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: { revisionHistoryLimit: 1_500_000, template: { spec: { containers: [] } } },
    };
    const cwd = await projectOf({ a: [deployment] });
    await tankard(['export', 'out', '--dangerous-skip-validation'], { cwd });
    const folder = path.join(cwd, 'out/environments/a/default');
    await writeFile(
      path.join(folder, 'kustomization.yaml'),
      'resources: [StatefulSet.apps_db.yaml]\n',
    );
    // kustomize reads as kustomize-controller does; what it prints is read as the API server reads it.
    const { stdout } = await execa('kubectl', ['kustomize', folder]);
    expect(Number(/revisionHistoryLimit: (.*)/.exec(stdout)?.[1])).toBe(1_500_000);
    expect(stdout).not.toMatch(/revisionHistoryLimit: ["']/);
  });

  it('does not write while another export does', async () => {
    const cwd = await projectOf({ a: [configMap('one')] });
    const env = await fakeTk('echo started >&2; touch "$PWD/started"; sleep 60');
    const first = execa(process.execPath, [path.resolve('dist/cli/main.cjs'), 'export', 'out'], {
      cwd,
      env,
      reject: false,
    });
    while (!(await readdir(cwd)).includes('started'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await refused(cwd, 'out')).toContain('another tankard export is writing to');
    first.kill('SIGINT');
    expect(await first).toMatchObject({ exitCode: 130 });
    await exported(cwd);
    expect((await readdir(cwd)).filter((name) => name.startsWith('.out'))).toEqual([]);
  });
});

describe('tankard export --merge', () => {
  const environments = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [name, [configMap(`in-${name}`)]]),
  );

  async function shards(cwd: string): Promise<void> {
    for (const number of [1, 2, 3])
      await tankard(['export', `shard-${number}`, '--shard', `${number}/3`], { cwd });
  }

  it('makes of all shards what one export makes, byte by byte, and removes what is gone', async () => {
    const cwd = await projectOf({ ...environments, gone: [configMap('gone')] });
    await exported(cwd);
    await rm(path.join(cwd, 'environments/gone'), { recursive: true });
    await shards(cwd);
    await tankard(['export', 'whole'], { cwd });
    const merge = ['--merge', 'shard-1', 'shard-2', 'shard-3'];
    expect((await tankard(['export', 'out', ...merge, '--check'], { cwd })).exitCode).toBe(16);
    expect(await exported(cwd, ...merge)).toBe(
      '5 environments, 5 files: 0 new, 0 changed, 1 removed, 5 unchanged; from 3 exports',
    );
    expect(await snapshot(path.join(cwd, 'out'))).toEqual(await snapshot(path.join(cwd, 'whole')));
    expect(await exported(cwd, '--check')).toContain('5 unchanged');
  });

  it('refuses a shard too few, one that was changed, and environments that differ', async () => {
    const cwd = await projectOf(environments);
    await shards(cwd);
    const merge = (...from: string[]) => refused(cwd, 'out', '--merge', ...from);
    expect(await merge('shard-1', 'shard-3')).toContain('of 3 shards these are missing: 2');
    expect(await merge()).toContain('needs the folders to merge');
    expect(await merge('environments')).toContain('did not write');
    expect(await merge('nowhere')).toContain('nowhere is no export');
    for (const lost of [['--flux'], ['--shard', '1/3'], ['--ext-str', 'a=b']])
      expect(await merge('shard-1', ...lost)).toContain(`so that ${lost[0]} cannot be given`);
    await tankard(['export', 'half', '--shard', '1/2'], { cwd });
    expect(await merge('shard-1', 'half')).toContain('these are shards of 3 and of 2');

    await save(cwd, 'a', [configMap('in-a', 'new')]);
    await tankard(['export', 'one', 'environments/a'], { cwd });
    const all = ['shard-1', 'shard-2', 'shard-3'];
    expect(await merge(...all, 'one')).toContain('environments/a is different in');
    const shard = [...(await snapshot(path.join(cwd, 'shard-2'))).keys()];
    const yaml = shard.find((one) => one.endsWith('.yaml')) ?? '';
    await writeFile(path.join(cwd, 'shard-2', yaml), 'by hand');
    expect(await merge(...all)).toContain('is not as it was exported');
    expect(await readdir(cwd)).not.toContain('out');
  });
});
