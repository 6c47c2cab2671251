import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { importLibraries } from '../../lib/workflow/import.ts';
import { makeImportProject, snapshot, widgetCrd } from './import-project.ts';

// Permissions do not stop root.
const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('skipped for root: a folder that cannot be written');

beforeAll(async () => {
  await ensureTool('jb');
}, 300_000);

const CRDS = { source: 'crd:crds' };

/** Serves the CRD of a Widget, after `meanwhile`; returns the source. */
async function serveWidget(meanwhile: () => Promise<unknown>): Promise<string> {
  const server = createServer((_request, response) => {
    const answer = (): unknown => response.end(widgetCrd());
    void meanwhile().then(answer, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `crd:http://127.0.0.1:${(server.address() as AddressInfo).port}/served.yaml`;
}

describe('what stands in the way leaves everything as it was', () => {
  interface Obstacle {
    readonly files: Readonly<Record<string, string>>;
    readonly message: string;
    readonly sources?: readonly { readonly source: string; readonly name?: string }[];
  }
  const OBSTACLES: Record<string, Obstacle> = {
    "the user's files in the library's folder": {
      files: { '.tankard/libs/crds/mine.libsonnet': '{}' },
      message: '.tankard/libs/crds holds files that tankard import did not write: mine.libsonnet',
    },
    'a file in place of the folder': {
      files: { '.tankard/libs': '' },
      message: '.tankard/libs/crds',
    },
    "something of the user's in vendor/": {
      files: { 'vendor/crds/main.libsonnet': '{}' },
      message: 'vendor/crds is taken',
    },
    'another library of that name': {
      files: {
        'libs/crds/main.libsonnet': '{}',
        'jsonnetfile.json':
          '{"version":1,"dependencies":[{"source":{"local":{"directory":"libs/crds"}},"version":""}],"legacyImports":true}',
      },
      message: 'has another library of that name, libs/crds',
    },
    'what jb would delete from vendor/': {
      files: { 'vendor/precious/a.libsonnet': '{}' },
      message: 'would delete what else is there: precious',
    },
    'a jsonnetfile.json that is not JSON': {
      files: { 'jsonnetfile.json': '{' },
      message: 'cannot read',
    },
    'a tankard.lock that is damaged': {
      files: { 'tankard.lock': '<<<<<<< HEAD\n' },
      message: 'tankard.lock: it is not JSON',
    },
    'a tankard.lock of a later version': {
      files: { 'tankard.lock': '{"version":2,"libraries":{}}' },
      message: 'tankard.lock: "version" is 2, and this tankard knows 1',
    },
    'a second source that is not there': {
      files: {},
      message: 'nowhere.yaml',
      sources: [CRDS, { source: 'crd:nowhere.yaml' }],
    },
    'a name that another import has': {
      files: { 'crds2/widget.yaml': widgetCrd() },
      message: 'tankard.yaml already imports crds, from crd:crds',
      sources: [CRDS, { source: 'crd:crds2', name: 'crds' }],
    },
    'a name that another import has, but for its case': {
      files: { 'crds2/widget.yaml': widgetCrd() },
      message: 'the libraries crds and CRDs differ in case only',
      sources: [CRDS, { source: 'crd:crds2', name: 'CRDs' }],
    },
    'two such names in tankard.yaml': {
      files: { 'tankard.yaml': 'imports:\n  crds: crd:crds\n  CRDs: crd:crds\n' },
      message: 'the libraries crds and CRDs differ in case only',
      sources: [],
    },
    'a name that cannot be a folder': {
      files: {},
      message: '"../crds" cannot be the name of a library',
      sources: [{ ...CRDS, name: '../crds' }],
    },
    'CRDs outside the project': {
      files: {},
      message: 'is outside the project',
      sources: [{ source: 'crd:../crds' }],
    },
  };

  it.each(Object.entries(OBSTACLES))('%s', async (_, { files, message, sources = [CRDS] }) => {
    const root = await makeImportProject(files);
    const before = await snapshot(root);
    await expect(importLibraries({ cwd: root, sources })).rejects.toMatchObject({
      name: 'Failure',
      kind: 'usage',
      message: expect.stringContaining(message),
    });
    const { '.tankard/.gitignore': __, ...after } = await snapshot(root);
    expect(after).toEqual(before);
  });

  it('what is found when all is written already', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    await writeFile(path.join(root, 'crds/widget.yaml'), widgetCrd('string'));
    // jb has to link again, and would delete this.
    await rm(path.join(root, 'vendor/crds'));
    await mkdir(path.join(root, 'vendor/precious'));
    const before = await snapshot(root);
    await expect(importLibraries({ cwd: root })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('precious'),
    });
    expect(await snapshot(root)).toEqual(before);
  });

  it.each<[string, (root: string) => Promise<unknown>]>([
    ['tankard.yaml', (root) => importLibraries({ cwd: root, sources: [CRDS] })],
    ['tankard.yaml', (root) => writeFile(path.join(root, 'tankard.yaml'), '# mine\n')],
    ['jsonnetfile.json', (root) => writeFile(path.join(root, 'jsonnetfile.json'), '{}')],
    ['lib/k.libsonnet', (root) => writeFile(path.join(root, 'lib/k.libsonnet'), '{}')],
  ])('another import, or an edit, of %s while it runs', async (file, change) => {
    const root = await makeImportProject();
    await mkdir(path.join(root, 'lib'), { recursive: true });
    let before: Record<string, string> = {};
    const source = await serveWidget(async () => {
      await change(root);
      before = await snapshot(root);
    });
    await expect(importLibraries({ cwd: root, sources: [{ source }] })).rejects.toMatchObject({
      kind: 'usage',
      message: `${file} changed while the import ran`,
      hint: expect.stringContaining('Run it again'),
    });
    const { '.tankard/.gitignore': __, ...after } = await snapshot(root);
    const { '.tankard/.gitignore': ___, ...expected } = before;
    expect(after).toEqual(expected);
    const again = await serveWidget(async () => undefined);
    await importLibraries({ cwd: root, sources: [{ source: again }] });
    expect(Object.keys(await snapshot(root))).toEqual(expect.arrayContaining(Object.keys(before)));
  });

  it('another import that writes at the same moment; one that was killed is not in the way', async () => {
    const root = await makeImportProject({ '.tankard/import.pid': String(process.pid) });
    const before = await snapshot(root);
    await expect(importLibraries({ cwd: root, sources: [CRDS] })).rejects.toMatchObject({
      kind: 'usage',
      message: 'another tankard import is writing to this project',
    });
    const { '.tankard/.gitignore': __, ...after } = await snapshot(root);
    expect(after).toEqual(before);
    // More than any system gives.
    await writeFile(path.join(root, '.tankard/import.pid'), '2147483647');
    await importLibraries({ cwd: root, sources: [CRDS] });
    expect(Object.keys(await snapshot(root))).not.toContain('.tankard/import.pid');
  });

  it.skipIf(isRoot)('a folder that cannot be written', async () => {
    const root = await makeImportProject();
    const before = await snapshot(root);
    await chmod(root, 0o555);
    try {
      await expect(importLibraries({ cwd: root, sources: [CRDS] })).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringContaining(path.join(root, '.tankard')),
      });
    } finally {
      await chmod(root, 0o755);
    }
    expect(await snapshot(root)).toEqual(before);
  });

  it.each([
    ['at once', ''],
    ['when all is written and jb runs', 'linking'],
  ])('an interrupt %s', async (_, line) => {
    const root = await makeImportProject();
    const before = await snapshot(root);
    const controller = new AbortController();
    const interrupt = (): void => controller.abort(new Failure('interrupted', 'interrupted'));
    if (line === '') interrupt();
    const running = importLibraries({
      cwd: root,
      sources: [CRDS],
      signal: controller.signal,
      onProgress: (told) => {
        if (told.startsWith(line)) interrupt();
      },
    });
    await expect(running).rejects.toThrow();
    expect(controller.signal.aborted).toBe(true);
    const { '.tankard/.gitignore': __, ...after } = await snapshot(root);
    expect(after).toEqual(before);
  });
});
