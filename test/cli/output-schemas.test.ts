import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { change, environments, makeRepository } from '../workflow/ci/repository.ts';
import { widgetCrd } from '../workflow/import-project.ts';
import { projectWith, tankardJson } from './tankard.ts';
import { schemaProblems as problems } from './schema-problems.ts';

describe('JSON output conforms to its published schema', () => {
  test.each([
    ['env-list', ['env', 'list']],
    ['show', ['show', 'environments/eks-irsa']],
    ['generate', ['generate', '--check']],
    ['doctor', ['doctor']],
    ['import', ['import', '--check']],
    ['report', ['validate', 'environments/eks-irsa']],
    ['rules', ['rules']],
    ['rules', ['rules', 'identity/service-account-missing']],
  ])('%s', async (schema, args) => {
    const { json } = await tankardJson(args);
    expect(problems(schema, json)).toBeUndefined();
  });

  test('ci, with findings, a step that is stale and a range', async () => {
    const main =
      'local a = 1;\n{ a: { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: {} } }';
    const root = await makeRepository({
      ...environments({ x: main }),
      'tankard.yaml': 'imports: { x: k8s@1.34 }\n',
    });
    const unpinned = await tankardJson(['ci', '--range', 'HEAD'], { cwd: root });
    expect(problems('ci', unpinned.json)).toBeUndefined();
    expect(unpinned.json).toMatchObject({ steps: { 1: { error: { kind: 'stale' } } } });
    await change(root, { 'tankard.yaml': 'kubernetes: "1.34"\n' });
    const { json } = await tankardJson(['ci', '--range', 'HEAD'], { cwd: root });
    expect(problems('ci', json)).toBeUndefined();
    expect(json).toMatchObject({
      environments: [{ findings: [{ code: 'schema/missing-field' }] }],
    });
  });

  test('report, with findings and an environment that cannot be rendered', async () => {
    const root = await projectWith(
      `{ a: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { container: [] } } }`,
    );
    const { json, exitCode } = await tankardJson(['validate', 'environments/x', 'nowhere'], {
      cwd: root,
    });
    expect(problems('report', json)).toBeUndefined();
    expect(json).toMatchObject({ failures: [{ path: 'nowhere', error: { kind: 'usage' } }] });
    expect(exitCode).toBe(2);
  });

  test('import with what it cannot express, its report, explain and docs', async () => {
    const crd = widgetCrd().replace('{ type: integer }', '{ type: integer, discriminator: {} }');
    const cwd = await projectWith('{}', { 'crds/widget.yaml': crd });
    const { json } = await tankardJson(['import', 'crd', 'crds', '--report', 'report.json'], {
      cwd,
    });
    expect(problems('import', json)).toBeUndefined();
    const report = JSON.parse(await readFile(path.join(cwd, 'report.json'), 'utf8')) as unknown;
    expect(problems('import-report', report)).toBeUndefined();
    const explained = await tankardJson(['explain', 'widget.spec'], { cwd });
    expect(problems('explain', explained.json)).toBeUndefined();
    const written = await tankardJson(['docs'], { cwd });
    expect(problems('docs', written.json)).toBeUndefined();
    expect(report).toMatchObject({
      libraries: [
        { name: 'crds', source: 'crd:crds', unexpressed: [{ keyword: 'discriminator', count: 1 }] },
      ],
    });
  });

  test('init', async () => {
    const { json } = await tankardJson(['init'], { cwd: await temporaryDirectory() });
    expect(problems('init', json)).toBeUndefined();
  });

  test('export, also of several, and one that cannot be done', async () => {
    const main = `{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } }`;
    const cwd = await projectWith(main);
    const { json } = await tankardJson(['export', 'out'], { cwd });
    expect(problems('export', json)).toBeUndefined();
    expect(json).toMatchObject({ written: true, files: [{ change: 'added' }] });
    const merged = await tankardJson(['export', 'all', '--merge', 'out'], { cwd });
    expect(problems('export', merged.json)).toBeUndefined();
    expect(merged.json).toMatchObject({ written: true, summary: { environments: 1, added: 1 } });
    const missing = await tankardJson(['export', 'out', 'nowhere', 'environments/x'], { cwd });
    expect(problems('error', missing.json)).toBeUndefined();
  });

  test('error', async () => {
    const { json } = await tankardJson(['validate', 'nowhere']);
    expect(problems('error', json)).toBeUndefined();
    expect(problems('report', json)).toContain('environments');
  });
});
