import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { findProjectRoot, isLibraryFile, libraryDirectories } from '../../lib/tanka/project.ts';
import { makeProject } from './project.ts';

it('the root is the nearest directory with jsonnetfile.json', async () => {
  const root = await makeProject({ 'a/jsonnetfile.json': '{}', 'a/b/x': '' });
  expect(findProjectRoot(path.join(root, 'a/b/x'))).toBe(path.join(root, 'a'));
  expect(findProjectRoot(root)).toBe(root);
});

it('a far tkrc.yaml beats a near jsonnetfile.json', async () => {
  const root = await makeProject({ 'tkrc.yaml': '', 'a/jsonnetfile.json': '{}' });
  expect(findProjectRoot(path.join(root, 'a'))).toBe(root);
});

it('without either there is a failure that says what makes a project', async () => {
  const root = await makeProject({});
  await rm(path.join(root, 'jsonnetfile.json'));
  expect(() => findProjectRoot(root)).toThrow(`no Tanka project at or above ${root}`);
});

it('vendor, node_modules, .tankard/libs and the tankard library are libraries, all else is the user’s', async () => {
  const root = await makeProject({
    'vendor/a/main.libsonnet': '',
    'node_modules/b/main.libsonnet': '',
    '.tankard/libs/c/main.libsonnet': '',
    'environments/dev/vendor/d/main.libsonnet': '',
    'environments/dev/main.jsonnet': '',
    'lib/e.libsonnet': '',
    'vendored/f.libsonnet': '',
  });
  const directories = libraryDirectories(root, path.join(root, 'environments/dev'));
  const isLibrary = (file: string): boolean => isLibraryFile(path.join(root, file), directories);
  expect(
    [
      'vendor/a/main.libsonnet',
      'node_modules/b/main.libsonnet',
      '.tankard/libs/c/main.libsonnet',
      'environments/dev/vendor/d/main.libsonnet',
    ].map(isLibrary),
  ).toEqual([true, true, true, true]);
  expect(
    ['environments/dev/main.jsonnet', 'lib/e.libsonnet', 'vendored/f.libsonnet'].map(isLibrary),
  ).toEqual([false, false, false]);
});

it('links are resolved: a local library linked into vendor is the user’s, the tankard library is not', async () => {
  const root = await makeProject({
    'libs/mine/main.libsonnet': '',
    'jsonnet/tankard/main.libsonnet': '',
  });
  await mkdir(path.join(root, 'vendor'));
  await symlink('../libs/mine', path.join(root, 'vendor/mine'));
  await symlink('../jsonnet/tankard', path.join(root, 'vendor/tankard'));
  const directories = libraryDirectories(root);
  expect(isLibraryFile(path.join(root, 'vendor/mine/main.libsonnet'), directories)).toBe(false);
  expect(isLibraryFile(path.join(root, 'vendor/tankard/main.libsonnet'), directories)).toBe(true);
  expect(isLibraryFile(path.join(root, 'jsonnet/tankard/main.libsonnet'), directories)).toBe(true);
});

it('only directories that exist are listed', async () => {
  const root = await makeProject({ 'vendor/a': '' });
  const own = path.join(packageRoot(), 'jsonnet', 'tankard');
  expect(libraryDirectories(root).filter((directory) => directory !== own)).toEqual([
    path.join(root, 'vendor'),
  ]);
});
