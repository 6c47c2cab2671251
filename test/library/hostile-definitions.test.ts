import path from 'node:path';
import { expect, it } from 'vitest';
import { emitSite } from '../../lib/emit/site/emit-site.ts';
import { list, object, STRING } from './hostile/crds.ts';
import { libraryOfSchemas } from './hostile/emitted-library.ts';

/** Names that a cluster may give its definitions, which lead elsewhere as paths. */
const NAMES = ['../../../../../../evil/pwn.X', '/evil/pwn.Y', '..', 'a/../../b.Z', '..\\evil.W'];

const LONG = 'So that the part is large enough for a file of its own. '.repeat(4);
const part = object(
  Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`field${index}`, { ...STRING, description: LONG }]),
  ),
);
const root = '../../evil.Kind';
const refTo = (name: string) => ({ $ref: `#/definitions/${name.replaceAll('/', '~1')}` });
const definitions = {
  ...Object.fromEntries(NAMES.map((name) => [name, part])),
  [root]: object(
    Object.fromEntries(
      NAMES.flatMap((name, index) => [
        [`part${index}`, refTo(name)],
        [`list${index}`, list(refTo(name))],
      ]),
    ),
  ),
};

const { library, files } = await libraryOfSchemas({
  kinds: [
    {
      apiVersion: '../../v1',
      kind: '../../Kind',
      plural: 'kinds',
      namespaced: true,
      dialect: 'kubernetes',
      schema: refTo(root),
    },
  ],
  definitions,
});

it.each([
  ['the library', files],
  [
    'the reference',
    emitSite(
      [{ library, handWritten: new Map(), variable: 'x', importPath: 'x', source: 'cluster' }],
      new Map(),
    ),
  ],
])('what is named as a path has its files in %s', (_, written) => {
  const paths = written.map((file) => file.path);
  expect(paths.join('\n')).toMatch(/kind/);
  for (const separators of [path.posix, path.win32])
    expect(
      paths.filter(
        (one) =>
          !separators.resolve('/in', one).startsWith(separators.resolve('/in') + separators.sep),
      ),
    ).toEqual([]);
});

it('each definition has files', () => {
  const paths = files.map((file) => file.path).join('\n');
  for (const name of ['pwn.X', 'pwn.Y', 'b.Z', 'evil.W']) expect(paths).toContain(name);
});
