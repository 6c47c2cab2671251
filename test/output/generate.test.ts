import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { Failure } from '../../lib/finding/failure.ts';
import { generate } from '../../lib/workflow/generate.ts';
import { useEvaluators, valueOf } from '../emit/jsonnet/evaluators.ts';
import { ownFamilies } from '../emit/families.ts';
import { declaration } from '../model/families/declaration.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const { tanka } = useEvaluators();

const CONFIG = `generate:
  declarations: declarations
  jsonnet: jsonnet/tankard/gen
  typescript: gen
  bindings: gen/bindings.ts
  reference: docs
  schemas: [tankard.schema.json]
`;

/** A project that declares what Tankard itself declares. */
async function makeProject(directory: string): Promise<void> {
  const own = packageRoot();
  await cp(path.join(own, 'lib/schemas'), path.join(directory, 'declarations'), {
    recursive: true,
  });
  await cp(
    path.join(own, 'schemas/tankard.schema.json'),
    path.join(directory, 'tankard.schema.json'),
  );
  for (const name of ['check', 'main'])
    await cp(
      path.join(own, `jsonnet/tankard/${name}.libsonnet`),
      path.join(directory, `jsonnet/tankard/${name}.libsonnet`),
    );
  await writeFile(path.join(directory, 'tankard.yaml'), CONFIG);
}

async function readTree(root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const directory of ['jsonnet', 'gen', 'docs'])
    for (const entry of await readdir(path.join(root, directory), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      files[path.relative(root, file)] = await readFile(file, 'utf8');
    }
  return files;
}

async function failureOf(root: string): Promise<Failure> {
  const error = await generate({ root }).catch((thrown: unknown) => thrown);
  if (error instanceof Failure) return error;
  throw new Error(`no failure: ${JSON.stringify(error)}`);
}

describe('generate', () => {
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'tankard-test-'));
    await makeProject(root);
    await generate({ root });
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('gives the same bytes in another folder at another time', async () => {
    const other = await temporaryDirectory();
    await makeProject(other);
    await generate({ root: other });
    expect(await readTree(other)).toEqual(await readTree(root));
  }, 120_000);

  it('finds nothing to do after it has run', async () => {
    const { files, changes } = await generate({ root, check: true });
    expect(files).toBeGreaterThan(20);
    expect(changes).toEqual([]);
  }, 120_000);

  it.each([
    'jsonnet/tankard/gen/irsa.libsonnet',
    'jsonnet/tankard/gen/automata.libsonnet',
    'gen/validators.js',
    'gen/types/reflector.ts',
    'docs/irsa.md',
  ])(
    'reports one changed byte in %s, wherever it is, and nothing else',
    async (file) => {
      const whole = path.join(root, file);
      const bytes = await readFile(whole);
      for (const place of [5, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
        await writeFile(whole, changed);
        const { changes } = await generate({ root, check: true });
        await writeFile(whole, bytes);
        expect(changes).toEqual([{ path: file, change: 'changed' }]);
      }
    },
    120_000,
  );

  it('reports a missing file and a file too many, and mends both', async () => {
    const lost = path.join(root, 'gen/bindings.ts');
    await rm(lost);
    await cp(path.join(root, 'gen/types/irsa.ts'), path.join(root, 'gen/types/gone.ts'));
    const expected = [
      { path: 'gen/bindings.ts', change: 'added' },
      { path: 'gen/types/gone.ts', change: 'removed' },
    ];
    expect((await generate({ root, check: true })).changes).toEqual(expected);
    expect((await generate({ root })).changes).toEqual(expected);
    expect((await generate({ root, check: true })).changes).toEqual([]);
  }, 120_000);

  it('removes what belongs to a declaration that is gone, and nothing else', async () => {
    const other = await temporaryDirectory();
    await makeProject(other);
    await generate({ root: other });
    await writeFile(path.join(other, 'gen/mine.ts'), 'export const mine = 1;\n');
    // One that no example of another declaration uses.
    await rm(path.join(other, 'declarations/gke-workload-identity.json'));
    const { changes } = await generate({ root: other });
    const removed = changes.filter(({ change }) => change === 'removed').map((one) => one.path);
    expect(removed).toEqual([
      'docs/gkeWorkloadIdentity.md',
      'gen/types/gkeWorkloadIdentity.ts',
      'jsonnet/tankard/gen/docs/gkeWorkloadIdentity.libsonnet',
      'jsonnet/tankard/gen/gkeWorkloadIdentity.libsonnet',
    ]);
    expect(await readFile(path.join(other, 'gen/mine.ts'), 'utf8')).toContain('mine');
  }, 120_000);

  it('means the same when the keys of the declarations come in another order', async () => {
    const other = await temporaryDirectory();
    await makeProject(other);
    for (const name of await readdir(path.join(other, 'declarations'))) {
      if (name === 'shared' || name === 'declaration.schema.json') continue;
      const file = path.join(other, 'declarations', name);
      const value: unknown = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify(reversed(value)));
    }
    await generate({ root: other });
    const examples = (await ownFamilies()).flatMap((family) =>
      family.definitions.flatMap((definition) => definition.examples),
    );
    const program = (library: string) =>
      `local tankard = import '${library}'; [${examples.join(',\n')}]`;
    const main = 'jsonnet/tankard/main.libsonnet';
    const values = valueOf(await tanka(program(path.join(other, main))));
    expect(values).toHaveLength(examples.length);
    expect(values).toEqual(valueOf(await tanka(program(path.join(root, main)))));
  }, 120_000);
});

