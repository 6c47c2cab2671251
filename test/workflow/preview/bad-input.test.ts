import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { generate } from '../../../lib/workflow/generate.ts';
import { projectWith } from '../../cli/tankard.ts';
import { makeEnvironment, makeProject, SPEC } from '../../tanka/project.ts';
import { watchedPreview } from './watched-preview.ts';

const ENVIRONMENT = 'environments/dev';

/** Takes minutes, and little memory. */
const ENDLESS = 'local f(n) = if n < 2 then n else f(n - 1) + f(n - 2); f(60)';

function configMap(value: string): string {
  return `{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: ${value} } }`;
}

/** The processes that run in a folder. */
async function processesIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = pids.map(async (pid) => readlink(`/proc/${pid}/cwd`).catch(() => ''));
  const all = await Promise.all(folders);
  return pids.filter((_, index) => all[index] === folder);
}

const GENERATE = 'generate: { declarations: declarations, jsonnet: lib/mixins }\n';

const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('skipped for root, who may read everything: a file that may not be read');

describe('a preview', () => {
  it.skipIf(process.platform !== 'linux')(
    'ends a render that takes too long for the next save, and leaves no process',
    async () => {
      const root = await makeEnvironment(configMap("'first'"));
      const main = path.join(root, ENVIRONMENT, 'main.jsonnet');
      const { session, next, until } = await watchedPreview({ cwd: root });
      await writeFile(main, ENDLESS);
      await until(() => session.environments()[0]?.status === 'rendering');
      await expect.poll(async () => processesIn(root), { timeout: 10_000 }).toHaveLength(1);
      expect(session.environments()[0]?.snapshot?.manifests).toHaveLength(1);
      await writeFile(main, configMap("'second'"));
      expect(await next()).toMatchObject({ changes: [{ values: [{ after: 'second' }] }] });
      expect(await processesIn(root)).toEqual([]);
      await writeFile(main, ENDLESS);
      await expect.poll(async () => processesIn(root), { timeout: 10_000 }).toHaveLength(1);
      await session.close();
      expect(await processesIn(root)).toEqual([]);
    },
  );

  it('says that a render took longer than tankard.yaml allows', async () => {
    const root = await makeEnvironment(configMap("'first'"), {
      'tankard.yaml': 'timeoutSeconds: 1\n',
    });
    const { next } = await watchedPreview({ cwd: root });
    await writeFile(path.join(root, ENVIRONMENT, 'main.jsonnet'), ENDLESS);
    expect((await next()).problem).toMatchObject({
      failure: { message: expect.stringContaining('tk did not end within 1 s') as string },
    });
  });

  it('survives that a file vanishes, and that it is back', async () => {
    const root = await makeEnvironment(`{ a: ${configMap("importstr 'text.txt'")} }`, {
      [`${ENVIRONMENT}/text.txt`]: 'first',
    });
    const file = path.join(root, ENVIRONMENT, 'text.txt');
    const { next } = await watchedPreview({ cwd: root });
    await rename(file, `${file}.away`);
    expect((await next()).problem).toMatchObject({
      findings: [{ message: expect.stringContaining('text.txt') as string }],
    });
    await rename(`${file}.away`, file);
    expect(await next()).toMatchObject({ isMended: true, changes: [] });
  });

  it.skipIf(isRoot)('says that a file may not be read', async () => {
    const root = await makeEnvironment(`{ a: ${configMap("importstr 'text.txt'")} }`, {
      [`${ENVIRONMENT}/text.txt`]: 'first',
    });
    const file = path.join(root, ENVIRONMENT, 'text.txt');
    const { next } = await watchedPreview({ cwd: root });
    await chmod(file, 0);
    expect((await next()).problem).toMatchObject({
      findings: [{ message: expect.stringContaining('permission denied') as string }],
    });
    await chmod(file, 0o644);
    expect(await next()).toMatchObject({ isMended: true });
  });

  it('shows one changed value of a manifest of 10 MB', async () => {
    const root = await makeEnvironment(`{ a: ${configMap("importstr 'text.txt'")} }`, {
      [`${ENVIRONMENT}/text.txt`]: 'x'.repeat(10_000_000),
    });
    const { next } = await watchedPreview({ cwd: root });
    await writeFile(path.join(root, ENVIRONMENT, 'text.txt'), `${'x'.repeat(10_000_000)}y`);
    const { changes } = await next();
    expect(changes).toMatchObject([{ kind: 'changed', values: [{ path: ['data', 'a'] }] }]);
  });

  it('follows inline environments that an imported file names', async () => {
    const main = `[{
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: name },
      spec: { namespace: 'default' },
      data: {},
    } for name in import 'names.json']`;
    const root = await makeProject({
      'environments/all/main.jsonnet': main,
      'lib/names.json': '["one", "two"]',
    });
    const { session, until } = await watchedPreview({ cwd: root });
    const ids = (): string[] => session.environments().map(({ id }) => id);
    expect(ids()).toEqual(['environments/all#one', 'environments/all#two']);
    await writeFile(path.join(root, 'lib/names.json'), '["two", "three"]');
    await until(() => ids().join() === 'environments/all#two,environments/all#three');
  });

  it('follows the inline environments of a file, and keeps them while it is broken', async () => {
    const inline = (...names: string[]): string =>
      JSON.stringify(
        names.map((name) => ({
          apiVersion: 'tanka.dev/v1alpha1',
          kind: 'Environment',
          metadata: { name },
          spec: { namespace: name },
          data: { a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } },
        })),
      );
    const root = await makeProject({ 'environments/all/main.jsonnet': inline('one', 'two') });
    const main = path.join(root, 'environments/all/main.jsonnet');
    const { session, until } = await watchedPreview({ cwd: root });
    const states = (): string[] =>
      session.environments().map(({ id, status }) => `${id.split('#')[1]} ${status}`);
    expect(states()).toEqual(['one current', 'two current']);
    const named = await watchedPreview({ cwd: root, environments: ['environments/all'] });
    expect(named.session.environments()).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    await writeFile(main, '[');
    await until(() => states().join() === 'one broken,two broken');
    await writeFile(main, inline('two', 'three'));
    await until(() => states().join() === 'two current,three current');
  });

  it('generates again what tankard.yaml makes from a declaration that is saved', async () => {
    const root = await projectWith(
      `local mixins = import 'mixins/main.libsonnet';
{ sa: mixins.irsa.serviceAccount.new('a', 'default', 'arn:aws:iam::123456789012:role/a') }`,
      { 'tankard.yaml': GENERATE },
    );
    const schemas = path.join(packageRoot(), 'lib', 'schemas');
    await cp(schemas, path.join(root, 'declarations'), { recursive: true });
    await generate({ root });
    const { session, next, until } = await watchedPreview({ cwd: root });
    const file = path.join(root, 'declarations', 'irsa.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('eks.amazonaws.com/role-arn', 'example.com/role-arn'));
    const update = await next(({ changes }) => changes.length > 0);
    expect(update.changes[0]?.values.map((one) => [one.kind, ...one.path])).toEqual([
      ['removed', 'metadata', 'annotations', 'eks.amazonaws.com/role-arn'],
      ['added', 'metadata', 'annotations', 'example.com/role-arn'],
    ]);
    await writeFile(file, text.replace('{', ''));
    await until(() => session.notices().some(({ message }) => message.includes('irsa.json')));
    // As `git checkout` does it.
    await Promise.all([
      writeFile(file, text),
      writeFile(path.join(root, 'tankard.yaml'), `${GENERATE}kubernetes: '1.34'\n`),
    ]);
    await until(() => session.kubernetes === '1.34' && session.notices().length === 0);
    const back = await next(({ changes }) => changes.length > 0);
    expect(back.changes[0]?.values.map((one) => [one.kind, one.path.at(-1)])).toContainEqual([
      'added',
      'eks.amazonaws.com/role-arn',
    ]);
  });

  it('keeps what it showed when all environments are removed, and goes on when they are back', async () => {
    const root = await makeEnvironment(configMap("'first'"));
    const folder = path.join(root, ENVIRONMENT);
    const { session, until } = await watchedPreview({ cwd: root });
    await rm(folder, { recursive: true });
    await until(() => session.notices().length === 1);
    await until(() => session.environments()[0]?.status === 'broken');
    expect(session.environments()[0]?.snapshot?.manifests).toHaveLength(1);
    await mkdir(folder);
    await writeFile(path.join(folder, 'spec.json'), SPEC);
    await writeFile(path.join(folder, 'main.jsonnet'), configMap("'back'"));
    await until(() => session.environments()[0]?.status === 'current');
    await until(() => session.notices().length === 0);
  });
});
