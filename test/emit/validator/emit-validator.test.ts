import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AjvError, Validate } from '../../../lib/emit/validator/ajv-error.ts';
import { emitValidator, emitValidatorTypes } from '../../../lib/emit/validator/emit-validator.ts';
import { GENERATOR_VERSION } from '../../../lib/emit/validator/generator-version.ts';
import { lowerSchema } from '../../../lib/model/lower.ts';
import { toJsonSchema } from '../../../lib/model/to-json-schema.ts';
import type { JsonSchema } from '../../../lib/model/json-schema.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-emit-validator-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A schema that uses all that generated code can need. */
const EVERYTHING: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 9, pattern: '^[a-zü]+$' },
    mode: { type: 'string', enum: ['A', 'B'] },
    odd: { enum: [{ a: 1 }, [2]] },
    unique: { type: 'array', items: {}, uniqueItems: true },
    keyed: {
      type: 'array',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
      },
    },
    when: { type: 'string', format: 'date-time' },
    data: { type: 'string', format: 'byte' },
    cpu: { type: ['number', 'string'], format: 'quantity' },
    free: { type: 'string', format: 'made-up' },
    next: { $ref: '#/definitions/Next' },
    simple: { anyOf: [{ type: 'string' }, { const: 0 }] },
    shapes: { anyOf: [{ $ref: '#/definitions/Next' }, { type: 'null' }] },
    choice: { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
  },
  definitions: {
    Next: {
      type: 'object',
      properties: { next: { $ref: '#/definitions/Next' } },
      additionalProperties: false,
    },
  },
};

function load(schema: JsonSchema, options: { messages?: boolean } = {}): Validate {
  const code = emitValidator([{ name: 'check', schema }], {
    source: 'test',
    module: 'cjs',
    ...options,
  });
  const exports: { check?: Validate } = {};
  // No `require` is in reach, as none is where a cached validator runs.
  (vm.runInThisContext(`(function (exports) {${code}\n})`) as (exports: object) => void)(exports);
  return exports.check as Validate;
}

function errorsOf(validate: Validate, value: unknown): readonly AjvError[] {
  return validate(value) ? [] : (validate.errors ?? []);
}

describe('generated code decides as the schema says', () => {
  const validate = load(EVERYTHING);
  test.each<[string, object, string[]]>([
    ['valid', { name: 'üb', mode: 'A', odd: [2], when: '2026-01-02T03:04:05.6+01:00' }, []],
    ['ucs2 length counts code points', { name: 'aaaaaaaaaa' }, ['/name maxLength']],
    ['missing', {}, [' required']],
    ['unknown', { name: 'ab', nam: 1 }, [' additionalProperties']],
    ['enum of scalars', { name: 'ab', mode: 'C' }, ['/mode enum']],
    ['enum of objects', { name: 'ab', odd: { a: 2 } }, ['/odd enum']],
    ['deep equality', { name: 'ab', unique: [{ a: [1] }, { a: [1] }] }, ['/unique uniqueItems']],
    ['deep inequality', { name: 'ab', unique: [{ a: 1 }, { b: 1 }] }, []],
    ['date-time', { name: 'ab', when: '2026-13-02T03:04:05Z' }, ['/when format']],
    ['byte with line breaks', { name: 'ab', data: 'aHVu\ndGVy\n' }, []],
    ['byte without padding', { name: 'ab', data: 'aHVudGVyMg' }, ['/data format']],
    ['a number as quantity', { name: 'ab', cpu: 0.5 }, []],
    ['a string that is no quantity', { name: 'ab', cpu: '5x' }, ['/cpu format']],
    [
      'a recursive definition',
      { name: 'ab', next: { next: { no: 1 } } },
      ['/next/next additionalProperties'],
    ],
    ['one error for simple alternatives', { name: 'ab', simple: 1 }, ['/simple anyOf']],
    ['both of a choice', { name: 'ab', choice: { a: 1, b: 1 } }, ['/choice oneOf']],
    ['none of a choice', { name: 'ab', choice: {} }, ['/choice oneOf']],
    [
      'same keys, one by default',
      { name: 'ab', keyed: [{ port: 1 }, { port: 1, protocol: 'TCP' }] },
      ['/keyed x-kubernetes-list-map-keys'],
    ],
    ['different keys', { name: 'ab', keyed: [{ port: 1 }, { port: 1, protocol: 'UDP' }] }, []],
  ])('%s', (_what, value, want) => {
    const found = errorsOf(validate, value).map(
      (error) => `${error.instancePath} ${error.keyword}`,
    );
    expect(found).toEqual(want);
  });

  test('errors have what findings are made of', () => {
    const [unknown] = errorsOf(validate, { name: 'ab', nam: 1 });
    expect(unknown?.params).toMatchObject({ additionalProperty: 'nam' });
    expect(unknown?.params['known']).toContain('name');
    expect(errorsOf(validate, { name: 'ab', mode: 'C' })[0]?.params).toEqual({
      allowedValues: ['A', 'B'],
    });
    expect(errorsOf(validate, { name: 'ab', choice: { a: 1, b: 1 } })[0]?.params).toEqual({
      passingSchemas: [0, 1],
      alternatives: [{ required: ['a'] }, { required: ['b'] }],
    });
  });

  test('messages and schema paths are there on demand', () => {
    expect(errorsOf(validate, {})[0]).toMatchObject({ message: /name/, schemaPath: '#/required' });
    const [bare] = errorsOf(load(EVERYTHING, { messages: false }), {});
    expect(bare).toEqual({
      instancePath: '',
      keyword: 'required',
      params: { missingProperty: 'name' },
    });
  });
});

