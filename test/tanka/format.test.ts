import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFormat } from '../../lib/tanka/format.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { makeProject } from './project.ts';

const TK = toolPin('tk').path;

async function formatOf(files: Readonly<Record<string, string>>) {
  const root = await makeProject(files);
  const all = Object.keys(files).map((file) => path.join(root, file));
  const findings = await checkFormat(all, { tk: TK, root, concurrency: 2 });
  return findings.map(({ code, environment, message, location }) => ({
    code,
    environment,
    message,
    place: `${path.relative(root, location?.file ?? '')}:${location?.line}:${location?.column}`,
  }));
}

test('a formatted file has no findings, also where tk itself would not look', async () => {
  expect(await formatOf({ 'a.jsonnet': '{ a: 1 }\n', 'vendor/b.libsonnet': '{ b: 1 }\n' })).toEqual(
    [],
  );
  expect(await formatOf({ 'vendor/b.libsonnet': '{b: 1}\n' })).toHaveLength(1);
});

test('names the first place that differs, in bytes', async () => {
  expect(
    await formatOf({ 'lib/ü.libsonnet': "{\n  a: 'ü',b: 2,\n}\n", '-x.jsonnet': '{a: 1}\n' }),
  ).toEqual([
    {
      code: 'jsonnet/format',
      environment: 'lib/ü.libsonnet',
      message: expect.stringContaining('tk fmt') as string,
      place: 'lib/ü.libsonnet:2:11',
    },
    expect.objectContaining({ code: 'jsonnet/format', place: '-x.jsonnet:1:2' }) as object,
  ]);
});

test('a line break that is missing at the end is a difference', async () => {
  expect(await formatOf({ 'a.jsonnet': '{ a: 1 }' })).toMatchObject([{ place: 'a.jsonnet:1:9' }]);
});

test('a file that cannot be parsed does not hide the others', async () => {
  expect(
    await formatOf({
      'a.jsonnet': '{ a: ',
      'b.jsonnet': '{b: 1}\n',
      'c.jsonnet': "{ a: 'x' 'hunter2' }\n",
      'd.jsonnet': '{ d: 1 }\n',
    }),
  ).toEqual([
    {
      code: 'jsonnet/syntax',
      environment: 'a.jsonnet',
      message: 'Unexpected end of file',
      place: 'a.jsonnet:1:6',
    },
    expect.objectContaining({ code: 'jsonnet/format', place: 'b.jsonnet:1:2' }) as object,
    expect.objectContaining({
      code: 'jsonnet/syntax',
      message: 'Expected a comma before next field',
      place: 'c.jsonnet:1:10',
    }) as object,
  ]);
});

test('writes nothing', async () => {
  const root = await makeProject({ 'a.jsonnet': '{a: 1}\n' });
  const file = path.join(root, 'a.jsonnet');
  await checkFormat([file], { tk: TK, root, concurrency: 1 });
  expect(await readFile(file, 'utf8')).toBe('{a: 1}\n');
});

test('a tk that says something else is no clean project', async () => {
  const root = await makeProject({ 'a.jsonnet': '{}\n' });
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', 'echo "panic: oh" >&2', 'exit 16');
  const files = [path.join(root, 'a.jsonnet')];
  await expect(checkFormat(files, { tk, root, concurrency: 1 })).rejects.toMatchObject({
    kind: 'tool',
    message: 'checking the format of Jsonnet: tk ended with exit code 16:\n  panic: oh',
  });
});
