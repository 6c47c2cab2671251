import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { STRING_FORMATS } from '../../../lib/model/string-formats.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

const { plain } = useEvaluators();

test('the library checks the formats that validators check', async () => {
  const file = path.join(packageRoot(), 'jsonnet/library/formats.libsonnet');
  const formats = valueOf(await plain(`import '${file}'`)) as { [name: string]: object };
  const patterns = Object.entries(STRING_FORMATS).map(([name, { source }]) => [
    name,
    // In a text of Jsonnet the line breaks are themselves.
    { pattern: source.replaceAll('\\r', '\r').replaceAll('\\n', '\n').replaceAll('\\/', '/') },
  ]);
  expect(formats).toMatchObject(Object.fromEntries(patterns) as object);
  expect(Object.keys(formats).sort()).toEqual(Object.keys(STRING_FORMATS).sort());
});
