import { existsSync, readFileSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { copyCommit } from '../../../lib/workflow/preview/copy-commit.ts';
import { headCommit, openRepository } from '../../../lib/workflow/preview/git.ts';
import { HeadBase, type HeadRendering } from '../../../lib/workflow/preview/head-rendering.ts';
import { importLibraries } from '../../../lib/workflow/import.ts';
import { openProject } from '../../../lib/workflow/project.ts';
import { show } from '../../../lib/workflow/show.ts';
import { makeProject, SPEC } from '../../tanka/project.ts';
import { failureOf } from '../../tools/failure-of.ts';
import { fakeProgram, temporaryDirectory } from '../../tools/fake-program.ts';
import { makeImportProject } from '../import-project.ts';

const DEV = 'environments/dev';

function configMap(x: string): string {
  return `{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: ${x} } } }`;
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  const { stdout } = await execa('git', [...identity, '-c', 'commit.gpgSign=false', ...args], {
    cwd,
  });
  return stdout;
}

/** Writes nothing, not even new times into the index. */
const STATUS = ['--no-optional-locks', 'status', '--porcelain', '--ignored'];

async function commitAll(root: string): Promise<string> {
  await git(root, 'add', '--all');
  await git(root, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  return (await git(root, 'rev-parse', 'HEAD')).slice(0, 7);
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}

/** A repository with one commit of these files and of `environments/dev`. */
async function makeRepository(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await makeProject({
    [`${DEV}/main.jsonnet`]: configMap("'head'"),
    [`${DEV}/spec.json`]: SPEC,
    ...files,
  });
  await git(root, 'init', '--quiet');
  await commitAll(root);
  return root;
}

async function openHead(root: string): Promise<HeadBase> {
  const base = new HeadBase(await openProject({ cwd: root }));
  onTestFinished(() => base.close());
  return base;
}

async function renderHead(root: string, name?: string): Promise<HeadRendering> {
  const base = await openHead(root);
  return base.render({ path: DEV, ...(name === undefined ? {} : { name }) });
}

/** The value of `data.x` in each ConfigMap. */
function valuesOf({ rendering }: HeadRendering): unknown[] {
  return rendering.manifests.map(({ value }) => (value['data'] as { readonly x: unknown }).x);
}

/** Every file below a folder with what would tell a write. */
async function stateOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.sort().map(async (name) => {
      const { mtimeMs, size, ino } = await lstat(path.join(folder, name));
      return [name, mtimeMs, size, ino].join(' ');
    }),
  );
}

/** Has temporary folders made in one of the test's own from now on; gives what is in it. */
async function watchTemporary(): Promise<() => Promise<string[]>> {
  const folder = await temporaryDirectory();
  setVariable('TMPDIR', folder);
  return () => readdir(folder);
}

