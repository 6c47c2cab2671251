import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { emitLibrary } from '../../lib/emit/jsonnet/library/emit-library.ts';
import { readHandWritten } from '../../lib/model/library/hand-written.ts';
import { buildLibrary } from '../../lib/model/library/library.ts';
import { lowerApi } from '../../lib/model/lower-api.ts';
import type { ApiSchemas } from '../../lib/sources/api-schemas.ts';
import { LIBRARY_GENERATOR } from '../../lib/workflow/make-library.ts';
import { list, map, object, INTEGER, STRING } from './hostile/crds.ts';

const ref = (kind: string) => ({ $ref: `#/definitions/io.k8s.api.core.v1.${kind}` });

/** Something of all that a library can have. */
const SCHEMAS: ApiSchemas = {
  kinds: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      plural: 'pods',
      namespaced: true,
      dialect: 'kubernetes',
      schema: ref('Pod'),
    },
    ...(['v1', 'v1beta1'] as const).map((version) => ({
      apiVersion: `shop.example.com/${version}`,
      kind: 'Shelf',
      plural: 'shelves',
      namespaced: false,
      dialect: 'crd' as const,
      schema: object({ spec: shelf() }, { required: ['spec'] }),
    })),
  ],
  definitions: {
    'io.k8s.api.core.v1.Pod': object({
      spec: { allOf: [ref('PodSpec')], description: 'What runs.' },
    }),
    'io.k8s.api.core.v1.PodSpec': object({ containers: list(ref('Container')) }),
    'io.k8s.api.core.v1.Container': object(
      { name: { ...STRING, description: 'Its name.' }, args: list(STRING), env: map(STRING) },
      { required: ['name'] },
    ),
  },
};

function shelf(): object {
  return object(
    {
      name: { ...STRING, minLength: 1, maxLength: 9, pattern: '^[a-z]+$', description: "It's." },
      mode: { ...STRING, enum: ['A', 'B'], default: 'A' },
      width: { ...INTEGER, minimum: 1, format: 'int32' },
      weight: { type: 'number', multipleOf: 0.5, nullable: true },
      isOpen: { type: 'boolean' },
      port: { 'x-kubernetes-int-or-string': true, pattern: '%$' },
      'odd/name': STRING,
      when: { ...STRING, format: 'date-time' },
      any: { 'x-kubernetes-preserve-unknown-fields': true },
      open: object({ a: STRING }, { 'x-kubernetes-preserve-unknown-fields': true }),
      books: list(object({ title: STRING, pages: list(INTEGER) }, { required: ['title'] }), {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['title'],
      }),
      labels: map(STRING, { minProperties: 1 }),
      choice: object(
        { a: STRING, b: STRING },
        { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      ),
      shape: { anyOf: [STRING, object({ a: STRING })] },
      large: object(Object.fromEntries('abcdefghi'.split('').map((name) => [name, STRING]))),
    },
    { required: ['name'] },
  );
}

/** The text of every hand-written file, by its path. */
async function handWrittenFiles(): Promise<[string, string][]> {
  const root = path.join(packageRoot(), 'jsonnet');
  const files = ['library', 'k8s-helpers', 'k8s-helpers/shared'].map(async (folder) => {
    const names = await readdir(path.join(root, folder));
    return names.filter((name) => name.endsWith('.libsonnet')).map((name) => `${folder}/${name}`);
  });
  const paths = (await Promise.all(files)).flat().sort();
  const texts = paths.map(async (file): Promise<[string, string]> => [
    file,
    await readFile(path.join(root, file), 'utf8'),
  ]);
  return Promise.all(texts);
}

test('the version of the generator is raised when the text of libraries changes', async () => {
  const byHand = await handWrittenFiles();
  const helpers = new Map([['core.v1.container', '{\n  // By hand.\n  new(name):: {},\n}\n']]);
  const files = emitLibrary(buildLibrary('shop', lowerApi(SCHEMAS)), {
    banner: 'Test.',
    handWritten: readHandWritten(helpers),
    runtime: new Map(byHand),
  });
  const text = JSON.stringify(files.map((file) => [file.path, file.text]));
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect(
    { [LIBRARY_GENERATOR]: hash },
    'Libraries are made differently: raise LIBRARY_GENERATOR in lib/workflow/make-library.ts, put the new hash here, ' +
      'and run `tankard import` in this folder.',
  ).toEqual({ '1': '9a38cb724ac86864' });
});
