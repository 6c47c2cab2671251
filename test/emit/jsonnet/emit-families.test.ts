import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { emitJsonnet } from '../../../lib/emit/jsonnet/emit-families.ts';
import { loadFamilies } from '../../../lib/model/load-families.ts';
import { declaration, declarationsProject, type Declared } from '../../model/families/declaration.ts';
import { useEvaluators, valueOf } from './evaluators.ts';

const { tanka, plain, format, lint } = useEvaluators();

type Entry = Declared['definitions']['entry'];

/** Generates the library of a changed declaration; gives the import of it. */
async function library(change: (entry: Entry) => void): Promise<string> {
  const declared = declaration();
  change(declared.definitions.entry);
  const root = await declarationsProject({ 'cache.json': declared });
  const families = await loadFamilies(path.join(root, 'declarations'), root);
  for (const { path: file, text } of emitJsonnet(families, { directory: 'gen', check: '../check.libsonnet' })) {
    expect(await format(text)).toBe(text);
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  await cp(
    path.join(packageRoot(), 'jsonnet/tankard/check.libsonnet'),
    path.join(root, 'check.libsonnet'),
  );
  return `local entry = (import '${root}/gen/main.libsonnet').cache.entry;\n`;
}

const described = {
  description: 'A parameter.',
  'x-tankard-expected': 'right',
  'x-tankard-source': 'none',
};

async function bothGive(program: string): Promise<unknown> {
  const value = valueOf(await tanka(program));
  expect(valueOf(await plain(program))).toEqual(value);
  return value;
}

async function bothSay(program: string, message: string): Promise<void> {
  for (const evaluate of [tanka, plain]) {
    const { error = 'no error' } = await evaluate(program);
    expect(error.split('\n')[0]?.replace('Error: evaluating jsonnet: ', '')).toBe(message);
  }
}

describe('emitJsonnet', () => {
  it('checks nested objects whose names differ only in signs, each by its own fields', async () => {
    const closed = (name: string) => ({
      type: 'object',
      additionalProperties: false,
      properties: { [name]: { type: 'boolean' } },
    });
    const entry = await library(({ properties }) => {
      properties['of'] = {
        ...described,
        type: 'object',
        additionalProperties: false,
        properties: { 'port-1': closed('a'), port1: closed('b'), port12: closed('c') },
        'x-tankard-targets': [['of']],
      };
      // Wants the name of the function that checks the parameter `of`.
      properties['isEntryOf'] = { ...described, type: 'boolean', 'x-tankard-targets': [['is']] };
    });
    const of = { 'port-1': { a: true }, port1: { b: true }, port12: { c: true } };
    expect(await bothGive(`${entry}entry.withOf(${JSON.stringify(of)})`)).toEqual({ of });
    for (const name of Object.keys(of)) {
      const wrong = { [name]: { d: true } };
      for (const evaluate of [tanka, plain])
        expect(await evaluate(`${entry}entry.withOf(${JSON.stringify(wrong)})`)).toMatchObject({
          error: expect.stringContaining('cache.entry.withOf: of must be right'),
        });
    }
  });

  it('checks a nested object beside a parameter that has the name of its check', async () => {
    const entry = await library((declared) => {
      const both = {
        ...described,
        type: 'object',
        additionalProperties: false,
        properties: { isEntryBoth: { type: 'string' } },
      };
      declared.properties['both'] = both;
      declared.properties['isEntryBoth'] = { ...described, type: 'boolean' };
      declared['x-tankard-functions']['both'] = {
        description: 'Both.',
        parameters: ['both', 'isEntryBoth'],
        base: { both: { $parameter: 'both' }, is: { $parameter: 'isEntryBoth' } },
      };
    });
    const both = { isEntryBoth: 'a' };
    expect(await bothGive(`${entry}entry.both(${JSON.stringify(both)}, true)`)).toEqual({
      both,
      is: true,
    });
  });

  it('leaves out the checks of a parameter that no function takes', async () => {
    const entry = await library(({ properties }) => {
      delete properties['key']?.['pattern'];
      properties['status'] = {
        ...described,
        type: 'object',
        additionalProperties: false,
        properties: { phase: { type: 'string', pattern: '^[a-z]+$' } },
      };
    });
    expect(await bothGive(`${entry}std.isObject(entry.new('a'))`)).toBe(true);
  });

  it('writes defaults, and encodes annotation values as strings', async () => {
    const entry = await library(() => {});
    expect(await bothGive(`${entry}[entry.new('a'), entry.new('a', 5)]`)).toEqual(
      ['60', '5'].map((seconds) => ({
        metadata: {
          annotations: { 'cache.example.com/key': 'a', 'cache.example.com/seconds': seconds },
        },
      })),
    );
  });

  it('adds to what is there with setters: other annotations stay', async () => {
    const entry = await library(() => {});
    const object = "{ kind: 'A', metadata: { annotations: { mine: '1' } } }";
    expect(await bothGive(`${entry}${object} + entry.withKey('b')`)).toEqual({
      kind: 'A',
      metadata: { annotations: { mine: '1', 'cache.example.com/key': 'b' } },
    });
  });

  it('replaces an array or map with withX and adds to it with withXMixin', async () => {
    const entry = await library(({ properties }) => {
      properties['hosts'] = {
        ...described,
        type: 'array',
        items: { type: 'string' },
        'x-tankard-targets': [['spec', 'hosts']],
      };
      properties['labels'] = {
        ...described,
        type: 'object',
        additionalProperties: { type: 'string' },
        'x-tankard-targets': [['spec', 'labels']],
      };
    });
    const object = "{ spec: { hosts: ['a'], labels: { a: '1' }, other: 1 } }";
    const program = `${entry}[
      ${object} + entry.withHosts('b') + entry.withLabels({ b: '2' }),
      ${object} + entry.withHostsMixin('b') + entry.withLabelsMixin({ b: '2' }),
    ]`;
    expect(await bothGive(program)).toEqual([
      { spec: { hosts: ['b'], labels: { b: '2' }, other: 1 } },
      { spec: { hosts: ['a', 'b'], labels: { a: '1', b: '2' }, other: 1 } },
    ]);
  });

  it('writes a value to each of its places, into array items too, and opens objects on the way', async () => {
    const entry = await library((one) => {
      one.properties['key']!['x-tankard-targets'] = [
        ['metadata', 'name'],
        ['spec', 'containers', 0, 'name'],
      ];
      one.properties['key']!['x-tankard-setter'] = false;
      one['x-tankard-functions']['new'] = {
        description: 'An entry.',
        parameters: ['key'],
        base: { kind: 'A', spec: { containers: [{ image: 'b' }], replicas: 1 } },
      };
    });
    expect(await bothGive(`${entry}entry.new('a')`)).toEqual({
      kind: 'A',
      metadata: { name: 'a' },
      spec: { containers: [{ image: 'b', name: 'a' }], replicas: 1 },
    });
  });

  it('makes sequences, strings and patches', async () => {
    const entry = await library((one) => {
      Object.assign(one['x-tankard-functions'], {
        pair: { description: 'Two.', parameters: ['key'], sequence: ['new', 'id'] },
        new: { description: 'One.', parameters: ['key'] },
        id: { description: 'An id.', parameters: ['key'], concat: ['id:', { parameter: 'key' }] },
        patch: {
          description: 'A patch.',
          parameters: [],
          patch: true,
          base: { spec: { template: { on: true } } },
        },
      });
    });
    const program = `${entry}{ pair: entry.pair('a'), patched: { spec: { template: { a: 1 } } } + entry.patch() }`;
    expect(await bothGive(program)).toEqual({
      pair: [{ metadata: { annotations: { 'cache.example.com/key': 'a' } } }, 'id:a'],
      patched: { spec: { template: { a: 1, on: true } } },
    });
  });

  it('fills the parameters into the strings, keys and operators of a base', async () => {
    const entry = await library((one) => {
      one.properties['tags'] = { ...described, type: 'array', items: { type: 'string' } };
      one['x-tankard-functions']['new'] = {
        description: 'An entry.',
        parameters: ['key', 'tags'],
        base: {
          '${key}/$': 'a-${key}-b',
          plain: { $json: { '${key}': { $parameter: 'tags' }, n: 1 } },
          data: { $base64: { $json: { $parameter: 'tags' } } },
          text: { $base64: '${key}' },
        },
      };
    });
    expect(await bothGive(`${entry}entry.new('k', 't')`)).toEqual({
      'k/$': 'a-k-b',
      plain: '{"k":["t"],"n":1}',
      data: Buffer.from('["t"]').toString('base64'),
      text: Buffer.from('k').toString('base64'),
      metadata: { annotations: { 'cache.example.com/key': 'k' } },
    });
  });

  it('leaves out the fields of an argument that was left out', async () => {
    const entry = await library((one) => {
      one['x-tankard-functions']['new'] = {
        description: 'An entry.',
        parameters: ['key', 'seconds'],
        optional: ['seconds'],
        base: { spec: { seconds: { $parameter: 'seconds' } } },
      };
    });
    const annotations = { 'cache.example.com/key': 'a' };
    expect(await bothGive(`${entry}[entry.new('a'), entry.new('a', null), entry.new('a', 5)]`)).toEqual([
      { spec: {}, metadata: { annotations } },
      { spec: {}, metadata: { annotations } },
      {
        spec: { seconds: '5' },
        metadata: { annotations: { ...annotations, 'cache.example.com/seconds': '5' } },
      },
    ]);
    await bothSay(
      `${entry}entry.new('a', 0)`,
      'RUNTIME ERROR: cache.entry.new: seconds must be a whole number of seconds, got number 0',
    );
  });

  it('encodes JSON, base64 and lists joined by semicolons', async () => {
    const entry = await library((one) => {
      const declare = (name: string, keywords: object) =>
        void (one.properties[name] = { ...described, 'x-tankard-targets': [[name]], ...keywords });
      declare('data', { type: 'string', 'x-tankard-encoding': 'base64' });
      declare('names', {
        type: 'array',
        items: { type: 'string' },
        'x-tankard-encoding': 'semicolon-list',
      });
      declare('config', { type: 'object', additionalProperties: true, 'x-tankard-encoding': 'json' });
    });
    const program = `${entry}entry.withData('ä') + entry.withNames(['a', 'b']) + entry.withConfig({ b: 1, a: [] })`;
    expect(await bothGive(program)).toEqual({
      data: Buffer.from('ä').toString('base64'),
      names: 'a;b',
      config: '{"a":[],"b":1}',
    });
  });

  it('appends to lists with a patch', async () => {
    const entry = await library((one) => {
      one['x-tankard-functions']['more'] = {
        description: 'One more.',
        parameters: ['key'],
        patch: true,
        base: { spec: { names: [{ name: '${key}' }] } },
      };
    });
    expect(await bothGive(`${entry}({ spec: { names: [1] } } + entry.more('a')).spec.names`)).toEqual(
      [1, { name: 'a' }],
    );
  });

  it('says what was wrong, and shows at most 120 characters of it', async () => {
    const entry = await library(() => {});
    const says = 'RUNTIME ERROR: cache.entry.new: key must be lower-case letters, got';
    await bothSay(`${entry}entry.new('A')`, `${says} string "A"`);
    await bothSay(`${entry}entry.new(null)`, `${says} null`);
    await bothSay(`${entry}entry.new(std.repeat('A', 200))`, `${says} string "${'A'.repeat(116)}...`);
    await bothSay(`${entry}entry.new({ a: [1, 'b'] })`, `${says} object {"a":[1,"b"]}`);
  });

  it('says so too when the wrong value has a function in it, which cannot be shown', async () => {
    const entry = await library(() => {});
    const says = 'RUNTIME ERROR: cache.entry.new: key must be lower-case letters, got';
    await bothSay(`${entry}entry.new(entry.new)`, `${says} function`);
    await bothSay(`${entry}entry.new({ a: [entry.new] })`, `${says} object`);
  });

  it('does not repeat the value of a secret parameter', async () => {
    const entry = await library(({ properties }) => void (properties['key']!['writeOnly'] = true));
    await bothSay(
      `${entry}entry.new('S3CRET')`,
      'RUNTIME ERROR: cache.entry.new: key must be lower-case letters, got string (not shown)',
    );
  });

  it('passes tk lint', async () => {
    expect(await lint(`${await library(() => {})}entry.new('a').metadata`)).toBe('');
  });

  it('names its source and the hash of it in the first line', async () => {
    const root = await declarationsProject({ 'cache.json': declaration() });
    const families = await loadFamilies(path.join(root, 'declarations'), root);
    for (const { path: file, text } of emitJsonnet(families, { directory: 'gen', check: '../check.libsonnet' })) {
      expect(text, file).toMatch(
        /^\/\/ Code generated by tankard from .+ \(sha256 [0-9a-f]{12}\)\. DO NOT EDIT\.\n/,
      );
    }
  });
});
