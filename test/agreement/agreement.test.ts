import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { sharedUpstream } from '../validate/shared-upstream.ts';
import { buildObjects, callsWithDefect, judgeBySetter } from './builders.ts';
import { casesOf, type JudgedCase } from './cases.ts';
import {
  covers,
  describeDisagreement,
  differsFromGenerator,
  differsFromValidator,
  readExceptions,
  type Disagreement,
  type JudgeName,
} from './exceptions.ts';
import { findKubeconform } from './find-kubeconform.ts';
import { judgeByKubeconform } from './kubeconform.ts';
import { judgedKinds } from './kinds.ts';
import {
  judgeByLibrary,
  type LibraryProject,
  makeLibraryProject,
  removeLibraryProject,
} from './library.ts';

/**
 * For a longer search: `TANKARD_AGREEMENT_RUNS` valid instances a kind and three times as many with a defect,
 * `TANKARD_AGREEMENT_SEED` another seed, `TANKARD_AGREEMENT_KINDS` a regular expression on `group/version/Kind`.
 */
const { TANKARD_AGREEMENT_RUNS, TANKARD_AGREEMENT_SEED, TANKARD_AGREEMENT_KINDS } = process.env;
const VALID = Number(TANKARD_AGREEMENT_RUNS ?? 20);
const RUNS = { valid: VALID, defects: 3 * VALID, seed: Number(TANKARD_AGREEMENT_SEED ?? 5) };
const KINDS =
  TANKARD_AGREEMENT_KINDS === undefined ? undefined : new RegExp(TANKARD_AGREEMENT_KINDS);
/** Exceptions have to occur in the run that everybody makes; in another, some may not. */
const IS_USUAL =
  TANKARD_AGREEMENT_RUNS === undefined &&
  TANKARD_AGREEMENT_SEED === undefined &&
  KINDS === undefined;
const LONG = 3_600_000;

const kubeconform = await findKubeconform();
if ('missing' in kubeconform) console.log(`kubeconform does not judge: ${kubeconform.missing}`);

let cases: JudgedCase[];

beforeAll(async () => {
  const upstream = await sharedUpstream();
  cases = [];
  for (const kind of await judgedKinds(upstream, KINDS))
    cases.push(...(await casesOf(kind, RUNS, upstream)));
}, LONG);

/** Prints the counts; fails when a disagreement is not listed, or one that is listed did not occur. */
function expectListed(
  judges: readonly [JudgeName, JudgeName],
  differences: readonly Disagreement[],
  count: number,
): void {
  const exceptions = readExceptions().filter(({ between }) => between.join() === judges.join());
  const unlisted = differences.filter(
    (one) => !exceptions.some((exception) => covers(exception, one)),
  );
  const listed = differences.length - unlisted.length;
  const agreed = count - differences.length;
  console.log(
    `${judges.join(' and ')}: ${agreed} of ${count} verdicts agree, ${listed} listed exceptions, ${unlisted.length} others`,
  );
  expect(unlisted.slice(0, 5).map(describeDisagreement)).toEqual([]);
  const unused = exceptions.filter(
    (exception) => !differences.some((one) => covers(exception, one)),
  );
  if (IS_USUAL) expect(unused, 'exceptions that no longer occur').toEqual([]);
}

/** The same cases in another order, so that the first ones are of many kinds. */
function spread(all: readonly JudgedCase[]): JudgedCase[] {
  const place = new Map(all.map((one, index) => [one, (index * 7919) % all.length]));
  return all.toSorted((left, right) => (place.get(left) ?? 0) - (place.get(right) ?? 0));
}

describe('generated instances', () => {
  test('are of many kinds, valid and not', () => {
    const names = [...new Set(cases.map(({ kind }) => kind.name))];
    const sorts = new Set(
      cases.flatMap(({ defect }) => (defect === undefined ? [] : [defect.sort])),
    );
    const valid = cases.filter(({ ajv }) => ajv === undefined).length;
    console.log(
      `${cases.length} instances of ${names.length} kinds, ${valid} valid; sorts of defects: ${[...sorts].sort().join(', ')}`,
    );
    if (IS_USUAL) expect(names.length).toBeGreaterThan(90);
    for (const name of names) {
      const own = cases.filter(({ kind }) => kind.name === name);
      expect(own.filter(({ ajv }) => ajv === undefined).length, name).toBeGreaterThan(VALID / 2);
      expect(own.filter(({ ajv }) => ajv !== undefined).length, name).toBeGreaterThan(VALID / 2);
    }
  });

  test('get from the validator the verdict that they were made for', () => {
    expectListed(['generator', 'validator'], cases.flatMap(differsFromGenerator), cases.length);
  });

  test.skipIf('missing' in kubeconform)(
    'get the same verdict from kubeconform',
    async () => {
      if ('missing' in kubeconform) return;
      const verdicts = await judgeByKubeconform(kubeconform.file, cases);
      const differences = cases.flatMap((judged, index) =>
        differsFromValidator(judged, 'kubeconform', verdicts[index]),
      );
      expectListed(['validator', 'kubeconform'], differences, cases.length);
    },
    LONG,
  );
});

describe('the typed library', () => {
  let project: LibraryProject;
  let tk: string;
  beforeAll(async () => {
    project = await makeLibraryProject(cacheDirectory('schemas'));
    tk = (await ensureTool('tk')).path;
  }, LONG);
  afterAll(() => removeLibraryProject(project));

  test(
    'gives the same verdict on whole objects',
    async () => {
      const verdicts = await judgeByLibrary(tk, project, cases);
      const differences = cases.flatMap((judged, index) =>
        differsFromValidator(judged, 'library', verdicts[index]),
      );
      expectListed(['validator', 'library'], differences, cases.length);
    },
    LONG,
  );

  test(
    'builds what is valid from setters',
    async () => {
      const valid = cases.filter(({ defect, ajv }) => defect === undefined && ajv === undefined);
      const names = [...new Set(valid.map(({ kind }) => kind.name))];
      const build = (name: string) =>
        buildObjects(
          tk,
          project,
          valid.filter(({ kind }) => kind.name === name),
        );
      const objects = (await pMap(names, build, { concurrency: 2 })).flat();
      expect(objects.map(({ built }) => built)).toEqual(objects.map(({ wanted }) => wanted));
    },
    LONG,
  );

  test(
    'refuses a defect in the argument of a setter',
    async () => {
      const known = cases.filter(({ ajv }) => ajv !== undefined);
      const calls = callsWithDefect(project, spread(known), IS_USUAL ? 8 : Infinity);
      const differences = await pMap(
        calls,
        async (call) =>
          differsFromValidator(call.judged, 'setter', await judgeBySetter(tk, project, call)),
        { concurrency: 2 },
      );
      expectListed(['validator', 'setter'], differences.flat(), calls.length);
    },
    LONG,
  );
});
