import { chmodSync, mkdirSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configMap, expectNewKey, KeyedProject } from './keyed-project.ts';

const SH = '#!/bin/sh\n';

afterEach(() => void vi.unstubAllEnvs());

describe('Helm and Kustomize', () => {
  const HELM = `std.native('helmTemplate')('x', '../../charts/x', { calledFrom: std.thisFile, values: {} })`;

  /** A chart, and a helm that prints its template: tk runs `helm template NAME CHART ...`. */
  async function withChart(
    main: string,
    files: Record<string, string> = {},
  ): Promise<KeyedProject> {
    const project = await KeyedProject.make(main, {
      'charts/x/Chart.yaml': 'name: x',
      'charts/x/templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations:\n    v: "1"\n',
      'bin/helm': `${SH}case "$1" in template) cat "$3/templates/a.yaml";; esac\n`,
      ...files,
    });
    chmodSync(project.file('bin/helm'), 0o755);
    vi.stubEnv('TANKA_HELM_PATH', project.file('bin/helm'));
    return project;
  }

  async function editTemplate(project: KeyedProject): Promise<void> {
    const name = 'charts/x/templates/a.yaml';
    await project.write(name, project.read(name).replace('"1"', '"2"'));
  }

  it('a template of a chart changed', async () => {
    const project = await withChart(HELM);
    await expectNewKey(project, () => editTemplate(project));
  });

  it('a template of a chart changed that is used by a library of functions', async () => {
    const project = await withChart(
      `local tanka = import 'tanka-util/main.libsonnet'; (import 'charts.libsonnet')(tanka)`,
      {
        'vendor/tanka-util/main.libsonnet': `{ helm: import 'helm.libsonnet', kustomize: import 'k.libsonnet' }`,
        'vendor/tanka-util/helm.libsonnet': `{ template(name, chart, opts): std.native('helmTemplate')(name, chart, opts) }`,
        'vendor/tanka-util/k.libsonnet': `{ build(path, opts): std.native('kustomizeBuild')(path, opts) }`,
        'lib/charts.libsonnet': `function(tanka) tanka.helm.template('x', '../charts/x', { calledFrom: std.thisFile, values: {} })`,
      },
    );
    await expectNewKey(project, () => editTemplate(project));
  });

  it('a template in a linked folder changed', async () => {
    const project = await withChart(HELM.replace('../../charts/x', '../../linked/x'));
    project.link('linked', 'charts');
    await expectNewKey(project, () => editTemplate(project));
  });

  it('helm itself changed', async () => {
    const project = await withChart(HELM);
    await expectNewKey(project, async () => {
      await project.write('bin/helm', project.read('bin/helm').replace('cat', 'sed s/1/9/'));
    });
  });

  it('only those that use a chart depend on it', async () => {
    const project = await withChart(configMap('1'));
    const before = await project.key();
    await editTemplate(project);
    expect(await project.key()).toBe(before);
  });

  it('what a command writes itself is no input', async () => {
    const project = await withChart(HELM);
    project.options = { outputs: [project.file('out')] };
    mkdirSync(project.file('out'));
    const before = await project.key();
    await project.write('out/a.yaml', 'a: 1');
    expect(await project.key()).toBe(before);
  });

  it.each([
    [`std.native('kustomizeBuild')('../../k', { calledFrom: std.thisFile })`],
    [`local n = 'kustomizeBuild'; std.native(n)('../../k', {})`],
    [`local native = std.native; native('kustomizeBuild')('../../k', {})`],
    [`std['native']('kustomizeBuild')('../../k', {})`],
    [HELM.replace('../../charts', '../../../elsewhere')],
    [`local up = '../../../'; ${HELM.replace(`'../../charts/x'`, `up + 'x'`)}`],
  ])('what cannot be known has no key: %s', async (main) => {
    const project = await withChart(main);
    expect(await project.key()).toBeUndefined();
  });

  it('importing the functions for Kustomize without using them does no harm', async () => {
    const project = await KeyedProject.make(configMap(`(import 'tanka-util/k.libsonnet').x`), {
      'vendor/tanka-util/k.libsonnet': `{ x: 1, build(path, opts): std.native('kustomizeBuild')(path, opts) }`,
    });
    await expectNewKey(project, () => project.write('vendor/tanka-util/k.libsonnet', '{ x: 2 }'));
  });
});
