import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import { moduleKey, readModuleLock } from '../../lib/sources/module-lock.ts';
import {
  DEFAULT_KUBERNETES,
  KUBERNETES_VERSIONS,
  PINNED_MODULES,
} from '../../lib/sources/pinned-modules.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tankard-lock-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('the lock has the modules that are pinned, and each of their files matches', () => {
  const { modules } = readModuleLock();
  expect(modules.map(({ module, version }) => `${module} ${version}`)).toEqual(
    PINNED_MODULES.map(({ module, version }) => `${module} ${version}`),
  );
  for (const [index, { files }] of modules.entries())
    for (const { file } of files) expect(file).toMatch(PINNED_MODULES[index]!.files);
});

test('the lock has one file for each group and version of Kubernetes, and the source of the enums', () => {
  const locked = readModuleLock().modules.find(({ version }) => version === 'v1.35.1');
  const files = locked!.files.map(({ file }) => path.posix.basename(file));
  // Kubernetes 1.35.1 has 36 groups and versions; discovery and the version of the server have three.
  expect(files).toHaveLength(40);
  expect(files).toContain('apis_openapi.json');
  expect(files).toContain('api__v1_openapi.json');
  expect(files).toContain('apis__rbac.authorization.k8s.io__v1_openapi.json');
  expect(files).toContain('zz_generated.openapi.go');
});

test('the default version is the newest', () => {
  expect(KUBERNETES_VERSIONS).toEqual([
    '1.30',
    '1.31',
    '1.32',
    '1.33',
    '1.34',
    '1.35',
    '1.36',
    '1.37',
  ]);
  expect(KUBERNETES_VERSIONS.at(-1)).toBe(DEFAULT_KUBERNETES);
});

test('another checksum of one file gives another key', () => {
  const [locked] = readModuleLock().modules;
  const [first, ...rest] = locked!.files;
  const changed = { ...locked!, files: [{ ...first!, sha256: '0'.repeat(64) }, ...rest] };
  expect(moduleKey(changed)).not.toBe(moduleKey(locked!));
  expect(moduleKey({ ...locked! })).toBe(moduleKey(locked!));
});

const good = {
  module: 'example.com/m',
  version: 'v1.0.0',
  sum: `h1:${'A'.repeat(43)}=`,
  files: [{ file: 'a.yaml', sha256: '0'.repeat(64) }],
};

test.each([
  ['{', /JSON/],
  ['[]', /not an object/],
  [JSON.stringify({ version: 2, modules: [] }), /"version" is 2, not 1/],
  [JSON.stringify({ version: 1 }), /"modules" is not a list/],
  [JSON.stringify({ version: 1, modules: [good, { ...good, sum: 'h1:short' }] }), /"modules\[1\]"/],
  [JSON.stringify({ version: 1, modules: [{ ...good, files: [] }] }), /"modules\[0\]"/],
  [
    JSON.stringify({ version: 1, modules: [{ ...good, files: [{ file: 'a', sha256: 'x' }] }] }),
    /"modules\[0\]"/,
  ],
])('a lock that is damaged is refused: %s', async (text, reason) => {
  const file = path.join(folder, 'lock.json');
  await writeFile(file, text);
  expect(() => readModuleLock(file)).toThrow(Failure);
  expect(() => readModuleLock(file)).toThrow(reason);
  expect(() => readModuleLock(file)).toThrow(file);
});

test('a good lock is read', async () => {
  const file = path.join(folder, 'good.json');
  const lock = { version: 1, modules: [good] };
  await writeFile(file, JSON.stringify(lock));
  expect(readModuleLock(file)).toEqual(lock);
});

test('a lock that is missing is a failure of usage', () => {
  expect(() => readModuleLock(path.join(folder, 'none.json'))).toThrow(
    expect.objectContaining({ kind: 'usage', message: expect.stringContaining('ENOENT') }),
  );
});
