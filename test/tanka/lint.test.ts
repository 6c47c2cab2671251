import path from 'node:path';
import { expect, test } from 'vitest';
import { lintFiles } from '../../lib/tanka/lint.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { makeProject } from './project.ts';

const TK = toolPin('tk').path;

async function lintOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = await makeProject(files);
  const all = Object.keys(files).map((file) => path.join(root, file));
  const findings = await lintFiles(all, { tk: TK, root, concurrency: 2 });
  return findings.map(
    ({ code, severity, message, location }) =>
      `${severity} ${code} ${path.relative(root, location?.file ?? '')}:${location?.line}:${location?.column} ${message}`,
  );
}

test('names file, line and column of each mistake, sorted, in every run the same', async () => {
  const files = {
    'environments/b/main.jsonnet': "local unused = {\n  a: 1,\n};\n{ a: { b: 1 }.c, d: 1('x') }\n",
    'environments/a/main.jsonnet': "local e = std.length('ü'); local f = 1;\n{}\n",
  };
  const found = await lintOf(files);
  expect(found).toEqual([
    'warning jsonnet/lint environments/a/main.jsonnet:1:7 Unused variable: e',
    'warning jsonnet/lint environments/a/main.jsonnet:1:35 Unused variable: f',
    'warning jsonnet/lint environments/b/main.jsonnet:1:7 Unused variable: unused',
    'warning jsonnet/lint environments/b/main.jsonnet:4:6 Indexed object has no field "c"',
    'warning jsonnet/lint environments/b/main.jsonnet:4:21 Called value must be a function, but it is assumed to be a number',
  ]);
  expect(await lintOf(files)).toEqual(found);
});

test('says nothing of clean files, of imports that only an environment finds, nor of what is imported', async () => {
  expect(
    await lintOf({
      'lib/a.libsonnet': "import 'beside-main.libsonnet'\n",
      'lib/b.libsonnet': "local tk = import 'tk';\n{ a: tk.env }\n",
      'lib/c.libsonnet': "import 'd.libsonnet'\n",
    }),
  ).toEqual([]);
  const root = await makeProject({ 'c.jsonnet': "import 'd.libsonnet'\n", 'd.libsonnet': '{ a: ' });
  const files = [path.join(root, 'c.jsonnet')];
  expect(await lintFiles(files, { tk: TK, root, concurrency: 1 })).toEqual([]);
});

test('lints more files than one run of tk takes', async () => {
  const names = Array.from({ length: 23 }, (_, index) => `lib/${index}.libsonnet`);
  const found = await lintOf(Object.fromEntries(names.map((name) => [name, 'local x = 1;\n{}\n'])));
  expect(found).toHaveLength(23);
});

test('a tk that fails without a finding is no clean project', async () => {
  const root = await makeProject({ 'a.jsonnet': '{}\n' });
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', 'echo "panic: oh" >&2', 'exit 1');
  const files = [path.join(root, 'a.jsonnet')];
  await expect(lintFiles(files, { tk, root, concurrency: 1 })).rejects.toMatchObject({
    kind: 'tool',
    message: 'linting Jsonnet: tk ended with exit code 1:\n  panic: oh',
  });
});
