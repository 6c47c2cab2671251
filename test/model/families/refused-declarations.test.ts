import { describe, expect, it } from 'vitest';
import { emitJsonnet } from '../../../lib/emit/jsonnet/emit-families.ts';
import { Failure } from '../../../lib/finding/failure.ts';
import { declaration, load, parameter, type Declared } from './declaration.ts';

/** The failure of loading the declaration, or of generating from it, after a change to it. */
async function failureOf(change: (declared: Declared) => void): Promise<Failure> {
  const declared = declaration();
  change(declared);
  try {
    emitJsonnet(await load({ 'cache.json': declared }), {
      directory: 'jsonnet',
      check: '../check.libsonnet',
    });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('the declaration was accepted');
}

type Rule = readonly [string, (declared: Declared) => void, readonly string[]];

/** Adds a function. */
function changeOf(fn: Record<string, unknown>) {
  return ({ definitions: { entry } }: Declared): void => {
    entry['x-tankard-functions']['other'] = { description: 'Other.', parameters: [], ...fn };
  };
}

/** Adds a parameter `t`. */
function parameterOf(keywords: Record<string, unknown>) {
  return ({ definitions: { entry } }: Declared): void =>
    void (entry.properties['t'] = { ...parameter, ...keywords });
}

/** Adds a function, and a parameter `t` with targets. */
function targetsOf(targets: (string | number)[][], fn: Record<string, unknown>) {
  return (declared: Declared): void => {
    const t = { ...parameter, 'x-tankard-targets': targets, 'x-tankard-setter': false };
    declared.definitions.entry.properties['t'] = t;
    changeOf(fn)(declared);
  };
}

const refusals: readonly Rule[] = [
  [
    'a keyword that the meta-schema does not list',
    ({ definitions: { entry } }) => void (entry.properties['key']!['format'] = 'email'),
    ['/definitions/entry/properties/key', 'format'],
  ],
  [
    'a parameter without what it must have, all of it at once',
    ({ definitions: { entry } }) => void (entry.properties['key'] = { type: 'string' }),
    [
      'declarations/cache.json: /definitions/entry/properties/key lacks ' +
        'description, x-tankard-expected, x-tankard-source',
    ],
  ],
  [
    'a nested value without a type',
    ({ definitions: { entry } }) =>
      void (entry.properties['tags'] = {
        ...parameter,
        type: 'object',
        properties: { size: { minimum: 1 } },
        additionalProperties: false,
      }),
    ['/definitions/entry/properties/tags/properties/size lacks type'],
  ],
  [
    'a keyword of an item that the meta-schema does not list',
    ({ definitions: { entry } }) =>
      void (entry.properties['tags'] = {
        ...parameter,
        type: 'array',
        items: { type: 'string', const: 'a' },
      }),
    ['/definitions/entry/properties/tags/items', 'const'],
  ],
  [
    'a pattern without anchors',
    ({ definitions: { entry } }) => void (entry.properties['key']!['pattern'] = '[a-z]+'),
    ['/definitions/entry/properties/key/pattern'],
  ],
  [
    'a pattern of which an alternative is not anchored',
    ({ definitions: { entry } }) => void (entry.properties['key']!['pattern'] = '^a|b$'),
    ['entry', '^a|b$ is not anchored'],
  ],
  [
    'a pattern with look-ahead',
    ({ definitions: { entry } }) => void (entry.properties['key']!['pattern'] = '^(?=a)[a-z]+$'),
    ['/definitions/entry/properties/key/pattern'],
  ],
  [
    'a pattern with an escape that RE2 lacks',
    ({ definitions: { entry } }) =>
      void (entry.properties['key']!['pattern'] = String.raw`^\u0041$`),
    ['/definitions/entry/properties/key/pattern'],
  ],
  [
    'a pattern that is no regular expression',
    ({ definitions: { entry } }) => void (entry.properties['key']!['pattern'] = '^(a$'),
    ['entry', '#/properties/key', 'the pattern is not understood'],
  ],
  [
    'a parameter named like a keyword of Jsonnet',
    ({ definitions: { entry } }) => void (entry.properties['self'] = parameter),
    ['/definitions/entry/properties', 'self'],
  ],
  [
    'a parameter that would hide what generated code uses',
    ({ definitions: { entry } }) => void (entry.properties['std'] = parameter),
    ['/definitions/entry/properties', 'std'],
  ],
  [
    'a family whose name is no identifier',
    (declared) => void (declared.title = '../cache'),
    ['/title', '../cache'],
  ],
  [
    'a function that names an unknown parameter',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['parameters'] = ['kye']),
    ['entry', 'no property is named kye'],
  ],
  [
    'a string made from an unknown parameter',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['concat'] = [{ parameter: 'kye' }]),
    ['entry.new', 'the function has no parameter "kye"'],
  ],
  [
    'a sequence that names an unknown function',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['sequence'] = ['nwe']),
    ['entry', 'no function is named nwe'],
  ],
  [
    'a sequence that names a member of every object',
    changeOf({ sequence: ['toString'] }),
    ['entry.other', 'no function is named toString'],
  ],
  [
    'a sequence of itself',
    changeOf({ sequence: ['other'] }),
    ['entry.other', 'other is a sequence itself'],
  ],
  [
    'a sequence without a parameter that its function takes',
    changeOf({ sequence: ['new'] }),
    ['entry.other', 'the function has no parameter key, which new takes'],
  ],
  [
    'a string made from a parameter that the function does not take',
    changeOf({ concat: [{ parameter: 'key' }] }),
    ['entry.other', 'the function has no parameter "key"'],
  ],
  [
    'a string made from a parameter that may be left out',
    changeOf({ parameters: ['key'], optional: ['key'], concat: ['a', { parameter: 'key' }] }),
    ['entry.other', '${key} is no string that is always there'],
  ],
  [
    'an item of a list that may be left out',
    ({ definitions: { entry } }) => {
      entry.properties['t'] = parameter;
      entry['x-tankard-functions']['other'] = {
        description: 'Other.',
        parameters: ['t'],
        optional: ['t'],
        base: { list: [{ $parameter: 't' }] },
      };
    },
    ['entry.other', 't is no field, but optional'],
  ],
  [
    'JSON of nothing but what may be left out',
    ({ definitions: { entry } }) => {
      entry.properties['t'] = parameter;
      entry['x-tankard-functions']['other'] = {
        description: 'Other.',
        parameters: ['t'],
        optional: ['t'],
        base: { text: { $json: { $parameter: 't' } } },
      };
    },
    ['entry.other', 't is no field, but optional'],
  ],
  [
    'a target in a list after a gap',
    targetsOf([['list', 1]], { parameters: ['t'] }),
    ['entry.other', '["list",1]', 'the item 1 of a list that has none before it'],
  ],
  [
    'a target inside another value',
    targetsOf([['list', 'a']], { parameters: ['t'], base: { list: [1] } }),
    ['entry.other', '["list","a"]', 'the field a in what is no object'],
  ],
  [
    'a target inside an object that is a list',
    targetsOf([['list', 0]], { parameters: ['t'], base: { list: {} } }),
    ['entry.other', '["list",0]', 'the item 0 of what is no list'],
  ],
  [
    'a target where the base has a value',
    targetsOf([['list']], { parameters: ['t'], base: { list: 1 } }),
    ['entry.other', '["list"]', 'has a value already'],
  ],
  [
    'a setter of an item of a list',
    ({ definitions: { entry } }) =>
      void (entry.properties['t'] = { ...parameter, 'x-tankard-targets': [['list', 0]] }),
    ['entry', 't is an item of a list'],
  ],
  [
    'a keyword of another type',
    parameterOf({ minLength: 1, type: 'integer' }),
    ['entry', '#/properties/t', 'the minLength is not understood'],
  ],
  [
    'items of what is no list',
    parameterOf({ items: { type: 'string' } }),
    ['/definitions/entry/properties/t', 'of type "string" must not have items'],
  ],
  [
    'limits that exclude each other',
    parameterOf({ type: 'array', items: { type: 'string', minLength: 3, maxLength: 2 } }),
    ['entry: t[]', 'minLength is greater than maxLength'],
  ],
  [
    'a required field that is not declared',
    parameterOf({
      type: 'object',
      additionalProperties: false,
      properties: { a: { type: 'string' } },
      required: ['b'],
    }),
    ['entry: t', 'no property is named b'],
  ],
  [
    'a dependency on a field that is not declared',
    parameterOf({
      type: 'object',
      additionalProperties: false,
      properties: { a: { type: 'string' } },
      dependencies: { a: ['b'] },
    }),
    ['entry: t', 'no property is named b'],
  ],
  [
    'values of another type than their parameter',
    parameterOf({ enum: ['a', 1] }),
    ['/definitions/entry/properties/t/enum/1', 'must be string'],
  ],
  [
    'values of a type that has none',
    parameterOf({ type: 'boolean', enum: ['a'] }),
    ['/definitions/entry/properties/t', 'of type "boolean" must not have enum'],
  ],
  [
    'null as a default',
    parameterOf({ default: null }),
    ['/definitions/entry/properties/t/default', 'null'],
  ],
  [
    'an encoding that cannot write the type',
    parameterOf({ type: 'integer', 'x-tankard-encoding': 'base64' }),
    ['entry: t', 'the encoding base64 writes string, not integer'],
  ],
  [
    'an annotation that is no string',
    parameterOf({ type: 'integer', 'x-tankard-targets': [['metadata', 'annotations', 'a/b']] }),
    ['entry: t', 'metadata.annotations.a/b is a string in a manifest'],
  ],
  [
    'a family with the name of a file that is generated beside it',
    (declared) => void (declared.title = 'automata'),
    ['/title', 'automata'],
  ],
  [
    'a required parameter after an optional one',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['parameters'] = ['seconds', 'key']),
    ['entry.new', 'a required parameter follows an optional one'],
  ],
  [
    'an optional argument that the function does not take',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['optional'] = ['kye']),
    ['entry.new', 'kye is optional, but no parameter'],
  ],
  [
    'a base that names a parameter which the function does not take',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['base'] = { a: '${kye}' }),
    ['entry.new', 'the function has no parameter "kye"'],
  ],
  [
    'a base that puts a number into a string',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['base'] = { a: '${seconds}' }),
    ['entry.new', '${seconds} is no string that is always there'],
  ],
  [
    'a base with an unknown operator',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['new']!['base'] = { a: { $yaml: {} } }),
    ['entry.new', '$yaml is no operator'],
  ],
  [
    'an object that does not say whether it is open',
    ({ definitions: { entry } }) =>
      void (entry.properties['tags'] = {
        ...parameter,
        type: 'array',
        items: { type: 'object' },
      }),
    ['/definitions/entry/properties/tags/items', 'additionalProperties'],
  ],
  [
    'a required parameter that is not declared',
    ({ definitions: { entry } }) => void entry.required.push('kye'),
    ['entry', 'no property is named kye'],
  ],
  [
    'a function with the name of a generated setter',
    ({ definitions: { entry } }) =>
      void (entry['x-tankard-functions']['withKey'] = { description: 'A.', parameters: [] }),
    ['entry', 'two functions are named withKey'],
  ],
  [
    'a shared parameter that does not exist',
    ({ definitions: { entry } }) =>
      void (entry.properties['key'] = { $ref: './shared/names.json#/definitions/name' }),
    ['names.json'],
  ],
];

describe('a declaration', () => {
  it.each(refusals)('is refused for %s, naming file and place', async (_rule, change, parts) => {
    const failure = await failureOf(change);
    expect(failure.kind).toBe('usage');
    expect(failure.message).toContain('cache.json');
    for (const part of parts) expect(failure.message).toContain(part);
  });
});
