import fc from 'fast-check';
import type { ObjectNode } from '../../lib/model/node.ts';
import type { Upstream } from '../../lib/sources/upstream.ts';
import { type Instance, instancesWithDefect } from './defects.ts';
import { InstanceGenerator } from './instances.ts';
import { ajvJudge, type Case, type Verdict } from './judge.ts';
import type { JudgedKind } from './kinds.ts';

/** How many instances of each kind there are, and from which seed. */
export interface Runs {
  readonly valid: number;
  readonly defects: number;
  readonly seed: number;
}

/** A case with the verdict of the validator. */
export interface JudgedCase extends Case {
  readonly ajv: Verdict;
}

/**
 * Instances of a kind: those that the generator takes for valid, whatever the validator says of them, and those with
 * one defect, made from such as the validator takes for valid too. The same runs give the same cases.
 */
export async function casesOf(
  kind: JudgedKind,
  runs: Runs,
  upstream: Upstream,
): Promise<JudgedCase[]> {
  const judge = await ajvJudge(kind, upstream);
  const generator = new InstanceGenerator(kind.model);
  const { instances } = generator;
  const { seed } = runs;
  const valid = fc.sample(instances, { seed, numRuns: runs.valid });
  const agreed = instances.filter((value) => judge(value) === undefined);
  const root = kind.model.root as ObjectNode;
  const builtIn = kind.schema.dialect === 'kubernetes';
  const wrong = fc.sample(instancesWithDefect(agreed, { root, builtIn }, generator), {
    seed,
    numRuns: 2 * runs.defects,
  });
  return [...valid.map((value) => ({ value })), ...balanced(wrong, runs.defects)].map(
    (instance) => ({
      ...instance,
      kind,
      ajv: judge(instance.value),
    }),
  );
}

/** So many of the instances, the sorts of their defects in turn, so that the rare ones are among them. */
function balanced(instances: readonly Instance[], count: number): Instance[] {
  const turns = new Map<string, number>();
  const placed = instances.map((instance) => {
    const sort = instance.defect?.sort ?? '';
    const turn = (turns.get(sort) ?? 0) + 1;
    turns.set(sort, turn);
    return { instance, turn };
  });
  return placed
    .sort((left, right) => left.turn - right.turn)
    .slice(0, count)
    .map(({ instance }) => instance);
}
