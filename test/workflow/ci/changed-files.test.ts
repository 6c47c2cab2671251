import { rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { changedFiles } from '../../../lib/workflow/ci/changed-files.ts';
import { makeProject } from '../../tanka/project.ts';
import { failureOf } from '../../tools/failure-of.ts';
import { temporaryDirectory } from '../../tools/fake-program.ts';
import { change, commitAll, git, makeRepository } from './repository.ts';

async function changedIn(root: string, range: string): Promise<string[]> {
  const { files } = await changedFiles(root, range);
  return files.map((file) => path.relative(root, file));
}

/** A branch with two commits, of which main has got another one meanwhile. */
async function branched(): Promise<string> {
  const root = await makeRepository({ 'a.jsonnet': '1', 'b.jsonnet': '2', '.gitignore': 'out\n' });
  await git(root, 'checkout', '--quiet', '-b', 'work');
  await change(root, { 'a.jsonnet': '3' });
  await commitAll(root);
  await git(root, 'checkout', '--quiet', 'main');
  await change(root, { 'main-only.jsonnet': '4' });
  await commitAll(root);
  await git(root, 'checkout', '--quiet', 'work');
  return root;
}

describe('the files that a range changed', () => {
  test('with three dots, or none, what the branch changed since it began', async () => {
    const root = await branched();
    for (const range of ['main...HEAD', 'main...', 'main', 'main...work'])
      expect(await changedIn(root, range)).toEqual(['a.jsonnet']);
  });

  test('with two dots, what differs from that commit', async () => {
    expect(await changedIn(await branched(), 'main..HEAD')).toEqual([
      'a.jsonnet',
      'main-only.jsonnet',
    ]);
  });

  test('also what is not committed, not tracked, removed and renamed; not what is ignored', async () => {
    const root = await branched();
    await rename(path.join(root, 'b.jsonnet'), path.join(root, 'ü "c".jsonnet'));
    await change(root, { 'new\nline.jsonnet': '5', out: '6' });
    await git(root, 'add', '--all');
    await change(root, { 'untracked/d.jsonnet': '7' });
    expect(await changedIn(root, 'main...HEAD')).toEqual([
      'a.jsonnet',
      'b.jsonnet',
      'new\nline.jsonnet',
      'untracked/d.jsonnet',
      'ü "c".jsonnet',
    ]);
  });

  test('of a project below the root of the repository, outside of it too', async () => {
    const root = await makeRepository({ 'shared/a.libsonnet': '1', 'team/jsonnetfile.json': '{}' });
    await change(root, { 'shared/a.libsonnet': '2', 'team/b.jsonnet': '3' });
    const { files } = await changedFiles(path.join(root, 'team'), 'HEAD');
    expect(files).toEqual([
      path.join(root, 'shared/a.libsonnet'),
      path.join(root, 'team/b.jsonnet'),
    ]);
  });

  test.each([
    ['nowhere...HEAD', /git does not know "nowhere"$/, /origin\/main/],
    ['--output=x...HEAD', /git does not know "--output=x"$/, /origin\/main/],
    ['...HEAD', /is no range of commits/, /main\.\.\.HEAD/],
    ['HEAD...main', /ends at main, but [0-9a-f]{7} is checked out/, /files on disk/],
  ])('refuses %s', async (range, message, hint) => {
    const failure = await failureOf(changedFiles(await branched(), range));
    expect(failure).toMatchObject({ kind: 'usage' });
    expect(failure.message).toMatch(message);
    expect(failure.hint).toMatch(hint);
  });

  test('in a shallow clone without the start of the range: says to fetch it', async () => {
    const origin = await branched();
    const clone = path.join(await temporaryDirectory(), 'clone');
    const url = pathToFileURL(origin).href;
    await git(origin, 'clone', '--quiet', '--depth=1', '--branch=work', url, clone);
    const base = await git(origin, 'rev-parse', 'main');
    const failure = await failureOf(changedFiles(clone, `${base}...HEAD`));
    expect(failure).toMatchObject({ kind: 'usage' });
    expect(failure.message).toContain('in this shallow clone');
    expect(failure.hint).toContain('fetch-depth: 0');
    // The commit is there then, but not the one that both come from.
    await git(clone, 'fetch', '--quiet', '--depth=1', 'origin', 'main');
    const half = await failureOf(changedFiles(clone, 'FETCH_HEAD...HEAD'));
    expect(half.message).toContain('no commit in common in this shallow clone');
  });

  test('without a repository: says that all can be checked', async () => {
    const failure = await failureOf(changedFiles(await makeProject({}), 'main...HEAD'));
    expect(failure).toMatchObject({
      kind: 'usage',
      hint: 'Without --range all environments are checked.',
    });
  });
});
