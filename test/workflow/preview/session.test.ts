import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PreviewUpdate } from '../../../lib/preview/preview-session.ts';
import { preview } from '../../../lib/workflow/preview/preview.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import { makeProject, SPEC } from '../../tanka/project.ts';
import { watchedPreview } from './watched-preview.ts';

/** Two environments, one of which imports a file of both kinds. */
async function twoEnvironments(): Promise<string> {
  return makeProject({
    'environments/one/main.jsonnet': "{ a: (import 'name.libsonnet')('one') }",
    'environments/one/spec.json': SPEC,
    'environments/two/main.jsonnet':
      "{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two' }, data: { a: importstr 'text.txt' } } }",
    'environments/two/text.txt': 'first',
    'environments/two/spec.json': SPEC,
    'lib/name.libsonnet':
      "function(name) { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name }, data: { a: 'b' } }",
  });
}

describe('a preview', () => {
  it('renders only the environment that imports what was saved, and says which value changed', async () => {
    const root = await twoEnvironments();
    const { session, next, events } = await watchedPreview({ cwd: root });
    expect(session.environments().map(({ id, status }) => `${id} ${status}`)).toEqual([
      'environments/one current',
      'environments/two current',
    ]);
    await writeFile(path.join(root, 'environments/two/text.txt'), 'second');
    const update = await next();
    expect(update).toMatchObject({
      environment: 'environments/two',
      isFirst: false,
      files: ['environments/two/text.txt'],
      changes: [
        {
          kind: 'changed',
          resource: { kind: 'ConfigMap', name: 'two' },
          values: [{ kind: 'changed', path: ['data', 'a'], before: 'first', after: 'second' }],
        },
      ],
      found: [],
      gone: [],
    });
    const rendered = events.flatMap((event) =>
      event.type === 'update' && !event.update.isFirst ? [event.update.environment] : [],
    );
    expect(rendered).toEqual(['environments/two']);
    const comparison = await session.compare('environments/two', 'save');
    expect(comparison.before.yaml.toString()).toContain('a: first');
    expect(comparison.after.yaml.toString()).toContain('a: second');
  });

  it('shows what is broken beside the last good state, and when it is mended', async () => {
    const root = await twoEnvironments();
    const main = path.join(root, 'environments/two/main.jsonnet');
    const { session, next } = await watchedPreview({
      cwd: root,
      environments: ['environments/two'],
    });
    await writeFile(main, '{ a: }');
    const broken = await next();
    expect(broken.problem).toMatchObject({
      findings: [
        {
          code: 'jsonnet/syntax',
          environment: 'environments/two',
          location: { file: main, line: 1 },
        },
      ],
    });
    expect(session.environments()[0]).toMatchObject({
      status: 'broken',
      snapshot: { manifests: [{ resource: { name: 'two' } }] },
    });
    await writeFile(main, "{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'two' } } }");
    const mended = await next();
    expect(mended).toMatchObject({ isMended: true });
    expect(mended.changes.map(({ kind, resource }) => `${kind} ${resource.kind}`).sort()).toEqual([
      'added Secret',
      'removed ConfigMap',
    ]);
    expect(session.environments()[0]).not.toHaveProperty('problem');
  });

  it('names new findings with their place, and those that are gone', async () => {
    const root = await twoEnvironments();
    const main = path.join(root, 'environments/two/main.jsonnet');
    const { next } = await watchedPreview({ cwd: root, environments: ['environments/two'] });
    const config = (data: string): string =>
      `{\n  a: {\n    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two' },\n    data: ${data},\n  },\n}\n`;
    await writeFile(main, config('{ a: 1 }'));
    const wrong = await next();
    expect(wrong.found).toMatchObject([
      { code: 'schema/wrong-type', path: ['data', 'a'], location: { file: main, line: 4 } },
    ]);
    await writeFile(main, `\n${config('{ a: 1 }')}`);
    const moved = await next();
    expect(moved).toMatchObject({ changes: [], found: [], gone: [] });
    await writeFile(main, config("{ a: '1' }"));
    const right = await next();
    expect(right.found).toEqual([]);
    expect(right.gone).toMatchObject([{ code: 'schema/wrong-type' }]);
  });

  it('moves the place of a finding with its line', async () => {
    const root = await twoEnvironments();
    const main = path.join(root, 'environments/two/main.jsonnet');
    const text =
      "{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two' },\ndata: { a: 1 } } }";
    await writeFile(main, text);
    const { session, next, until } = await watchedPreview({
      cwd: root,
      environments: ['environments/two'],
    });
    const line = (): number | undefined =>
      session.environments()[0]?.snapshot?.findings[0]?.location?.line;
    expect(line()).toBe(2);
    await writeFile(main, `\n\n${text}`);
    await next();
    await until(() => line() === 4);
  });

  it('follows environments that come and go', async () => {
    const root = await twoEnvironments();
    const { session, until } = await watchedPreview({ cwd: root });
    const ids = (): string[] => session.environments().map(({ id }) => id);
    const folder = path.join(root, 'environments/three');
    await mkdir(folder);
    await writeFile(path.join(folder, 'spec.json'), SPEC);
    await writeFile(
      path.join(folder, 'main.jsonnet'),
      "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'three' } }",
    );
    await until(() => ids().includes('environments/three'));
    await until(() => session.environments().every(({ status }) => status === 'current'));
    await rm(folder, { recursive: true });
    await until(() => !ids().includes('environments/three'));
  });

  it('does not call an environment broken that was deleted or renamed, nor an inline one', async () => {
    const inline = (name: string): string =>
      `${name}: { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: '${name}' }, spec: { namespace: 'x' }, data: {} },`;
    const root = await twoEnvironments();
    const file = path.join(root, 'environments/many/main.jsonnet');
    await mkdir(path.dirname(file));
    await writeFile(file, `{ ${inline('a')} ${inline('b')} }`);
    const { session, events, until } = await watchedPreview({ cwd: root });
    const ids = (): string =>
      session
        .environments()
        .map(({ id }) => id)
        .join();
    await rename(path.join(root, 'environments/two'), path.join(root, 'environments/three'));
    await writeFile(file, `{ ${inline('a')} ${inline('c')} }`);
    await until(() => /many#a,.*one,.*three,.*many#c|many#a,.*one,.*many#c,.*three/.test(ids()));
    await until(() => session.environments().every(({ status }) => status === 'current'));
    const broken = events.flatMap((event) =>
      event.type === 'update' && event.update.problem ? [event.update.environment] : [],
    );
    expect(broken).toEqual([]);
  });

  it('says at once of all environments that depend on a save that they are to be rendered', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `environments/e${index}`);
    const root = await makeProject({
      'lib/shared.libsonnet': '{}',
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`${name}/main.jsonnet`, "import 'shared.libsonnet'"],
          [`${name}/spec.json`, SPEC],
        ]),
      ),
    });
    const { session, until } = await watchedPreview({ cwd: root });
    await writeFile(path.join(root, 'lib/shared.libsonnet'), '{ a: {} }');
    await until(() => session.environments().some(({ status }) => status !== 'current'));
    expect(new Set(session.environments().map(({ status }) => status))).toEqual(
      new Set(['rendering']),
    );
  });

  it('shows an environment that was named and is deleted as broken, until it is back', async () => {
    const root = await twoEnvironments();
    const { session, next } = await watchedPreview({
      cwd: root,
      environments: ['environments/two'],
    });
    const folder = path.join(root, 'environments/two');
    await rm(folder, { recursive: true });
    const broken = await next(({ problem }) => problem !== undefined);
    expect(broken.problem).toMatchObject({
      failure: { message: expect.stringContaining('environments/two does not exist') as string },
    });
    expect(session.environments()[0]?.snapshot?.manifests).toHaveLength(1);
    await mkdir(folder);
    await writeFile(path.join(folder, 'spec.json'), SPEC);
    await writeFile(
      path.join(folder, 'main.jsonnet'),
      "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'back' } }",
    );
    expect(await next(({ problem }) => problem === undefined)).toMatchObject({ isMended: true });
  });

  it('keeps going with a broken tankard.yaml, and takes a mended one over', async () => {
    const root = await twoEnvironments();
    const { session, next, until } = await watchedPreview({ cwd: root });
    const file = path.join(root, 'tankard.yaml');
    const text = path.join(root, 'environments/two/text.txt');
    // At once, as `git checkout` does it, and one after the other.
    await Promise.all([writeFile(file, 'kubernetes: ['), writeFile(text, 'second')]);
    await next(({ environment, changes }) => environment.endsWith('two') && changes.length === 1);
    await until(() => session.notices().some(({ severity }) => severity === 'error'));
    await writeFile(text, 'third');
    await next(({ environment, changes }) => environment.endsWith('two') && changes.length === 1);
    await writeFile(file, "kubernetes: '1.34'\n");
    await until(() => session.kubernetes === '1.34');
    expect(session.notices()).toEqual([]);
    await next(({ files }) => files.includes('tankard.yaml'));
  });

  it('generates from the declarations that a new tankard.yaml names, once they are saved', async () => {
    const root = await twoEnvironments();
    const { session, next, until } = await watchedPreview({ cwd: root });
    await mkdir(path.join(root, 'declared'));
    const yaml = 'generate:\n  declarations: declared\n  jsonnet: lib/gen\n';
    await writeFile(path.join(root, 'tankard.yaml'), yaml);
    await next(({ files }) => files.includes('tankard.yaml'));
    await writeFile(path.join(root, 'declared/broken.json'), '{ "nope": 1 }');
    await until(() => session.notices().some(({ message }) => message.includes('broken.json')));
  });

  it('ends when its signal does', async () => {
    const root = await twoEnvironments();
    const controller = new AbortController();
    const { signal } = controller;
    const { session } = await watchedPreview({ cwd: root, signal });
    controller.abort();
    const interrupted = { kind: 'interrupted' };
    const comparison = session.compare('environments/one', 'head');
    await expect(comparison).rejects.toMatchObject(interrupted);
    await expect(preview({ cwd: root, signal })).rejects.toMatchObject(interrupted);
  });

  it('calls nothing new when the first save comes before the first render has ended', async () => {
    const root = await twoEnvironments();
    const session = await preview({ cwd: root, environments: ['environments/two'] });
    const first = new Promise<PreviewUpdate>((resolve) => {
      session.subscribe((event) => {
        if (event.type === 'update') resolve(event.update);
      });
    });
    await writeFile(path.join(root, 'environments/two/text.txt'), 'second');
    expect(await first).toMatchObject({ isFirst: true, changes: [] });
    await session.close();
  });

  it('refuses an environment that is not there', async () => {
    const root = await twoEnvironments();
    await expect(
      watchedPreview({ cwd: root, environments: ['environments/twoo'] }),
    ).rejects.toThrow(Failure);
  });
});
