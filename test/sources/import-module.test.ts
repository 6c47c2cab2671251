import { mkdir, readdir, rm } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import type { LockedImport } from '../../lib/sources/locked-import.ts';
import { freshProject, goOffline, namesOf, open, resolve, snapshot } from './imports.ts';

// Each test downloads a module of about 1.4 MB.
vi.setConfig({ testTimeout: 300_000 });

const project = freshProject();

const MODULE = 'github.com/bitnami-labs/sealed-secrets';
const FOLDER = 'helm/sealed-secrets/crds';
const FILE = `${FOLDER}/bitnami.com_sealedsecrets.yaml`;
const LOCKED = {
  module: MODULE,
  version: 'v0.36.0',
  sum: 'h1:UIAXiGdZJVanVLuAxz6jaQR/WQ6p04ZDdzrBu4FZHiU=',
  files: [{ file: FILE, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
};

async function emptyCache(): Promise<void> {
  await rm(project.cache, { recursive: true });
  await mkdir(project.cache);
}

test.each([FILE, FOLDER])('%s of a module is pinned, and read offline', async (path) => {
  const locked = await resolve(project, `crd:${MODULE}@v0.36.0:${path}`);
  expect(locked).toEqual({ source: `crd:${MODULE}@v0.36.0:${path}`, modules: [LOCKED] });
  expect(project.progress).toEqual([`fetching schemas: ${MODULE} v0.36.0`]);
  goOffline();
  expect(namesOf(await open(project, locked))).toEqual(['bitnami.com/v1alpha1 SealedSecret']);
  expect(project.progress).toHaveLength(1);
});

test('fetched again it is the same to the byte', async () => {
  const locked = await resolve(project, `crd:${MODULE}@v0.36.0:${FOLDER}`);
  const before = await snapshot(project.cache);
  await emptyCache();
  await open(project, locked);
  expect(await snapshot(project.cache)).toEqual(before);
});

function changed(locked: LockedImport, change: object): LockedImport {
  return { ...locked, modules: locked.modules!.map((module) => ({ ...module, ...change })) };
}

test('a wrong checksum is refused, and nothing is kept', async () => {
  const locked = await resolve(project, `crd:${MODULE}@v0.36.0:${FILE}`);
  await emptyCache();
  const sum = `h1:${'A'.repeat(43)}=`;
  await expect(open(project, changed(locked, { sum }))).rejects.toMatchObject({
    kind: 'usage',
    message: `the module of ${MODULE} v0.36.0 is not what tankard.lock pins: wanted ${sum}, got ${LOCKED.sum}`,
    hint: expect.stringContaining('tankard.lock'),
  });
  const files = [{ file: FILE, sha256: '0'.repeat(64) }];
  await expect(open(project, changed(locked, { files }))).rejects.toThrow(
    `${FILE} of ${MODULE} v0.36.0 is not what tankard.lock pins: wanted ${'0'.repeat(64)}, got `,
  );
  expect(await readdir(project.cache)).toEqual([]);
});

test('a lock that names a version which cannot be had says which, and what Go said', async () => {
  const locked = await resolve(project, `crd:${MODULE}@v0.36.0:${FILE}`);
  await emptyCache();
  await expect(open(project, changed(locked, { version: 'v0.999.0' }))).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringMatching(/^cannot fetch the schemas in \S+ v0\.999\.0: \S/),
    hint: expect.stringContaining('GOPROXY'),
  });
  expect(await readdir(project.cache)).toEqual([]);
});

test.each([
  [
    'no/such.yaml',
    `${MODULE} v0.36.0 has no file no/such.yaml, and no YAML or JSON files in such a folder`,
  ],
  [
    'README.md',
    /^github.com\/bitnami-labs\/sealed-secrets@v0\.36\.0:README\.md(:\d+ is not YAML| has no Kubernetes objects)/,
  ],
  [
    'helm/sealed-secrets/values.yaml',
    /values\.yaml has 1 object, which is no CustomResourceDefinition; it has an object without a kind$/,
  ],
  [
    'helm/sealed-secrets/templates',
    /^none of the \d+ YAML and JSON files in .*:helm\/sealed-secrets\/templates has a Custom/,
  ],
])('%s of a module is refused, and nothing is kept', async (path, message) => {
  await expect(resolve(project, `crd:${MODULE}@v0.36.0:${path}`)).rejects.toMatchObject({
    kind: 'usage',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
  expect(await readdir(project.cache)).toEqual([]);
});
