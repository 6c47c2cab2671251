import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NEEDY_CRD, CLASHING_CRDS, ODD_NAME_CRDS, ODD_NAMES } from './hostile/odd-names.ts';
import { ODD_SCHEMA_CRDS } from './hostile/odd-schemas.ts';
import { forcing, libraryOf, valueOf, writeLibrary } from './hostile/emitted-library.ts';

const NAMES = [...new Set(ODD_NAMES)];
const ALL = [...ODD_NAME_CRDS, NEEDY_CRD, ...CLASHING_CRDS, ...ODD_SCHEMA_CRDS];

const { files } = await libraryOf(ALL);
const disk = await writeLibrary(files);
afterAll(() => disk.remove());

type Written = {
  readonly [fn: string]: { readonly spec: { readonly [property: string]: unknown } };
};

/** What each function of the spec of a kind makes of an argument, by its name. */
async function callAll(kind: string, argument: string): Promise<Written> {
  const program = `
    local spec = lib.names.v1.${kind}.spec;
    { [name]: spec[name](${argument}) for name in std.objectFieldsAll(spec) if std.isFunction(spec[name]) }`;
  return valueOf(await disk.tanka(program)) as Written;
}

/** The one field that each function writes, the same ones once, sorted. */
function fieldsOf(written: Written): string[] {
  return Object.values(written)
    .flatMap(({ spec }) => Object.keys(spec))
    .sort();
}

describe('a library of hostile CRDs', () => {
  it('evaluates whole, the same under tk and under plain jsonnet', async () => {
    const program = forcing(files);
    const found = valueOf(await disk.tanka(program)) as {
      functions: number;
      documented: number;
    };
    expect(found.functions).toBeGreaterThan(6000);
    expect(found.documented).toBe(found.functions);
    expect(valueOf(await disk.plain(program))).toEqual(found);
  });

  it('documents every function, and nothing else', async () => {
    const walk = await readFile(join(import.meta.dirname, 'documentation.libsonnet'), 'utf8');
    const program = `local read = ${walk}; read(import 'lib/docs.libsonnet')`;
    const { functions, orphans } = valueOf(await disk.tanka(program)) as {
      functions: { id: string; said: unknown }[];
      orphans: string[];
    };
    expect(functions.filter(({ said }) => said === null)).toEqual([]);
    expect(orphans).toEqual([]);
  });

  it('is written as tk fmt writes it', async () => {
    expect(await disk.formatTest()).toBe('');
  });

  it('is clean to tk lint', async () => {
    const kinds = /^(?:names|kinds|schemas|versions|certManager)\/|^main\.libsonnet$/;
    expect(await disk.lint(files.map(({ path }) => path).filter((one) => kinds.test(one)))).toBe(
      '',
    );
  });

  it('has no two files that differ in case alone, and none with a name that is too long', () => {
    const paths = files.map(({ path }) => path.toLowerCase());
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
    expect(paths.flatMap((path) => path.split('/')).filter((part) => part.length > 255)).toEqual(
      [],
    );
  });

  it('can be used as a value: nothing of it is visible', async () => {
    const program = '{ lib: lib, kind: lib.names.v1.texts, part: lib.names.v1.parts.spec }';
    expect(valueOf(await disk.plain(program))).toEqual({ lib: {}, kind: {}, part: {} });
  });
});

describe('names of properties', () => {
  it.each([
    ['texts', `'v'`, 'v'],
    ['matched', `'v'`, 'v'],
    ['lists', `'v'`, ['v']],
    ['limited', `['v']`, ['v']],
    ['maps', '{ a: 1 }', { a: 1 }],
    ['items', `{ a: 'v' }`, [{ a: 'v' }]],
  ])('%s: each function writes a property under its own name', async (kind, argument, value) => {
    const written = await callAll(kind, argument);
    const times = ['texts', 'matched'].includes(kind) ? 1 : 2;
    expect(fieldsOf(written)).toEqual(
      NAMES.flatMap((name) => Array<string>(times).fill(name)).sort(),
    );
    for (const { spec } of Object.values(written)) expect(Object.values(spec)).toEqual([value]);
  });

  it.each(['nested', 'parts'])('%s: an object has its functions below its name', async (kind) => {
    const program = `
      local spec = lib.names.v1.${kind}.spec;
      { [name]: spec[name].withA('v') for name in std.objectFieldsAll(spec) }`;
    const written = valueOf(await disk.tanka(program)) as Written;
    expect(fieldsOf(written)).toEqual([...NAMES].sort());
    for (const { spec } of Object.values(written))
      expect(Object.values(spec)).toEqual([{ a: 'v' }]);
  });

  it('an item has a parameter for each field that it needs', async () => {
    const args = NAMES.map((_name, index) => `'${index}'`).join(', ');
    const made = valueOf(await disk.plain(`lib.names.v1.needy.spec.items.new(${args})`)) as object;
    expect(new Map(Object.entries(made))).toEqual(
      new Map(NAMES.map((name, index) => [name, `${index}`])),
    );
  });

  it('a whole object has them all, and no others', async () => {
    const spec = Object.fromEntries(NAMES.map((name) => [name, 'v']));
    const whole = {
      apiVersion: 'names.example.com/v1',
      kind: 'Texts',
      metadata: { name: 'a' },
      spec,
    };
    const program = (value: object): string =>
      `lib.names.v1.texts.fromObject(${JSON.stringify(value)})`;
    expect(valueOf(await disk.tanka(program(whole)))).toEqual(whole);
    const { error } = await disk.tanka(program({ ...whole, spec: { ...spec, fo0Bar: 'v' } }));
    expect(error).toContain('texts.fromObject: object.spec has no field "fo0Bar"; did you mean');
  });

  it('what has the name of its function keeps it', async () => {
    const program = `local spec = lib.names.v1.texts.spec; [spec.withFooBar('v'), spec.withFooBar2('v')]`;
    expect(valueOf(await disk.plain(program))).toEqual([
      { spec: { fooBar: 'v' } },
      { spec: { FOOBar: 'v' } },
    ]);
  });
});

