import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import type { JsonSchema } from '../../lib/model/json-schema.ts';
import { parseImportSource } from '../../lib/sources/import-source.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { validateManifests } from '../../lib/validate/validate-manifests.ts';
import { crd } from '../sources/crd.ts';

const roots: string[] = [];
let cache: string | undefined;
let schemas: string;
beforeAll(async () => {
  schemas = cacheDirectory('schemas');
  cache = process.env['TANKARD_CACHE'];
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-rules-'));
  roots.push(directory);
  process.env['TANKARD_CACHE'] = directory;
});
afterAll(async () => {
  if (cache === undefined) delete process.env['TANKARD_CACHE'];
  else process.env['TANKARD_CACHE'] = cache;
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

/** What validating one Foo finds, whose CRD has this schema for its spec. */
async function validated(spec: JsonSchema, value: object) {
  const root = await mkdtemp(path.join(os.tmpdir(), 'tankard-rules-'));
  roots.push(root);
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  await writeFile(path.join(root, 'crd.json'), crd({ versions }));
  const locked = await resolveImport(parseImportSource('crd:crd.json'), { root });
  const upstream = await openUpstream({ directory: schemas, imports: [locked], root });
  const resource = { apiVersion: 'my-group.example.com/v1', kind: 'Foo', name: 'foo' };
  const { apiVersion, kind } = resource;
  const manifest = {
    index: 0,
    resource,
    value: { apiVersion, kind, metadata: { name: 'foo', namespace: 'x' }, ...value },
  };
  return validateManifests([manifest], { upstream, allowedUnknownKinds: new Set() });
}

function specWith(
  properties: { readonly [name: string]: object },
  ...rules: readonly object[]
): JsonSchema {
  return { type: 'object', properties, 'x-kubernetes-validations': rules };
}

const NUMBERS = { least: { type: 'integer', default: 1 }, most: { type: 'integer' } };
const ORDER = { rule: 'self.least <= self.most', message: 'least must not be above most' };

describe('a rule that is false', () => {
  it('is a finding with the message of the CRD, at the node', async () => {
    const { findings } = await validated(specWith(NUMBERS, ORDER), { spec: { least: 3, most: 2 } });
    expect(findings).toEqual([
      {
        code: 'schema/validation-rule',
        severity: 'error',
        message: 'least must not be above most',
        resource: { apiVersion: 'my-group.example.com/v1', kind: 'Foo', name: 'foo' },
        path: ['spec'],
        fault: 'value',
        hint: 'The rule of its CRD: self.least <= self.most',
      },
    ]);
  });

  it('sees defaults as the API server does', async () => {
    const { findings } = await validated(specWith(NUMBERS, ORDER), { spec: { most: 0 } });
    expect(findings.map(({ message }) => message)).toEqual(['least must not be above most']);
    const clean = await validated(specWith(NUMBERS, ORDER), { spec: { least: null, most: 1 } });
    expect(clean.findings).toEqual([]);
  });

  it('points to the field that alone it reads, and to its fieldPath', async () => {
    const about = specWith(NUMBERS, { rule: 'self.most > 5', message: 'too low' });
    const [read] = (await validated(about, { spec: { most: 2 } })).findings;
    expect(read).toMatchObject({ path: ['spec', 'most'], fault: 'value', value: 2 });
    const named = specWith(NUMBERS, { ...ORDER, fieldPath: '.most' });
    const [blamed] = (await validated(named, { spec: { least: 3, most: 2 } })).findings;
    expect(blamed).toMatchObject({ path: ['spec', 'most'], fault: 'value' });
    const missing = specWith(NUMBERS, { rule: 'has(self.most)', message: 'give most' });
    const [absent] = (await validated(missing, { spec: {} })).findings;
    expect(absent).toMatchObject({
      path: ['spec', 'most'],
      fault: 'missing',
      message: 'give most',
    });
  });

  it('may make its own message', async () => {
    const own = { ...ORDER, messageExpression: '"%d is below %d".format([self.most, self.least])' };
    const [made] = (await validated(specWith(NUMBERS, own), { spec: { least: 3, most: 2 } }))
      .findings;
    expect(made?.message).toBe('2 is below 3');
    const broken = { ...ORDER, messageExpression: 'self.absent' };
    const [other] = (await validated(specWith(NUMBERS, broken), { spec: { least: 3, most: 2 } }))
      .findings;
    expect(other?.message).toBe('least must not be above most');
  });

  it('is not asked about what is invalid already', async () => {
    const spec = { least: 'three', most: 2 };
    const { findings } = await validated(specWith(NUMBERS, ORDER), { spec });
    expect(findings.map(({ code }) => code)).toEqual(['schema/wrong-type']);
  });
});

it('a rule that reads an absent field refuses, and the reason is said', async () => {
  const { findings } = await validated(specWith(NUMBERS, ORDER), { spec: {} });
  expect(findings.map(({ message }) => message)).toEqual([
    'least must not be above most (no such key: most)',
  ]);
});

it('a rule about a change is not asked of what is new', async () => {
  const rule = { rule: 'self.most == oldSelf.most', message: 'immutable' };
  const optional = { rule: 'oldSelf.hasValue() || self.most > 5', optionalOldSelf: true };
  const { findings, uncheckedRules } = await validated(specWith(NUMBERS, rule, optional), {
    spec: { most: 1 },
  });
  expect(uncheckedRules).toEqual([]);
  expect(findings.map(({ message }) => message)).toEqual([
    'failed rule: oldSelf.hasValue() || self.most > 5',
  ]);
});

it('a secret is in no message', async () => {
  const fields = { password: { type: 'string' }, dbToken: { type: 'string', format: 'duration' } };
  const spec = specWith(
    fields,
    { rule: 'self.password.size() > 20', messageExpression: '"bad: " + self.password' },
    { rule: 'duration(self.password) > duration("1s")', message: 'a duration' },
  );
  const { findings } = await validated(spec, { spec: { password: 'hunter2-secret' } });
  expect(findings).toHaveLength(2);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

describe('a hostile rule', () => {
  const TEN = '[1,2,3,4,5,6,7,8,9,10]';
  const nested = (depth: number): string =>
    depth === 0 ? 'true' : `${TEN}.all(x${depth}, ${nested(depth - 1)})`;
  const doubled = (depth: number): string =>
    depth === 0 ? 'self.text' : `[${doubled(depth - 1)}].map(x, x + x + x + x + x + x + x + x)[0]`;
  const text = { text: { type: 'string' } };

  it.each([
    ['loops for hours', nested(12), /more than \d+ steps/],
    ['makes texts without end', `size(${doubled(12)}) > 0`, /more than \d+ steps/],
    ['makes lists without end', 'lists.range(9000000000).size() > 0', /more than \d+ steps/],
    [
      'replaces without end',
      'self.text.replace("a", self.text).replace("a", self.text).size() > 0',
      /steps/,
    ],
    ['is nested deeply', `${'('.repeat(1000)}true${')'.repeat(1000)}`, /parsed|nested/],
    ['negates often', `${'!'.repeat(9000)}true`, /nested|parsed/],
    ['has thousands of alternatives', Array(1000).fill('true').join('||'), /nested/],
    ['is long', `"${'a'.repeat(20_000)}" == self.text`, /bytes/],
    ['is no CEL', 'self.text ===', /cannot be parsed/],
    ['calls what is not there', 'self.text.explode()', /there is no function explode/],
    ['is no condition', 'self.text', /gives string/],
  ])('that %s is not evaluated, and the run goes on', async (_what, rule, reason) => {
    const started = performance.now();
    const spec = specWith(text, { rule, message: 'hostile' }, { rule: 'self.text == ""' });
    const result = await validated(spec, { spec: { text: 'a'.repeat(3000) } });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(result.uncheckedRules[0]).toMatchObject({
      apiVersion: 'my-group.example.com/v1',
      kind: 'Foo',
      rule,
      reason: expect.stringMatching(reason) as unknown,
    });
  });

  it('with a regular expression that backtracks is evaluated in linear time', async () => {
    const spec = specWith(text, { rule: "self.text.matches('^(a+)+$')", message: 'letters' });
    const started = performance.now();
    const { findings } = await validated(spec, { spec: { text: `${'a'.repeat(3000)}!` } });
    expect(findings.map(({ message }) => message)).toEqual(['letters']);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
