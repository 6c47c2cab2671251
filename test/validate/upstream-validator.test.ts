import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Upstream, UpstreamKind } from '../../lib/sources/upstream.ts';
import {
  forgetValidators,
  loadUpstreamValidator,
  validatorsKept,
} from '../../lib/validate/upstream-validator.ts';
import { validManifest } from './manifests.ts';
import { sharedUpstream } from './shared-upstream.ts';

let upstream: Upstream;
let kind: UpstreamKind;
let cache: string;
/** How often a schema was read, which happens only to compile it. */
let compiled: number;

beforeAll(async () => {
  const shared = await sharedUpstream();
  kind = shared.kind('v1', 'ServiceAccount') as UpstreamKind;
  upstream = {
    kubernetes: shared.kubernetes,
    kind: (apiVersion, name) => shared.kind(apiVersion, name),
    kinds: () => shared.kinds(),
    loadSchema: (wanted) => {
      compiled += 1;
      return shared.loadSchema(wanted);
    },
  };
}, 300_000);

const before = process.env['TANKARD_CACHE'];
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'tankard-validators-'));
  process.env['TANKARD_CACHE'] = cache;
  compiled = 0;
  forgetValidators();
});
afterEach(async () => {
  if (before === undefined) delete process.env['TANKARD_CACHE'];
  else process.env['TANKARD_CACHE'] = before;
  await rm(cache, { recursive: true, force: true });
});

/** What a new process does: loads the validator, uses it on a good and on a bad object, keeps the result. */
async function use(): Promise<[boolean, boolean]> {
  forgetValidators();
  const validate = await loadUpstreamValidator(kind, upstream);
  const good = validate(validManifest('ServiceAccount').value);
  const bad = validate({ ...validManifest('ServiceAccount').value, secret: [] });
  expect(validate.errors?.map(({ keyword }) => keyword)).toEqual(['additionalProperties']);
  await validatorsKept();
  return [good, bad];
}

function files(): string[] {
  return readdirSync(path.join(cache, 'validators')).sort();
}

describe('the cache of validators', () => {
  test('is filled by the first use and used by the next', async () => {
    expect(await use()).toEqual([true, false]);
    expect(files().map((name) => path.extname(name))).toEqual(['.cache', '.cjs']);
    expect(await use()).toEqual([true, false]);
    expect(compiled).toBe(1);
  });

  test('is private to the user', async () => {
    await use();
    expect(statSync(path.join(cache, 'validators')).mode & 0o777).toBe(0o700);
    for (const name of files())
      expect(statSync(path.join(cache, 'validators', name)).mode & 0o077).toBe(0);
  });

  test.each<[string, (content: Buffer) => Buffer]>([
    ['cut off', (content) => content.subarray(0, content.length / 2)],
    [
      'changed',
      (content) => Buffer.from(content.toString('latin1').replace('"secrets"', '"secret" ')),
    ],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('throw new Error("run")')],
  ])('a module that is %s is not run but made again', async (_what, damage) => {
    await use();
    const file = path.join(cache, 'validators', files()[1] as string);
    const content = await readFile(file);
    await writeFile(file, damage(content));
    expect(await use()).toEqual([true, false]);
    expect(compiled).toBe(2);
    expect(await readFile(file)).toEqual(content);
  });

  test.each<[string, (content: Buffer) => Buffer]>([
    ['cut off', (content) => content.subarray(0, content.length / 2)],
    [
      'changed',
      (content) => Buffer.from(content.map((byte, index) => (index === 5000 ? byte ^ 255 : byte))),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('compiled code that is %s is not used but written again', async (_what, damage) => {
    await use();
    const file = path.join(cache, 'validators', files()[0] as string);
    const content = await readFile(file);
    await writeFile(file, damage(content));
    expect(await use()).toEqual([true, false]);
    expect(compiled).toBe(1);
    const mended = await readFile(file);
    expect(mended).not.toEqual(damage(content));
    await use();
    expect(await readFile(file)).toEqual(mended);
  });

  test('that cannot be written does not matter', async () => {
    process.env['TANKARD_CACHE'] = path.join(cache, 'file');
    await writeFile(path.join(cache, 'file'), '');
    expect(await use()).toEqual([true, false]);
  });

  test('loads a kind once when asked at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => loadUpstreamValidator(kind, upstream)));
    expect(compiled).toBe(1);
  });

  test('a schema that cannot be read fails once, not for ever', async () => {
    const broken: Upstream = {
      ...upstream,
      loadSchema: () => Promise.reject(new Error('offline')),
    };
    await expect(loadUpstreamValidator(kind, broken)).rejects.toThrow('offline');
    await expect(loadUpstreamValidator(kind, upstream)).resolves.toBeTypeOf('function');
  });
});
