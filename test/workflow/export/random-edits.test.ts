import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dependentEnvironments } from '../../../lib/workflow/dependent-environments.ts';
import { SPEC } from '../../tanka/project.ts';
import { KeyedProject } from './keyed-project.ts';

const ENVIRONMENTS = [{ path: 'environments/dev' }, { path: 'environments/b' }];
const FOLDERS = [
  'environments/dev',
  'environments/b',
  'lib',
  'environments/dev/vendor',
  'vendor',
  'lib/x',
  'vendor/x',
];
const NAMES = ['a', 'b', 'c'];
const IMPORTED = [...NAMES, ...NAMES.map((name) => `x/${name}`), '../a', './b', '../lib/c'];
const KEYWORDS = ['import', 'importstr', 'importbin', 'import /* 1 */', 'import @'];

/** A value that is the text of all that it imports; what cannot be imported makes the whole fail. */
const expression = fc
  .array(
    fc.oneof(
      fc.nat(9).map(String),
      fc
        .tuple(fc.constantFrom(...KEYWORDS), fc.constantFrom(...IMPORTED))
        .map(([keyword, path]) => `std.toString(${keyword}'${path}')`),
      fc.constant(`'import "a"'`),
      fc.constant(`std.toString(std.extVar('tanka.dev/environment').spec)`),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((parts) => `std.join(' ', [std.toString(one) for one in [${parts.join(', ')}]])`);

const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      file: fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)),
      text: expression,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('remove' as const),
      file: fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)),
    }),
  },
  fc.record({ type: fc.constant('link' as const), to: fc.constantFrom('lib', 'vendor/x') }),
  fc.record({ type: fc.constant('spec' as const), namespace: fc.constantFrom('n1', 'n2') }),
);

/** @returns the paths that changed, as git would name them. */
async function apply(
  project: KeyedProject,
  one: typeof edit extends fc.Arbitrary<infer T> ? T : never,
): Promise<string[]> {
  switch (one.type) {
    case 'write': {
      const file = one.file.join('/');
      await project.write(file, one.text);
      return [file];
    }
    case 'remove': {
      const file = one.file.join('/');
      if (existsSync(project.file(file))) project.remove(file);
      return [file];
    }
    case 'link':
      project.link('environments/b/x', `../../${one.to}`);
      return ['environments/b/x'];
    case 'spec':
      await project.write('environments/b/spec.json', SPEC.replace('default', one.namespace));
      return ['environments/b/spec.json'];
  }
}

function mainOf(text: string): string {
  return `{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { v: std.toString(${text}) } }`;
}

it('whenever tk prints something else the key is another one, and the environment counts as dependent', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 4, maxLength: 10 }), async (edits) => {
      const project = await KeyedProject.make(mainOf(`import 'x/a'`), {
        'environments/b/main.jsonnet': mainOf(`[import 'x/a', import 'b']`),
        'environments/b/spec.json': SPEC,
        // What is not beside the importing file may come from the environment, lib, or vendor.
        'lib/x/a': `std.toString([import 'b', import 'c'])`,
        'vendor/b': `std.toString(import 'x/c')`,
        'vendor/x/c': `std.toString(import 'a')`,
        'lib/c': '1',
        'vendor/a': '2',
      });
      let before = await stateOf(project);
      for (const one of edits) {
        const changed = await apply(project, one);
        const now = await stateOf(project);
        const dependent = await dependentEnvironments(
          await project.project(),
          ENVIRONMENTS,
          changed,
        );
        for (const [index, environment] of ENVIRONMENTS.entries()) {
          if (now.outputs[index] === before.outputs[index]) continue;
          changes += 1;
          expect(now.keys[index]).not.toBe(before.keys[index]);
          expect(dependent).toContainEqual(environment);
        }
        before = now;
      }
    }),
    { numRuns: Number(process.env['TANKARD_RANDOM_EDITS'] ?? 12) },
  );
  expect(changes).toBeGreaterThan(10);
});

async function stateOf(project: KeyedProject): Promise<{
  readonly outputs: readonly string[];
  readonly keys: readonly (string | undefined)[];
}> {
  const keys = await project.open();
  return {
    outputs: await Promise.all(ENVIRONMENTS.map((one) => project.show(one))),
    keys: await Promise.all(ENVIRONMENTS.map((one) => keys.keyOf(one))),
  };
}
