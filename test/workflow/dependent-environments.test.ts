import { describe, expect, it } from 'vitest';
import { dependentEnvironments } from '../../lib/workflow/dependent-environments.ts';
import { SPEC } from '../tanka/project.ts';
import { configMap, KeyedProject } from './export/keyed-project.ts';

const NAMES = ['dev', 'prod', 'other'];
const ENVIRONMENTS = NAMES.map((name) => ({ path: `environments/${name}` }));

/** dev and prod import lib/shared.libsonnet, which imports vendor/l; prod imports lib/prod.libsonnet; other imports nothing. */
async function threeEnvironments(): Promise<KeyedProject> {
  const environment = (name: string, main: string): Record<string, string> => ({
    [`environments/${name}/main.jsonnet`]: main,
    [`environments/${name}/spec.json`]: SPEC,
  });
  return KeyedProject.make(configMap(`import 'shared.libsonnet'`), {
    ...environment('prod', configMap(`(import 'shared.libsonnet') + (import 'prod.libsonnet')`)),
    ...environment('other', configMap('1')),
    'lib/shared.libsonnet': `import 'l/main.libsonnet'`,
    'lib/prod.libsonnet': '2',
    'libs/l/main.libsonnet': `import 'value.libsonnet'`,
    'libs/l/value.libsonnet': '1',
    'vendor/.keep': '',
  });
}

async function dependents(project: KeyedProject, ...changed: string[]): Promise<string[]> {
  const found = await dependentEnvironments(
    await project.project(),
    ENVIRONMENTS,
    changed,
    project.args,
  );
  return found.map(({ path }) => path.replace('environments/', ''));
}

describe('dependentEnvironments', () => {
  it.each([
    [[], []],
    [['README.md', 'lib/unused.libsonnet'], []],
    [['environments/prod/main.jsonnet'], ['prod']],
    [['environments/other/spec.json'], ['other']],
    [['lib/prod.libsonnet'], ['prod']],
    [['lib/shared.libsonnet'], ['dev', 'prod']],
    [['vendor/l'], ['dev', 'prod']],
    [['libs/l/value.libsonnet'], ['dev', 'prod']],
    [['environments/dev/l/main.libsonnet'], ['dev']],
    [['environments/dev/vendor/l/main.libsonnet'], ['dev']],
    [['environments/dev/vendor/value.libsonnet'], []],
    [['lib/l/main.libsonnet'], ['dev', 'prod']],
    [['environments/other/README.md', 'environments/other/shared.libsonnet'], []],
    [['tankard.yaml'], NAMES],
    [['tankard.lock'], NAMES],
    [['jsonnetfile.json'], NAMES],
    [['jsonnetfile.lock.json'], NAMES],
  ])('%j: %j', async (changed, expected) => {
    const project = await threeEnvironments();
    project.link('vendor/l', '../libs/l');
    expect(await dependents(project, ...changed)).toEqual(expected);
  });

  it('has the environments that miss a deleted file, or take another one in its place', async () => {
    const project = await threeEnvironments();
    project.link('vendor/l', '../libs/l');
    project.remove('lib/prod.libsonnet');
    expect(await dependents(project, 'lib/prod.libsonnet')).toEqual(['prod']);
    await project.write('vendor/shared.libsonnet', '1');
    project.remove('lib/shared.libsonnet');
    expect(await dependents(project, 'lib/shared.libsonnet')).toEqual(['dev', 'prod']);
    project.remove('environments/dev/main.jsonnet');
    expect(await dependents(project, 'environments/dev/main.jsonnet')).toContain('dev');
  });

  it('has all when a schema that is imported changed', async () => {
    const project = await threeEnvironments();
    await project.write('tankard.yaml', 'imports:\n  own: crd:./crds\n');
    expect(await dependents(project, 'crds/a.yaml')).toEqual(NAMES);
    expect(await dependents(project, 'crds-old/a.yaml')).toEqual([]);
  });

  it('has those that render charts whatever changed', async () => {
    const project = await threeEnvironments();
    await project.write(
      'environments/other/main.jsonnet',
      `std.native('helmTemplate')('x', '../../charts/x', { calledFrom: std.thisFile })`,
    );
    expect(await dependents(project, 'charts/x/templates/a.yaml')).toEqual(['other']);
  });

  it('follows what arguments import', async () => {
    const project = await threeEnvironments();
    project.args = { tlaCodeFile: ['v=values.jsonnet'] };
    await project.write('values.jsonnet', `import 'prod.libsonnet'`);
    expect(await dependents(project, 'values.jsonnet')).toEqual(NAMES);
    expect(await dependents(project, 'lib/prod.libsonnet')).toEqual(NAMES);
  });
});
