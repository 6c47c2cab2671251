import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { ROOT } from '../cli/tankard.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const MAIN = `(import 'tankard/main.libsonnet').irsa.serviceAccount.new('a', 'b', 'arn:aws:iam::123456789012:role/a')
.metadata.annotations`;

/** What the library gives in a project that jb installed it into. */
async function evaluated(root: string): Promise<unknown> {
  const jsonnet = (await ensureTool('jsonnet')).path;
  await writeFile(path.join(root, 'main.jsonnet'), MAIN);
  const { stdout } = await execa(jsonnet, ['-J', 'vendor', 'main.jsonnet'], { cwd: root });
  return JSON.parse(stdout);
}

const RENDERED = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/a' };

it('jb installs jsonnet/tankard from a git repository, at a tag', async () => {
  const repository = await temporaryDirectory();
  await cp(path.join(ROOT, 'jsonnet/tankard'), path.join(repository, 'jsonnet/tankard'), {
    recursive: true,
  });
  const git = ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'a'],
    ['tag', 'v0.1.0'],
  ])
    await execa('git', [...git, ...args]);

  const root = await temporaryDirectory();
  const jb = (await ensureTool('jb')).path;
  // jb takes addresses of https and ssh only; git itself is told where this one is.
  const settings = path.join(root, 'gitconfig');
  await writeFile(
    settings,
    `[url "${repository}"]\n  insteadOf = https://git.example.com/org/tankard.git\n`,
  );
  const options = { cwd: root, env: { GIT_CONFIG_GLOBAL: settings } };
  await execa(jb, ['init'], options);
  await execa(
    jb,
    ['install', 'https://git.example.com/org/tankard.git/jsonnet/tankard@v0.1.0'],
    options,
  );
  expect(await evaluated(root)).toEqual(RENDERED);
  expect(JSON.parse(await readFile(path.join(root, 'jsonnetfile.json'), 'utf8'))).toMatchObject({
    dependencies: [{ source: { git: { subdir: 'jsonnet/tankard' } }, version: 'v0.1.0' }],
  });
});

it('jb installs it from a folder', async () => {
  const root = await temporaryDirectory();
  await cp(path.join(ROOT, 'jsonnet/tankard'), path.join(root, 'libs/tankard'), {
    recursive: true,
  });
  const jb = (await ensureTool('jb')).path;
  await execa(jb, ['init'], { cwd: root });
  await execa(jb, ['install', 'libs/tankard'], { cwd: root });
  expect(await evaluated(root)).toEqual(RENDERED);
});
