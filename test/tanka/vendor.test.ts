import { lstat, mkdir, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureVendor } from '../../lib/tanka/vendor.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { makeProject } from './project.ts';

beforeAll(async () => {
  await ensureTool('jb');
}, 300_000);

// In a form of its own, so that a rewrite by jb would show.
const LOCAL = `{"dependencies": [{"source": {"local": {"directory": "jsonnet/mine"}}, "version": ""}], "version": 1,
  "legacyImports": true}`;
const GIT = JSON.stringify({
  version: 1,
  dependencies: [
    {
      source: { git: { remote: 'https://example.com/org/libs.git', subdir: 'one' } },
      version: 'main',
    },
  ],
  legacyImports: true,
});
const LIBRARY = { 'jsonnet/mine/main.libsonnet': '{}' };

it('links a local library, as after a fresh clone, and leaves committed files as they are', async () => {
  const lock = `${LOCAL}\n\n`;
  const root = await makeProject({
    ...LIBRARY,
    'jsonnetfile.json': LOCAL,
    'jsonnetfile.lock.json': lock,
  });
  const progress: string[] = [];
  await ensureVendor({ root, onProgress: (line) => progress.push(line) });
  expect(await readlink(path.join(root, 'vendor/mine'))).toBe('../jsonnet/mine');
  expect(await readFile(path.join(root, 'jsonnetfile.json'), 'utf8')).toBe(LOCAL);
  expect(await readFile(path.join(root, 'jsonnetfile.lock.json'), 'utf8')).toBe(lock);
  expect(progress).toEqual(['linking jsonnet/mine into vendor/ (jb install)']);

  await ensureVendor({ root, onProgress: () => expect.unreachable('it was all there') });
});

it('makes no lock where there was none', async () => {
  const root = await makeProject({ ...LIBRARY, 'jsonnetfile.json': LOCAL });
  await ensureVendor({ root });
  expect((await readdir(root)).sort()).toEqual(['jsonnet', 'jsonnetfile.json', 'vendor']);
});

it('does nothing where nothing is to be linked', async () => {
  const root = await makeProject({});
  await ensureVendor({ root });
  await expect(lstat(path.join(root, 'vendor'))).rejects.toThrow('ENOENT');
});

it('a local library that does not exist is a usage failure', async () => {
  const root = await makeProject({ 'jsonnetfile.json': LOCAL });
  await expect(ensureVendor({ root })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(`${path.join(root, 'jsonnet/mine')} is not a directory`),
  });
});

it('a library from git that is missing is left to the user', async () => {
  const root = await makeProject({ 'jsonnetfile.json': GIT });
  await expect(ensureVendor({ root })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('are not in vendor/: example.com/org/libs/one'),
    hint: `Run \`jb install\` in ${root}.`,
  });
  await mkdir(path.join(root, 'vendor/example.com/org/libs/one'), { recursive: true });
  await ensureVendor({ root });
});

it('what jb would delete from vendor is not put at risk', async () => {
  const root = await makeProject({
    ...LIBRARY,
    'jsonnetfile.json': LOCAL,
    'vendor/precious/a.libsonnet': '{}',
  });
  await expect(ensureVendor({ root })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('would delete what else is there: precious'),
  });
  expect(await readFile(path.join(root, 'vendor/precious/a.libsonnet'), 'utf8')).toBe('{}');
});

it('a jsonnetfile.json that is not JSON is a usage failure', async () => {
  const root = await makeProject({ 'jsonnetfile.json': '{' });
  await expect(ensureVendor({ root })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(`cannot read ${path.join(root, 'jsonnetfile.json')}`),
  });
});
