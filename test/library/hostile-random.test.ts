import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Json } from '../../lib/model/node.ts';
import { InstanceGenerator } from '../agreement/instances.ts';
import { crd } from './hostile/crds.ts';
import { forcing, libraryOf, valueOf, writeLibrary } from './hostile/emitted-library.ts';
import { structuralSchemas } from './hostile/schemas.ts';

const SEED = 20_261_122;
const SCHEMAS = 120;
const INSTANCES = 4;

const specs = fc.sample(structuralSchemas, { seed: SEED, numRuns: SCHEMAS });
const crds = specs.map((spec, index) =>
  crd({ group: 'random.example.com', kind: `Kind${index}`, spec }),
);
const { library, files } = await libraryOf(crds);
const disk = await writeLibrary(files);
afterAll(() => disk.remove());

const objects = library.groups.flatMap(({ versions }) => versions.flatMap((one) => one.objects));

it('libraries of random schemas evaluate whole', async () => {
  const program = forcing(files);
  const found = valueOf(await disk.tanka(program));
  expect(found).toMatchObject({
    types: files.filter(({ path }) => path.startsWith('_types/')).length,
  });
  expect(await disk.formatTest()).toBe('');
});

it('a valid object passes fromObject unchanged', async () => {
  const cases = objects.flatMap((object) => {
    const { definitions } = library.api;
    const { instances } = new InstanceGenerator({ root: object.node, definitions });
    return fc.sample(instances, { seed: SEED, numRuns: INSTANCES }).map((value) => {
      const { apiVersion, kind } = object.resource ?? {};
      return { id: object.id, value: { ...(value as object), apiVersion, kind } as Json };
    });
  });
  expect(cases).toHaveLength(SCHEMAS * INSTANCES);
  const calls = cases.map(({ id, value }) => `lib.${id}.fromObject(${JSON.stringify(value)})`);
  const { value, error } = await disk.tanka(`[\n${calls.join(',\n')}\n]`);
  // Says which schema it was.
  const kind = Number(/kind(\d+)\.fromObject: /.exec(error ?? '')?.[1]);
  expect(error, JSON.stringify(specs[kind])).toBeUndefined();
  expect(value).toEqual(cases.map((one) => one.value));
});
