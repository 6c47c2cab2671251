import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitJsonnet } from '../../../lib/emit/jsonnet/emit-families.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import type { Declaration } from '../../../lib/model/declaration.ts';
import { loadFamilies } from '../../../lib/model/load-families.ts';
import { lowerFamily } from '../../../lib/model/lower-family.ts';
import { deepFreeze } from '../freeze.ts';
import { declaration, declarationsProject, load, parameter } from './declaration.ts';

describe('loadFamilies', () => {
  it('makes families, sorted by name, with functions, setters and defaults', async () => {
    const families = await load({
      'z.json': declaration(),
      'a.json': { ...declaration(), title: 'bcache' },
    });
    expect(families.map((family) => [family.name, family.file])).toEqual([
      ['bcache', 'declarations/a.json'],
      ['cache', 'declarations/z.json'],
    ]);
    const [entry] = families[1]?.definitions ?? [];
    expect(entry?.functions.map((fn) => fn.name)).toEqual(['new', 'withKey', 'withSeconds']);
    expect(entry?.functions[0]?.parameters).toMatchObject([
      { parameter: { name: 'key', required: true } },
      { parameter: { name: 'seconds', required: false }, default: 60 },
    ]);
  });

  it('reads a shared parameter, and counts it into the hash', async () => {
    const declared = declaration();
    declared.definitions.entry.properties['key'] = { $ref: './shared/names.json#/definitions/key' };
    const shared = (expected: string) => ({
      'cache.json': declared,
      'shared/names.json': {
        definitions: { key: { ...parameter, 'x-tankard-expected': expected } },
      },
    });
    const [one] = await load(shared('one'));
    const [two] = await load(shared('two'));
    expect(one?.definitions[0]?.parameters[0]?.expected).toBe('one');
    expect(two?.sha256).not.toBe(one?.sha256);
  });

  it.each([
    ['misses what every parameter has', {}, /\/properties\/key lacks type, description/],
    ['is null', null, /\/properties\/key must be object/],
    [
      'has an unknown type',
      { ...parameter, type: 'strng' },
      /\/properties\/key\/type must be equal/,
    ],
  ])('refuses a shared parameter that %s', async (_what, key, message) => {
    const declared = declaration();
    declared.definitions.entry.properties['key'] = { $ref: './shared/names.json#/definitions/key' };
    const loading = load({ 'cache.json': declared, 'shared/names.json': { definitions: { key } } });
    await expect(loading).rejects.toBeInstanceOf(Failure);
    await expect(loading).rejects.toThrow(message);
  });

  it('refuses a folder without declarations: all that was generated would be removed', async () => {
    await expect(load({ 'readme.txt': '' })).rejects.toThrow('there is no declaration in ');
  });

  it('refuses two declarations with one title, naming both', async () => {
    const loading = load({ 'a.json': declaration(), 'b.json': declaration() });
    await expect(loading).rejects.toThrow(
      'declarations/a.json and declarations/b.json have the same title: cache',
    );
  });

  it('does not change the declaration', () => {
    const declared = deepFreeze(declaration()) as unknown as Declaration;
    const family = lowerFamily(declared, { file: 'cache.json', sha256: '0'.repeat(64) });
    expect(
      emitJsonnet(deepFreeze([family]), { directory: 'jsonnet', check: '../check.libsonnet' })
        .length,
    ).toBeGreaterThan(0);
  });

  it.each([
    ['text that is not JSON', '{', /cache\.json is not JSON: /],
    ['a list', [], /^declarations\/cache\.json: the declaration must be object/],
    [
      'no definitions',
      { ...declaration(), definitions: {} },
      /cache\.json: \/definitions must NOT/,
    ],
  ])('refuses %s', async (_what, content, message) => {
    await expect(load({ 'cache.json': content })).rejects.toThrow(message);
    await expect(load({ 'cache.json': content })).rejects.toBeInstanceOf(Failure);
  });

  it('says which folder it cannot read', async () => {
    const missing = path.join(await declarationsProject({}), 'nowhere');
    const failure = await loadFamilies(missing, missing).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toContain(missing);
    expect((failure as Failure).hint).toContain('generate.declarations');
  });
});