describe('names of groups, versions and kinds', () => {
  const apiVersions = (program: string) =>
    disk.plain(
      `${program}\n{ [one[0]]: [o.new('a').apiVersion, o.new('a').kind] for one in all for o in [one[1]] }`,
    );

  it('groups that share their first label are told apart by their full name', async () => {
    const program = `local all = [[group, lib[group].v1.route] for group in std.objectFieldsAll(lib) if std.objectHasAll(lib[group], 'v1') && std.objectHasAll(lib[group].v1, 'route')];`;
    const found = valueOf(await apiVersions(program)) as object;
    const groups = Object.entries(found).map(([field, [apiVersion]]) => [field, apiVersion]);
    expect(Object.fromEntries(groups)).toEqual({
      networkingIstioIo: 'networking.istio.io/v1',
      networkingK8sIo: 'networking.k8s.io/v1',
      networkingExampleCom: 'networking.example.com/v1',
      certManager: 'cert-manager.io/v1',
      acme: 'acme.cert-manager.io/v1',
      certmanagerK8sIo: 'certmanager.k8s.io/v1',
      certmanager: 'certmanager/v1',
      local: 'local.example.com/v1',
      self: 'self/v1',
      std: 'std/v1',
      _2fa: '2fa.example.com/v1',
      main: 'main.io/v1',
      check: 'check.io/v1',
      lib: 'lib/v1',
      fooBarIo: 'foo-bar-io/v1',
      fooBarIo2: 'foo-bar.io/v1',
      fooBarIoIo: 'foo-bar.io.io/v1',
      foobar: 'foobar.io/v1',
      versions: 'versions.example.com/v1',
    });
  });

  it('each kind has its own object, also where names differ in case or signs alone', async () => {
    const program = `local kinds = lib.kinds.v1; local all = [[kind, kinds[kind]] for kind in std.objectFieldsAll(kinds)];`;
    const found = valueOf(await apiVersions(program)) as object;
    expect(
      Object.fromEntries(Object.entries(found).map(([field, [, kind]]) => [field, kind])),
    ).toEqual({
      check: 'Check',
      fooBar: 'fooBar',
      fooBar2: 'FOOBar',
      fooBar3: 'FooBar',
      fooBar4: 'foo-bar',
      foobar: 'Foobar',
      list: 'List',
      local: 'Local',
      main: 'Main',
      mainX: 'main-x',
      new: 'New',
      self: 'Self',
      std: 'Std',
      x5: 'X5',
      x509Thing: 'X509Thing',
    });
  });

  it('each version has its own object', async () => {
    const program = `local versions = lib.versions; local all = [[version, versions[version].route] for version in std.objectFieldsAll(versions)];`;
    const found = valueOf(await apiVersions(program)) as object;
    expect(
      Object.fromEntries(Object.entries(found).map(([field, [version]]) => [field, version])),
    ).toEqual({
      main: 'versions.example.com/main',
      self: 'versions.example.com/self',
      v1: 'versions.example.com/v1',
      v11: 'versions.example.com/v11',
      v112: 'versions.example.com/v1-1',
      v12: 'versions.example.com/V1',
      v1A: 'versions.example.com/v1A',
      v1A2: 'versions.example.com/v1-a',
      v1Alpha1: 'versions.example.com/v1-alpha1',
      v1alpha1: 'versions.example.com/v1alpha1',
    });
    const many = 'std.length(std.objectFieldsAll(lib.many))';
    expect(valueOf(await disk.plain(many))).toBe(30);
  });
});
