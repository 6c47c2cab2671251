import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SPEC } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { change, configMap, environments, git, makeRepository } from '../workflow/ci/repository.ts';
import { tankard } from './tankard.ts';

describe('the comment', () => {
  test('says what a branch does to the manifests, in every run the same', async () => {
    const secret = (value: string): string =>
      `{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { x: '${value}' } } }\n`;
    const cwd = await makeRepository({
      ...environments({ a: configMap("'1'"), b: configMap("'2'"), gone: configMap("'3'") }),
      ...environments({ secret: secret('hunter-one'), broken: configMap("'4'") }),
      'environments/inline/main.jsonnet': `{ e: { apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: 'in' }, spec: { namespace: 'default' }, data: ${configMap("'5'")} } }\n`,
    });
    await git(cwd, 'checkout', '--quiet', '-b', 'work');
    await change(cwd, {
      ...environments({ a: configMap("'```\\n@everyone </details> | x'"), new: configMap('1') }),
      ...environments({ secret: secret('hunter-two'), broken: '{ a: ' }),
      'environments/gone/main.jsonnet': null,
      'environments/gone/spec.json': null,
    });
    const file = path.join(await temporaryDirectory(), 'comment.md');
    const args = ['ci', '--range', 'main...HEAD', '--markdown', file];
    await tankard(args, { cwd });
    const text = await readFile(file, 'utf8');
    await expect(
      text.replace(/<code>[0-9a-f]{7}<\/code>/, '<code>BASE</code>'),
    ).toMatchFileSnapshot('messages/ci-comment.txt');
    expect(text).not.toContain('hunter');
    await tankard(args, { cwd });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('names the inline environments that are gone, of a main.jsonnet that is there or not', async () => {
    const inline = (...names: string[]): string =>
      JSON.stringify(
        names.map((name) => ({
          apiVersion: 'tanka.dev/v1alpha1',
          kind: 'Environment',
          metadata: { name },
          spec: { namespace: name },
          data: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
        })),
      );
    const cwd = await makeRepository({
      'environments/some/main.jsonnet': inline('red', 'blue'),
      'environments/none/main.jsonnet': inline('one', 'two'),
    });
    await change(cwd, {
      'environments/some/main.jsonnet': inline('red'),
      'environments/none/main.jsonnet': null,
    });
    const file = path.join(await temporaryDirectory(), 'comment.md');
    await tankard(['ci', '--range', 'HEAD', '--markdown', file], { cwd });
    const text = await readFile(file, 'utf8');
    for (const gone of ['some --name blue', 'none --name one', 'none --name two'])
      expect(text).toContain(`<code>environments/${gone}</code> | 0 | 0 | 1 |`);
    expect(text).toContain('**3 environments of 4 change**');
  });

  test('renders the base with what git does not have of it', async () => {
    const cwd = await makeRepository({
      ...environments({ a: "(import 'x/main.libsonnet')\n" }),
      '.gitignore': 'vendor/\n',
    });
    await mkdir(path.join(cwd, 'vendor/x'), { recursive: true });
    await change(cwd, { 'vendor/x/main.libsonnet': configMap("'1'") });
    await change(cwd, { 'environments/a/spec.json': SPEC.replace('default', 'other') });
    await symlink('/nonexistent', path.join(cwd, 'dangling'));
    const file = path.join(await temporaryDirectory(), 'comment.md');
    const { exitCode } = await tankard(['ci', '--range', 'HEAD', '--markdown', file], { cwd });
    expect(await readFile(file, 'utf8')).toContain('1 added, 0 changed, 1 removed');
    expect(exitCode).toBe(0);
  });
});
