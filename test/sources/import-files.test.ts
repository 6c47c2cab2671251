import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ChangedSource } from '../../lib/sources/changed-source.ts';
import { checkFiles } from '../../lib/sources/open-import.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { crd } from './crd.ts';
import { freshProject, goOffline, namesOf, open, resolve, snapshot } from './imports.ts';

const project = freshProject();

const FOO = 'my-group.example.com/v1 Foo';
const BAR = 'my-group.example.com/v1 Bar';
const foo = crd({});
const bar = crd({ names: { kind: 'Bar', plural: 'bars' } });

async function write(files: { readonly [file: string]: string }): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(project.root, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, text);
  }
}

test('a file is pinned by its checksum, and read without a network', async () => {
  await write({ 'crds/foo.yaml': foo });
  goOffline();
  const locked = await resolve(project, 'crd:crds/foo.yaml');
  expect(locked).toEqual({
    source: 'crd:crds/foo.yaml',
    files: [{ file: 'crds/foo.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
  const api = await open(project, locked);
  expect(api).toEqual({
    kinds: [
      {
        apiVersion: 'my-group.example.com/v1',
        kind: 'Foo',
        plural: 'foos',
        namespaced: true,
        dialect: 'crd',
        schema: { type: 'object', properties: { spec: { type: 'object' } } },
      },
    ],
    definitions: {},
  });
  expect(project.progress).toEqual([]);
});

test('a folder is read with the folders in it; what is passed over is counted', async () => {
  await write({
    'crds/b/foo.yml': foo,
    'crds/a.json': `${bar}\n`,
    'crds/kustomization.yaml': 'kind: Kustomization\nresources: [b/foo.yml]\n',
    'crds/chart.yaml': '{{ .Values.x }}',
    'crds/README.md': 'CustomResourceDefinition',
    'crds/.git/old.yaml': foo,
    'crds/node_modules/x/foo.yaml': foo,
    'crds/mixed.yaml': `kind: Role\n---\n${crd({ group: 'x.example.com' })}`,
  });
  // A link that leads back would make it endless.
  await symlink('..', path.join(project.root, 'crds', 'again'));
  const locked = await resolve(project, 'crd:crds');
  expect(locked.files?.map(({ file }) => file)).toEqual([
    'crds/a.json',
    'crds/b/foo.yml',
    'crds/mixed.yaml',
  ]);
  expect(namesOf(await open(project, locked))).toEqual([BAR, FOO, 'x.example.com/v1 Foo']);
  expect(project.progress).toEqual(['crds: 3 CRDs; passed over a Role and 2 files without CRDs']);
});

test('one of a kind is told in the singular', async () => {
  await write({ 'crds/foo.yaml': foo, 'crds/chart.yaml': '{{ .Values.x }}' });
  await resolve(project, 'crd:crds');
  expect(project.progress).toEqual(['crds: 1 CRD; passed over 1 file without CRDs']);
});

test('the same files give the same bytes', async () => {
  await write({ 'crds/foo.yaml': foo, 'crds/bar.yaml': bar });
  const locked = await resolve(project, 'crd:crds');
  const [before, api] = [await snapshot(project.cache), await open(project, locked)];
  await rm(project.cache, { recursive: true });
  await mkdir(project.cache);
  expect(JSON.stringify(await open(project, locked))).toBe(JSON.stringify(api));
  expect(await snapshot(project.cache)).toEqual(before);
  expect(await resolve(project, 'crd:crds')).toEqual(locked);
});

test.each<[string, string, () => Promise<void>]>([
  ['changed', 'crds/foo.yaml changed', () => write({ 'crds/foo.yaml': `${foo}\n` })],
  ['gone', 'crds/foo.yaml is gone', () => rm(path.join(project.root, 'crds/foo.yaml'))],
  ['new', 'crds/more.yaml was added', () => write({ 'crds/more.yaml': `# ${foo}` })],
  [
    'renamed',
    'crds/foo.yaml is gone',
    () => rename(path.join(project.root, 'crds/foo.yaml'), path.join(project.root, 'crds/f.yaml')),
  ],
])('a file that is %s is told apart from other failures', async (_how, what, change) => {
  await write({ 'crds/foo.yaml': foo, 'crds/bar.yaml': bar, 'crds/other.yaml': 'a: 1' });
  const locked = await resolve(project, 'crd:crds');
  await write({ 'crds/other.yaml': 'a: 2' });
  await open(project, locked);
  await change();
  const message = `${what} since tankard.lock was written`;
  const expected = { kind: 'usage', message, hint: 'Run `tankard import`.' };
  await expect(open(project, locked)).rejects.toMatchObject(expected);
  await expect(checkFiles(locked, project.root)).rejects.toBeInstanceOf(ChangedSource);
});

test('a file or a folder that is gone altogether is told apart too', async () => {
  await write({ 'foo.yaml': foo, 'crds/bar.yaml': bar });
  const file = await resolve(project, 'crd:foo.yaml');
  const folder = await resolve(project, 'crd:crds');
  await rm(path.join(project.root, 'foo.yaml'));
  await rm(path.join(project.root, 'crds'), { recursive: true });
  await expect(open(project, file)).rejects.toThrow('foo.yaml is gone since tankard.lock');
  await expect(open(project, folder)).rejects.toThrow('crds is gone since tankard.lock');
  await expect(checkFiles(folder, project.root)).rejects.toBeInstanceOf(ChangedSource);
});

test.each<[string, { readonly [file: string]: string }, string, string]>([
  ['no file', {}, 'crds/foo.yaml', 'cannot read crds/foo.yaml: there is no such file or folder'],
  ['an empty folder', { 'crds/README': 'x' }, 'crds', 'crds has no YAML or JSON files'],
  [
    'a folder without CRDs',
    { 'crds/a.yaml': 'kind: Role', 'crds/b.json': '{}' },
    'crds',
    'none of the 2 YAML and JSON files in crds has a CustomResourceDefinition',
  ],
  [
    'a file without CRDs',
    { 'a.yaml': 'kind: Role' },
    'a.yaml',
    'a.yaml has 1 object, which is no CustomResourceDefinition; it has a Role',
  ],
  [
    'a broken file among good ones',
    { 'crds/a.yaml': foo, 'crds/b.yaml': 'kind: CustomResourceDefinition\na: b: c' },
    'crds',
    'crds/b.yaml:2 is not YAML: bad indentation of a mapping entry',
  ],
  [
    'one kind in two files',
    { 'crds/a.yaml': foo, 'crds/b.yaml': foo },
    'crds',
    `crds/a.yaml and crds/b.yaml both define ${FOO}`,
  ],
])('%s is refused, and leaves nothing behind', async (_what, files, source, message) => {
  await write(files);
  await expect(resolve(project, `crd:${source}`)).rejects.toMatchObject({ kind: 'usage', message });
  expect(await snapshot(project.cache)).toEqual(new Map());
});

test('what a project imports is known to its validation, and wins', async () => {
  const gateway = crd({
    group: 'networking.istio.io',
    names: { kind: 'Gateway', plural: 'gateways' },
    scope: 'Cluster',
  });
  await write({ 'crds/foo.yaml': foo, 'crds/gateway.yaml': gateway });
  const imports = [await resolve(project, 'crd:crds')];
  const own = { directory: project.cache, lock: { version: 1, modules: [] } as const };
  const upstream = await openUpstream({ ...own, imports, root: project.root });
  expect(upstream.kinds().map(({ kind }) => kind)).toEqual(['Foo', 'Gateway']);
  const found = upstream.kind('my-group.example.com/v1', 'Foo');
  expect(found).toMatchObject({ module: 'crd:crds', version: '', dialect: 'crd' });
  expect((await upstream.loadSchema(found!)).root).toHaveProperty('properties.spec');
});

test('a damaged cache is mended from the files', async () => {
  await write({ 'crds/foo.yaml': foo });
  const locked = await resolve(project, 'crd:crds/foo.yaml');
  const api = await open(project, locked);
  for (const file of (await snapshot(project.cache)).keys()) {
    await writeFile(path.join(project.cache, file), '{');
    expect(await open(project, locked), file).toEqual(api);
  }
  expect(project.progress.join('\n')).toContain(
    'schemas in the cache are damaged: crd:crds/foo.yaml in ',
  );
});