function setVariable(name: string, value: string): void {
  vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

describe('the last commit', () => {
  it('is rendered whatever the work tree and the index hold, and nothing is written to either', async () => {
    const root = await makeRepository({ 'lib/x.libsonnet': "'lib'", '.gitignore': 'ignored\n' });
    await write(root, {
      [`${DEV}/main.jsonnet`]: configMap("'staged'"),
      'environments/new/main.jsonnet': '{}',
      'lib/x.libsonnet': 'broken',
      ignored: '',
    });
    await git(root, 'add', `${DEV}/main.jsonnet`);
    await write(root, { [`${DEV}/main.jsonnet`]: configMap("'saved'") });
    for (const hook of ['post-index-change', 'post-checkout'])
      await fakeProgram(path.join(root, '.git', 'hooks'), hook, `touch '${root}/hooked'`);
    const status = await git(root, ...STATUS);
    const before = await stateOf(root);

    const head = await renderHead(root);

    expect(valuesOf(head)).toEqual(['head']);
    expect(head.rendering.yaml.toString()).toContain('x: head\n');
    expect(head.label).toBe(`HEAD (${(await git(root, 'rev-parse', 'HEAD')).slice(0, 7)})`);
    expect(await stateOf(root)).toEqual(before);
    expect(await git(root, ...STATUS)).toBe(status);
  });

  it('is followed when it moves', async () => {
    const root = await makeRepository({});
    const base = await openHead(root);
    const first = await base.render({ path: DEV });
    await write(root, { [`${DEV}/main.jsonnet`]: configMap("'second'") });
    expect(await base.render({ path: DEV })).toBe(first);
    const commit = await commitAll(root);
    const second = await base.render({ path: DEV });
    expect(second.label).toBe(`HEAD (${commit})`);
    expect([valuesOf(first), valuesOf(second)]).toEqual([['head'], ['second']]);
    await git(root, 'checkout', '--quiet', 'HEAD~');
    expect(await base.render({ path: DEV })).toEqual(first);
  });

  it('is copied once, and the copy goes', async () => {
    const root = await makeRepository({ '.gitignore': 'charts/\n', 'charts/a/x': 'kept' });
    const copies = await watchTemporary();
    const base = await openHead(root);
    await Promise.all([base.render({ path: DEV }), base.render({ path: DEV })]);
    await write(root, { other: '' });
    await commitAll(root);
    await base.render({ path: DEV });
    await expect.poll(copies).toHaveLength(1);
    await base.close();
    expect(await copies()).toEqual([]);
    expect(await readFile(path.join(root, 'charts', 'a', 'x'), 'utf8')).toBe('kept');
  });

  it('is not rendered further when the preview ends or the user interrupts', async () => {
    const root = await makeRepository({
      [`${DEV}/main.jsonnet`]: 'local f(n) = f(n + 1) tailstrict; { a: f(0) }',
    });
    const copies = await watchTemporary();
    const base = await openHead(root);
    const running = failureOf(base.render({ path: DEV }));
    await expect.poll(copies).toHaveLength(1);
    await base.close();
    expect(await copies()).toEqual([]);
    expect((await running).kind).toBe('interrupted');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 500);
    const failure = await failureOf((await openHead(root)).render({ path: DEV }, abort.signal));
    expect(failure.kind).toBe('interrupted');
  }, 30_000);

  it('may lack the environment', async () => {
    const root = await makeRepository({
      'environments/inline/main.jsonnet': `{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment',
        metadata: { name: 'one' }, spec: { namespace: 'default' }, data: ${configMap('1')} }`,
      'environments/notes/README.md': '',
    });
    await write(root, {
      'environments/new/main.jsonnet': '{}',
      'environments/notes/main.jsonnet': '{}',
    });
    const base = await openHead(root);
    const label = expect.stringMatching(/^HEAD \([0-9a-f]{7}\), which does not have it$/);
    const absent = { label, rendering: { manifests: [] } };
    expect(await base.render({ path: 'environments/new' })).toMatchObject(absent);
    expect(await base.render({ path: 'environments/notes' })).toMatchObject(absent);
    const inline = 'environments/inline';
    expect(await base.render({ path: inline, name: 'two' })).toMatchObject(absent);
    expect(valuesOf(await base.render({ path: inline, name: 'one' }))).toEqual([1]);
  });

  it('may be broken, until a commit renders', async () => {
    const root = await makeRepository({ [`${DEV}/main.jsonnet`]: '{\n  a: error "oh" }' });
    const base = await openHead(root);
    const failure = await failureOf(base.render({ path: DEV }));
    expect(failure.kind).toBe('usage');
    expect(failure.message).toMatch(
      /^HEAD \([0-9a-f]{7}\) does not render: oh \(environments\/dev\/main\.jsonnet:2:\d+\)$/,
    );
    await write(root, { [`${DEV}/main.jsonnet`]: configMap("'mended'") });
    await commitAll(root);
    expect(valuesOf(await base.render({ path: DEV }))).toEqual(['mended']);
  });
});

