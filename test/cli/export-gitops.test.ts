import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { snapshot } from '../sources/imports.ts';
import { makeProject } from '../tanka/project.ts';
import { tankard } from './tankard.ts';

const CONFIG = `
export:
  flux: { path: deploy }
  argocd: { repoURL: https://git.example.com/deploy.git, path: deploy }
`;

/** A project with the environments `environments/e0` and so on, each second one for another cluster. */
function projectOf(count: number): Promise<string> {
  const files = Array.from({ length: count }, (_, index) => {
    const folder = `environments/e${index}`;
    const metadata = { name: 'a' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { index: `${index}` } };
    const spec = { namespace: `n${index}`, apiServer: `https://10.0.0.${index % 2}:6443` };
    const environment = { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', spec };
    return [
      [`${folder}/main.jsonnet`, JSON.stringify({ object })],
      [`${folder}/spec.json`, JSON.stringify(environment)],
    ];
  });
  return makeProject({ ...Object.fromEntries(files.flat()), 'tankard.yaml': CONFIG });
}

/** Says which part an export is. */
function isShardMark(file: string): boolean {
  return path.basename(file).startsWith('.shard-');
}

test('the objects of controllers are files of the export, as long as they are asked for', async () => {
  const cwd = await projectOf(2);
  expect(await tankard(['export', 'out', '--flux', '--argocd'], { cwd })).toMatchObject({
    exitCode: 0,
  });
  const files = await snapshot(path.join(cwd, 'out'));
  expect(files.get('flux/10.0.0.1_6443/environments.e1.yaml')).toContain(
    'path: ./deploy/environments/e1\n',
  );
  expect(files.get('argocd/environments.e0.yaml')).toContain('server: https://10.0.0.0:6443\n');
  expect(files.get('argocd/environments.e0.yaml')).toContain('namespace: n0\n');
  const check = ['export', 'out', '--check'];
  expect(await tankard([...check, '--flux', '--argocd'], { cwd })).toMatchObject({ exitCode: 0 });

  // Another setting is another file, though nothing is rendered anew.
  await writeFile(path.join(cwd, 'tankard.yaml'), CONFIG.replace('path: deploy }', 'path: . }'));
  const stale = await tankard([...check, '--flux', '--argocd'], { cwd });
  expect(stale.exitCode).toBe(16);
  expect(stale.stdout).toContain('flux/10.0.0.0_6443/environments.e0.yaml');
  expect(stale.stdout).not.toContain('argocd/');

  expect(await tankard(['export', 'out', '--argocd'], { cwd })).toMatchObject({ exitCode: 0 });
  const left = [...(await snapshot(path.join(cwd, 'out'))).keys()];
  expect(left).toContain('argocd/environments.e0.yaml');
  expect(left.filter((file) => file.startsWith('flux/'))).toEqual([]);
});

test('an environment that is gone takes its objects with it', async () => {
  const cwd = await projectOf(2);
  await tankard(['export', 'out', '--flux', '--argocd'], { cwd });
  await rm(path.join(cwd, 'environments', 'e1'), { recursive: true });
  await tankard(['export', 'out', '--flux', '--argocd'], { cwd });
  const files = [...(await snapshot(path.join(cwd, 'out'))).keys()];
  expect(files.filter((file) => file.includes('e0'))).not.toEqual([]);
  expect(files.filter((file) => file.includes('e1'))).toEqual([]);
});

test.each([
  ['--flux', 'export.flux.path'],
  ['--argocd', 'export.argocd.repoURL'],
])('%s without its setting says which is missing, and writes nothing', async (flag, key) => {
  const cwd = await projectOf(1);
  await rm(path.join(cwd, 'tankard.yaml'));
  const { exitCode, stderr } = await tankard(['export', 'out', flag], { cwd });
  expect(stderr).toContain(`tankard.yaml lacks the key ${key}`);
  expect(exitCode).toBe(2);
  await expect(readFile(path.join(cwd, 'out'))).rejects.toThrow('ENOENT');
});

test('shards that run at the same time, as the Pods of a Job do, come to the whole export', async () => {
  const cwd = await projectOf(7);
  const flags = ['--flux', '--argocd'];
  expect(await tankard(['export', 'whole', ...flags], { cwd })).toMatchObject({ exitCode: 0 });
  const indexes = ['0', '1', '2'];
  const runs = indexes.map((index) =>
    tankard(['export', `shard-${index}`, '--shard', 'job/3', ...flags], {
      cwd,
      env: { JOB_COMPLETION_INDEX: index },
    }),
  );
  for (const run of runs) expect(await run).toMatchObject({ exitCode: 0 });
  const shards = await Promise.all(
    indexes.map((index) => snapshot(path.join(cwd, `shard-${index}`))),
  );
  const environments = shards.map(
    (files) => [...files.keys()].filter((file) => file.startsWith('argocd/')).length,
  );
  expect(environments.toSorted((one, other) => one - other)).toEqual([2, 2, 3]);

  const whole = await snapshot(path.join(cwd, 'whole'));
  expect(whole.size).toBeGreaterThan(7 * 3);
  const together = shards.flatMap((files) => [...files]).filter(([file]) => !isShardMark(file));
  // None is in two shards, and each has the bytes that it has in the whole.
  expect(together).toHaveLength(whole.size);
  expect(new Map(together)).toEqual(whole);
});

test('a shard says what is wrong with its number', async () => {
  const cwd = await projectOf(1);
  const run = (...more: string[]) => tankard(['export', 'out', '--shard', ...more], { cwd });
  for (const [shard, message] of [
    ['4/3', 'there is no shard 4 of 3'],
    ['job/3', 'JOB_COMPLETION_INDEX is not set'],
  ] as const) {
    const { exitCode, stderr } = await run(shard);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  }
});
