import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { load, loadAll } from 'js-yaml';
import { expect, it } from 'vitest';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { exportEnvironments } from '../../lib/workflow/export/export.ts';
import { makeEnvironment } from '../tanka/project.ts';
import { failureOf } from '../tools/failure-of.ts';
import { describeCluster } from './describe-cluster.ts';

/** Names, values and files that a tool could take for something else. */
const MAIN = `
local configMap(name, more) = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name } + more };
{
  values: configMap('values', {}) + { data: { yes: 'yes', octal: '0777', time: '12:30', number: '1e3' } },
  named: configMap('kustomization', {}),
  elsewhere: configMap('values', { namespace: 'other' }),
  role: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:web' }, rules: [] },
  namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
}`;

const JOB = `{
  job: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: 'migrate-' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b:1' }] } } },
  },
}`;

const CONFIG = { 'tankard.yaml': 'export: { flux: { path: deploy } }' };

/** What kustomize-controller does for a folder without kustomization.yaml; kubectl has the same kustomize in it. */
async function buildAsFlux(folder: string): Promise<unknown[]> {
  const entries = await readdir(folder, { recursive: true });
  const resources = entries.filter((file) => /\.ya?ml$/.test(file)).map((file) => `./${file}`);
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  await writeFile(
    path.join(folder, 'kustomization.yaml'),
    JSON.stringify({ ...kustomization, resources }),
  );
  const { stdout } = await execa(findExecutable('kubectl') ?? '', ['kustomize', folder]);
  return loadAll(stdout);
}

async function objectsBelow(folder: string): Promise<unknown[]> {
  const files = (await readdir(folder, { recursive: true })).filter((one) => one.endsWith('.yaml'));
  return Promise.all(
    files.map(async (file) => load(await readFile(path.join(folder, file), 'utf8'))),
  );
}

describeCluster('what Flux builds from an export', () => {
  it('is every object as it was rendered', async () => {
    const cwd = await makeEnvironment(MAIN, CONFIG);
    await exportEnvironments({ cwd, out: 'out', flux: true });
    const folder = path.join(cwd, 'out', 'environments', 'dev');
    const rendered = await objectsBelow(folder);
    expect(rendered).toHaveLength(5);
    const built = await buildAsFlux(folder);
    expect(built).toHaveLength(5);
    expect(built).toEqual(expect.arrayContaining(rendered));
  });

  it('is nothing, when one object has no name; so --flux refuses it', async () => {
    const cwd = await makeEnvironment(JOB, CONFIG);
    await exportEnvironments({ cwd, out: 'out' });
    const built = buildAsFlux(path.join(cwd, 'out', 'environments', 'dev'));
    await expect(built).rejects.toThrow('missing metadata.name');

    // Also when it is known what the environment renders.
    const { stopped, failures } = await exportEnvironments({ cwd, out: 'fresh', flux: true });
    expect(stopped).toBe(true);
    const failure = await failureOf(Promise.reject(failures[0]?.failure ?? new Error('none')));
    expect(failure.message).toContain('Job default/migrate-');
    expect(failure.message).toContain('Flux');
  });

  it('is not asked for an environment without objects, whose folder there is not', async () => {
    const cwd = await makeEnvironment('{}', CONFIG);
    await exportEnvironments({ cwd, out: 'out', flux: true });
    expect(await readdir(path.join(cwd, 'out'))).not.toContain('flux');
  });
});