describe('the copy of a commit', () => {
  it('renders what the work tree does when nothing was changed, labels of tk included', async () => {
    const spec = { namespace: 'default', injectLabels: true };
    const root = await makeRepository({
      [`${DEV}/spec.json`]: JSON.stringify({ ...(JSON.parse(SPEC) as object), spec }),
    });
    const [now] = await show({ cwd: root, environments: [DEV] });
    const { rendering } = await renderHead(root);
    expect(rendering.yaml.toString()).toContain('tanka.dev/environment: ');
    expect(rendering.yaml.toString()).toBe(now?.yaml.toString());
  });

  it('has all of the repository, for a project in a folder of it', async () => {
    const top = await makeRepository({
      'shared/x.libsonnet': "'shared'",
      // Archives of git would be without it.
      '.gitattributes': 'shared export-ignore\n',
      [`apps/web/${DEV}/main.jsonnet`]: configMap("import '../../../../shared/link.libsonnet'"),
      [`apps/web/${DEV}/spec.json`]: SPEC,
      'apps/web/jsonnetfile.json': '{"version":1,"dependencies":[]}',
      'apps/web/run.sh': '#!/bin/sh\n',
    });
    await symlink('x.libsonnet', path.join(top, 'shared', 'link.libsonnet'));
    await chmod(path.join(top, 'apps', 'web', 'run.sh'), 0o755);
    await commitAll(top);
    await write(top, { 'shared/x.libsonnet': "'later'" });
    const root = path.join(top, 'apps', 'web');
    expect(valuesOf(await renderHead(root))).toEqual(['shared']);
    const repository = await openRepository(root);
    const folder = await temporaryDirectory();
    const copy = await copyCommit(repository, { commit: await headCommit(repository), folder });
    expect((await stat(path.join(copy.root, 'run.sh'))).mode & 0o111).toBe(0o111);
  });

  it('has the vendored libraries of the work tree, and the local ones of the commit', async () => {
    const root = await makeRepository({
      'jsonnetfile.json': JSON.stringify({
        version: 1,
        dependencies: [
          { source: { local: { directory: 'lib/own' } } },
          { source: { local: { directory: 'lib/gone' } } },
          { source: { git: { remote: 'https://github.com/a/b.git', subdir: 'c' } } },
        ],
      }),
      '.gitignore': 'vendor/\n',
      'lib/own/x.libsonnet': "'own'",
      'lib/gone/x.libsonnet': "'gone'",
      [`${DEV}/main.jsonnet`]: configMap(
        "(import 'own/x.libsonnet') + (import 'gone/x.libsonnet') + (import 'github.com/a/b/c/x.libsonnet')",
      ),
    });
    // As `jb install` leaves it, after the user took one library out.
    await write(root, { 'vendor/github.com/a/b/c/x.libsonnet': "'git'" });
    await symlink('../lib/own', path.join(root, 'vendor', 'own'));
    await write(root, { 'lib/own/x.libsonnet': "'changed'" });
    await rm(path.join(root, 'lib', 'gone'), { recursive: true });
    await git(root, 'rm', '--quiet', '-r', '--cached', 'lib/gone');
    const before = await stateOf(root);
    expect(valuesOf(await renderHead(root))).toEqual(['owngonegit']);
    expect(await stateOf(root)).toEqual(before);
  });

  it('has vendor/ of the work tree where git knows of it in part, or ignores nothing', async () => {
    const root = await makeRepository({
      'vendor/github.com/a/tracked.libsonnet': "'head'",
      [`${DEV}/main.jsonnet`]: configMap(
        "(import 'github.com/a/tracked.libsonnet') + (import 'github.com/a/new.libsonnet')",
      ),
    });
    await write(root, {
      'vendor/github.com/a/tracked.libsonnet': "'later'",
      'vendor/github.com/a/new.libsonnet': "'new'",
    });
    expect(valuesOf(await renderHead(root))).toEqual(['headnew']);
  });

  it('has other files that git ignores', async () => {
    const root = await makeRepository({
      '.gitignore': 'generated/\n*.local\n',
      [`${DEV}/main.jsonnet`]: configMap(
        "(import '../../generated/x.libsonnet') + (importstr 'a.local')",
      ),
    });
    await write(root, { 'generated/x.libsonnet': "'generated'", [`${DEV}/a.local`]: ' local' });
    expect(valuesOf(await renderHead(root))).toEqual(['generated local']);
  });

  it('lacks a library that the work tree lacks too, until it is there', async () => {
    const root = await makeRepository({
      'jsonnetfile.json': JSON.stringify({
        version: 1,
        dependencies: [{ source: { git: { remote: 'https://github.com/a/b.git' } } }],
      }),
      [`${DEV}/main.jsonnet`]: configMap("import 'github.com/a/b/x.libsonnet'"),
    });
    const base = await openHead(root);
    const failure = await failureOf(base.render({ path: DEV }));
    expect(failure).toMatchObject({ kind: 'usage', hint: `Run \`jb install\` in ${root}.` });
    expect(failure.message).toMatch(
      /^HEAD \(\w+\) does not render: .* in vendor\/: github.com\/a\/b$/,
    );
    await write(root, { 'vendor/github.com/a/b/x.libsonnet': "'installed'" });
    expect(valuesOf(await base.render({ path: DEV }))).toEqual(['installed']);
  });

  it('has submodules as the commit has them, and as they are checked out where git no longer knows', async () => {
    const library = await makeRepository({ 'x.libsonnet': "'submodule'" });
    const root = await makeRepository({});
    await git(
      root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      library,
      'lib/sub',
    );
    await write(root, {
      [`${DEV}/main.jsonnet`]: configMap("import '../../lib/sub/x.libsonnet'"),
    });
    await commitAll(root);
    expect(valuesOf(await renderHead(root))).toEqual(['submodule']);
    const sub = path.join(root, 'lib', 'sub');
    await write(sub, { 'x.libsonnet': "'another'" });
    await commitAll(sub);
    expect(valuesOf(await renderHead(root))).toEqual(['submodule']);
    expect(readFileSync(path.join(sub, 'x.libsonnet'), 'utf8')).toBe("'another'");
    await rm(path.join(sub, '.git'));
    expect(valuesOf(await renderHead(root))).toEqual(['another']);
  });

  it('has imported libraries as its lock pins them', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [{ source: 'crd:crds' }] });
    await git(root, 'init', '--quiet');
    await commitAll(root);
    const lines: string[] = [];
    const base = new HeadBase(await openProject({ cwd: root }), {
      onProgress: (line) => lines.push(line),
    });
    onTestFinished(() => base.close());
    const first = await base.render({ path: 'environments/x' });
    expect(first.rendering.yaml.toString()).toContain('size: 3\n');
    expect(lines).toEqual([]);

    await rm(path.join(root, '.tankard'), { recursive: true });
    await write(root, { other: '' });
    await commitAll(root);
    const second = await base.render({ path: 'environments/x' });
    expect(second.rendering).toEqual(first.rendering);
    expect(lines.join()).toContain('restoring .tankard/libs/crds');
    expect(existsSync(path.join(root, '.tankard'))).toBe(false);
  }, 60_000);
});

describe('there is no last commit', () => {
  it('without a repository, and before the first commit', async () => {
    const root = await makeProject({ [`${DEV}/main.jsonnet`]: '{}', [`${DEV}/spec.json`]: SPEC });
    expect(await failureOf(renderHead(root))).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('not a git repository'),
      hint: expect.stringContaining('git init'),
    });
    await git(root, 'init', '--quiet');
    expect(await failureOf(renderHead(root))).toMatchObject({
      kind: 'usage',
      message: `the git repository ${root} has no commit yet to compare with`,
    });
  });

  it('without git', async () => {
    const root = await makeRepository({});
    const base = await openHead(root);
    setVariable('PATH', await temporaryDirectory());
    expect(await failureOf(base.render({ path: DEV }))).toMatchObject({
      kind: 'usage',
      message: 'git is not on PATH, so there is no last commit to compare with',
    });
  });
});
