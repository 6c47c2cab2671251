import { readFileSync } from 'node:fs';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runTk } from '../../lib/tanka/run-tk.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { useImportedProject } from './imported-project.ts';
import { readSignatures } from './read-signatures.ts';

const project = useImportedProject(['k8s@1.34', 'istio', 'cert-manager']);
const LIBRARIES = ['k8s-1.34', 'istio', 'cert-manager'];
let tk: string;

beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
});

/** What a program evaluates to; fails with tk's message. */
async function evaluate(program: string): Promise<unknown> {
  const { root } = project;
  const file = path.join(root, 'program.jsonnet');
  await writeFile(file, program);
  const args = ['eval', file, '--log-level=error'];
  const { exitCode, stderr, stdout } = await runTk({ tk, root, args, purpose: 'a test' });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout.toString('utf8'));
}

interface Documented {
  readonly functions: readonly {
    readonly id: string;
    readonly said: {
      readonly function: {
        readonly help: string;
        readonly args: readonly {
          readonly name: string;
          readonly type: string;
          readonly default?: unknown;
          readonly enums?: readonly string[];
        }[];
      };
    } | null;
  }[];
  readonly orphans: readonly string[];
}

async function documentationOf(library: string): Promise<Documented> {
  const walk = await readFile(path.join(import.meta.dirname, 'documentation.libsonnet'), 'utf8');
  const program = `local read = ${walk}; read(import '${library}/docs.libsonnet')`;
  return (await evaluate(program)) as Documented;
}

describe.each(LIBRARIES)('docs.libsonnet of %s', (library) => {
  it('says of every function what its parameters are called, and nothing of what is not there', async () => {
    const { functions, orphans } = await documentationOf(library);
    expect(functions.length).toBeGreaterThan(1000);
    expect(orphans).toEqual([]);
    expect(functions.filter(({ said }) => said === null).map(({ id }) => id)).toEqual([]);
    const folder = path.join(project.root, '.tankard', 'libs', library);
    const signatures = readSignatures(folder);
    const said = functions.map((one) => [
      one.id,
      one.said?.function.args.map((arg) => ({ name: arg.name, needed: !('default' in arg) })),
    ]);
    expect(said).toEqual(functions.map(({ id }) => [id, signatures.get(id)]));
  }, 120_000);

  it('is in the form of tk fmt', async () => {
    // tk passes over folders that start with a dot.
    const copy = path.join(project.root, `copy-of-${library}`);
    await cp(path.join(project.root, '.tankard', 'libs', library), copy, { recursive: true });
    const args = ['fmt', '--test', copy];
    const output = await runTk({ tk, root: project.root, args, purpose: 'a test' });
    await rm(copy, { recursive: true });
    expect(output.stdout.toString('utf8') + output.stderr).toContain('already formatted');
    expect(output.exitCode).toBe(0);
  });
});

/** What docsonnet reads: objects below, without those whose documentation says that they are to be ignored. */
const LOAD = `local load(object) = {
  [field]: if std.startsWith(field, '#') then object[field] else load(object[field])
  for field in std.objectFieldsAll(object)
  if std.isObject(object[field]) && std.get(object, '#' + field) != 'ignore'
};`;

/** What docsonnet would stop at. Source: jsonnet-libs/docsonnet, pkg/docsonnet/fast.go. */
function docsonnetProblems(object: Record<string, unknown>, way: string): string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const here = `${way}.${name}`;
    const field = value as Record<string, Record<string, unknown>>;
    if (name === '#')
      return ['name', 'help', 'import'].every((key) => typeof field[key] === 'string')
        ? []
        : [here];
    if (!name.startsWith('#')) return docsonnetProblems(field, here);
    const { function: fn, object: nested } = field;
    if (nested !== undefined)
      return typeof nested['help'] === 'string' && name.slice(1) in object ? [] : [here];
    const args = (fn?.['args'] ?? []) as readonly Record<string, unknown>[];
    const isRight = args.every(
      (one) => typeof one['name'] === 'string' && typeof one['type'] === 'string',
    );
    return fn !== undefined && isRight ? [] : [here];
  });
}

describe('the documentation', () => {
  it.each(LIBRARIES)('has of %s the shape that docsonnet reads', async (library) => {
    const program = `${LOAD} load(import '${library}/docs.libsonnet')`;
    const loaded = (await evaluate(program)) as Record<string, unknown>;
    expect(loaded['#']).toMatchObject({ name: library, import: `${library}/main.libsonnet` });
    expect(docsonnetProblems(loaded, library)).toEqual([]);
  });

  it('has types, allowed values, defaults and what hand-written functions say', async () => {
    const found = await evaluate(`local k = import 'k8s-1.34/docs.libsonnet';
      [k.apps.v1.deployment['#new'], k.apps.v1.deployment.spec.strategy['#withType'],
       k.apps.v1.deployment.spec['#strategy'], k.core.v1.container['#withEnvMap']]`);
    expect(found).toMatchObject([
      {
        function: {
          args: [
            { name: 'name', type: 'string' },
            { name: 'replicas', default: 1 },
            { name: 'containers' },
            { name: 'podLabels', type: 'object', default: '{}' },
          ],
        },
      },
      {
        function: {
          args: [{ name: 'type', type: 'string', enums: ['Recreate', 'RollingUpdate'] }],
        },
      },
      { object: { help: expect.stringContaining('deployment strategy') as string } },
      {
        function: {
          help: 'Adds environment variables by name: a string is a value, an object what stands in valueFrom.',
        },
      },
    ]);
  });

  it('is read by no render: without it the library gives the same', async () => {
    const program = `local k = import 'k8s-1.34/main.libsonnet';
      k.apps.v1.deployment.new('a', containers=[k.core.v1.container.new('a', 'b')])
      + k.apps.v1.deployment.spec.strategy.withType('Recreate')`;
    const before = await evaluate(program);
    const docs = path.join(project.root, '.tankard', 'libs', 'k8s-1.34', '_docs');
    await rename(docs, `${docs}.gone`);
    try {
      expect(await evaluate(program)).toEqual(before);
    } finally {
      await rename(`${docs}.gone`, docs);
    }
  });

  it('is hidden: the library with it can stand in a value', async () => {
    const text = JSON.stringify(await evaluate("{ lib: import 'istio/docs.libsonnet' }"));
    expect(text).not.toContain('help');
  });

  it('stands once where several kinds share it', () => {
    const folder = path.join(project.root, '.tankard', 'libs', 'k8s-1.34', '_docs');
    const apps = readFileSync(path.join(folder, 'apps.v1.libsonnet'), 'utf8');
    expect(apps).not.toContain('hostNetwork');
    expect(apps).toContain("metadata+: (import 'parts/meta.v1.libsonnet').objectMeta");
  });
});
