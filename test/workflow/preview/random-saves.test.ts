import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PreviewEnvironment } from '../../../lib/preview/preview-session.ts';
import { validate } from '../../../lib/workflow/validate.ts';
import { show } from '../../../lib/workflow/show.ts';
import { makeProject, SPEC } from '../../tanka/project.ts';
import { watchedPreview } from './watched-preview.ts';

/** After so many saves the state is compared, so many times. */
const SAVES = 100;
const ROUNDS = 10;
const ENVIRONMENTS = ['environments/one', 'environments/two'];

/** What a file may be saved as: values that are right, values that are wrong, and what is no Jsonnet. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'lib/shared.libsonnet': [
    "{ data: { a: 'b' } }",
    "{ data: { a: 'c', d: 'e' } }",
    '{ data: { a: 1 } }',
    '{ data: ',
    "error 'no'",
    '',
  ],
  'environments/one/main.jsonnet': [
    "(import 'shared.libsonnet') + { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } }",
    "(import 'shared.libsonnet') + { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'one' } }",
    "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'One' } }",
    "import 'missing.libsonnet'",
    '{}',
  ],
  'environments/two/main.jsonnet': [
    "[(import 'shared.libsonnet') + { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two' + i } } for i in std.range(1, 3)]",
    "{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'two' }, spec: { ports: [{ port: '80' }] } }",
    '[',
  ],
  'environments/two/text.txt': ['a', 'b'],
};

type Way = 'in place' | 'rename' | 'delete';
interface RandomSave {
  readonly file: string;
  readonly text: string;
  readonly way: Way;
  /** Until the next save, in milliseconds. */
  readonly pause: number;
}

const randomSave: fc.Arbitrary<RandomSave> = fc.constantFrom(...Object.keys(TEXTS)).chain((file) =>
  fc.record({
    file: fc.constant(file),
    text: fc.constantFrom(...(TEXTS[file] ?? [])),
    way: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom<Way>('in place', 'rename') },
      { weight: 1, arbitrary: fc.constant<Way>('delete') },
    ),
    pause: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.integer({ min: 30, max: 400 }) },
    ),
  }),
);

async function save(root: string, { file, text, way }: RandomSave): Promise<void> {
  const target = path.join(root, file);
  if (way === 'delete') await rm(target, { force: true });
  else if (way === 'in place') await writeFile(target, text);
  else {
    await writeFile(`${target}.tmp`, text);
    await rename(`${target}.tmp`, target);
  }
}

/** What an environment comes to: its objects and findings, or why there are none. */
type Result = unknown;

async function fresh(root: string): Promise<Result[]> {
  const { environments, failures } = await validate({ cwd: root, environments: ENVIRONMENTS });
  return Promise.all(
    ENVIRONMENTS.map(async (environment) => {
      const failed = failures.find((one) => one.path === environment);
      if (failed !== undefined) return failed.failure.message;
      const findings = environments.find((one) => one.path === environment)?.findings;
      const [rendered] = await show({ cwd: root, environments: [environment] });
      return { findings, yaml: rendered?.yaml.toString() };
    }),
  );
}

function shown({ status, snapshot, problem }: PreviewEnvironment): Result {
  if (status === 'rendering') return status;
  if (problem === undefined)
    return { findings: snapshot?.findings, yaml: snapshot?.yaml.toString() };
  return 'failure' in problem ? problem.failure.message : { ...problem, yaml: '' };
}

it(
  `shows what a fresh render gives after ${ROUNDS * SAVES} random saves with errors among them`,
  { timeout: 600_000 },
  async () => {
    const files = Object.entries(TEXTS).map(([file, [text = '']]) => [file, text]);
    const specs = ENVIRONMENTS.map((one) => [`${one}/spec.json`, SPEC]);
    const root = await makeProject(
      Object.fromEntries([...files, ...specs]) as Record<string, string>,
    );
    const { session } = await watchedPreview({ cwd: root, environments: ENVIRONMENTS });
    const seed = Date.now();
    const saves = fc.sample(randomSave, { numRuns: ROUNDS * SAVES, seed });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const one of saves.slice(round * SAVES, (round + 1) * SAVES)) {
        await save(root, one);
        await delay(one.pause);
      }
      const expected = await fresh(root);
      await expect
        .poll(() => session.environments().map(shown), {
          timeout: 30_000,
          // With the seed the same saves can be made again.
          message: `seed ${seed}, round ${round}`,
        })
        .toEqual(expected);
    }
  },
);