test('an ES module has one named export for each entry and imports nothing', async () => {
  const entries = [
    { name: 'first', schema: EVERYTHING },
    { name: 'second', schema: { type: 'integer' } },
  ];
  const text = emitValidator(entries, { source: 'a.json' });
  expect(text.split('\n')[0]).toBe('// Code generated by tankard from a.json. DO NOT EDIT.');
  expect(text).not.toMatch(/\bimport\b|\brequire\(/);
  expect(text).not.toMatch(/[\u0080-\uFFFF]/);
  const file = path.join(directory, 'validators.mjs');
  await writeFile(file, text);
  const module = (await import(pathToFileURL(file).href)) as { [name: string]: Validate };
  expect(Object.keys(module)).toEqual(['first', 'second']);
  expect([module['first']?.({ name: 'ab' }), module['second']?.('x')]).toEqual([true, false]);
  expect(emitValidatorTypes(entries, { source: 'a.json' })).toContain(
    'export const second: Validate;',
  );
});

test('same input, same bytes', () => {
  const emit = () => emitValidator([{ name: 'a', schema: EVERYTHING }], { source: 's' });
  expect(emit()).toBe(emit());
});

test('the order of keys in the source does not matter', () => {
  const emit = (root: JsonSchema) => {
    const schema = toJsonSchema(lowerSchema({ root }, 'crd').model);
    return emitValidator([{ name: 'a', schema }], { source: 's' });
  };
  expect(emit(reversed(EVERYTHING) as JsonSchema)).toBe(emit(EVERYTHING));
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test('the version of the generator is raised when its text changes', () => {
  const entries = (['declaration', 'kubernetes', 'crd'] as const).map((name) => ({
    name,
    schema: toJsonSchema(lowerSchema({ root: EVERYTHING }, name).model, {
      annotations: false,
      customResource: true,
    }),
  }));
  const text = emitValidator(entries, { source: 's', module: 'cjs', messages: false });
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  // After a change: raise the number in generator-version.ts, then put the new hash here.
  expect({ [GENERATOR_VERSION]: hash }).toEqual({ 'ajv 8.20.0, generator 7': 'a26b173063966131' });
  const ajv = JSON.parse(readFileSync('node_modules/ajv/package.json', 'utf8')) as {
    version: string;
  };
  expect(GENERATOR_VERSION).toContain(`ajv ${ajv.version},`);
});

test('a long list of mistakes takes linear time', () => {
  const validate = load({
    type: 'array',
    items: { $ref: '#/definitions/Next' },
    definitions: EVERYTHING['definitions'],
  });
  const start = performance.now();
  expect(
    errorsOf(
      validate,
      Array.from({ length: 100_000 }, () => 1),
    ),
  ).toHaveLength(100_000);
  // ajv's own way takes more than 10 s.
  expect(performance.now() - start).toBeLessThan(2_000);
});