/** The same JSON with the keys of all objects in reverse order; `x-tankard-examples` are Jsonnet, and stay. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('generate refuses', () => {
  async function smallProject(config: string, files: Readonly<Record<string, unknown>>) {
    const root = await temporaryDirectory();
    await cp(
      path.join(packageRoot(), 'schemas/tankard.schema.json'),
      path.join(root, 'declarations/none/tankard.schema.json'),
    );
    await writeFile(path.join(root, 'tankard.yaml'), config);
    for (const [name, value] of Object.entries(files))
      await writeFile(path.join(root, 'declarations', name), JSON.stringify(value));
    return root;
  }
  const minimal = 'generate: { declarations: declarations, jsonnet: out }\n';

  it('a project that does not say what to generate', async () => {
    const root = await smallProject('timeoutSeconds: 5\n', {});
    const failure = await failureOf(root);
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toContain(root);
    expect(failure.hint).toContain('generate.declarations');
  });

  it('two declarations of one family', async () => {
    const root = await smallProject(minimal, { 'a.json': declaration(), 'b.json': declaration() });
    const failure = await failureOf(root);
    expect(failure.message).toMatch(/a\.json and .*b\.json have the same title: cache$/);
    expect(await readdir(root)).not.toContain('out');
  });

  it('to write over a file written by hand', async () => {
    const root = await smallProject(minimal, { 'a.json': declaration() });
    await cp(path.join(root, 'tankard.yaml'), path.join(root, 'out/cache.libsonnet'));
    const failure = await failureOf(root);
    expect(failure.message).toContain('out/cache.libsonnet was not written by tankard generate');
    expect(await readFile(path.join(root, 'out/cache.libsonnet'), 'utf8')).toBe(minimal);
    expect(await readdir(path.join(root, 'out'))).toEqual(['cache.libsonnet']);
  });

  it('a schema that it cannot read', async () => {
    const config = `generate: { declarations: declarations, jsonnet: out, typescript: gen, schemas: [a.schema.json] }\n`;
    const root = await smallProject(config, { 'a.json': declaration() });
    const failure = await failureOf(root);
    expect(failure.message).toContain('cannot read the schema a.schema.json');
  });
});
