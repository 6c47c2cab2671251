import { beforeAll, describe, expect, test } from 'vitest';
import { sharedUpstream } from '../validate/shared-upstream.ts';
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
): void {
  const exceptions = readExceptions().filter(({ between }) => between.join() === judges.join());
  const unlisted = differences.filter(
    (one) => !exceptions.some((exception) => covers(exception, one)),
  );
  const listed = differences.length - unlisted.length;
  const agreed = cases.length - differences.length;
  console.log(
    `${judges.join(' and ')}: ${agreed} of ${cases.length} verdicts agree, ${listed} listed exceptions, ${unlisted.length} others`,
  );
  expect(unlisted.slice(0, 5).map(describeDisagreement)).toEqual([]);
  const unused = exceptions.filter(
    (exception) => !differences.some((one) => covers(exception, one)),
  );
  if (IS_USUAL) expect(unused, 'exceptions that no longer occur').toEqual([]);
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
    expectListed(['generator', 'validator'], cases.flatMap(differsFromGenerator));
  });

  test.skipIf('missing' in kubeconform)(
    'get the same verdict from kubeconform',
    async () => {
      if ('missing' in kubeconform) return;
      const verdicts = await judgeByKubeconform(kubeconform.file, cases);
      const differences = cases.flatMap((judged, index) =>
        differsFromValidator(judged, 'kubeconform', verdicts[index]),
      );
      expectListed(['validator', 'kubeconform'], differences);
    },
    LONG,
  );
});
