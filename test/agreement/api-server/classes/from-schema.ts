import fc from 'fast-check';
import type { Path } from '../../../../lib/finding/finding.ts';
import type { ObjectNode } from '../../../../lib/model/node.ts';
import { type Instance, instancesWithDefect } from '../../defects.ts';
import { InstanceGenerator } from '../../instances.ts';
import { type Case, type DefectClass, label, type Valid } from '../corpus.ts';

const SEED = 11;
/** Of each manifest so many defects are drawn, from which each class takes its own. */
const DRAWN = 300;
/** So many cases each class has; those of one kind of object are spread. */
const CASES = 30;

interface Drawn {
  readonly valid: Valid;
  readonly instance: Instance;
}

const drawn = new WeakMap<readonly Valid[], readonly Drawn[]>();

/** Wherever in the valid manifests the schema allows the defects to be made, by their sorts in `defects.ts`. */
export function fromSchema(
  name: string,
  sorts: RegExp,
  isWanted: (valid: Valid, sort: string) => boolean = () => true,
): DefectClass {
  return { name, cases: (valid) => casesOf(valid, sorts, isWanted) };
}

function casesOf(
  valid: readonly Valid[],
  sorts: RegExp,
  isWanted: (valid: Valid, sort: string) => boolean,
): Case[] {
  const all = drawn.get(valid) ?? valid.flatMap(defectsOf);
  drawn.set(valid, all);
  const own = all.filter(({ valid: one, instance: { defect } }) => {
    const sort = defect?.sort ?? '';
    return sorts.test(sort) && isWanted(one, sort);
  });
  const turns = new Map<string, number>();
  const placed = own.map((one) => {
    const key = `${one.valid.kind.kind} ${one.instance.defect?.sort}`;
    const turn = (turns.get(key) ?? 0) + 1;
    turns.set(key, turn);
    return { one, turn };
  });
  return placed
    .sort((left, right) => left.turn - right.turn)
    .slice(0, CASES)
    .map(({ one }) => toCase(one));
}

function defectsOf(valid: Valid): Drawn[] {
  const root = valid.model.root as ObjectNode;
  const builtIn = valid.kind.dialect === 'kubernetes';
  const generator = new InstanceGenerator(valid.model);
  const instances = fc.sample(
    instancesWithDefect(fc.constant(valid.value), { root, builtIn }, generator),
    { seed: SEED, numRuns: DRAWN },
  );
  const names = new Set<string>();
  return instances.flatMap((instance) => {
    const one = { valid, instance };
    const { name } = toCase(one);
    // What is wrong with names and the like has classes of its own.
    if (names.has(name) || isIdentity(instance.defect?.path ?? [])) return [];
    names.add(name);
    return [one];
  });
}

function isIdentity(path: Path): boolean {
  return path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace');
}

function toCase({ valid, instance: { value, defect } }: Drawn): Case {
  const place = defect?.path.join('.') ?? '';
  const found = defect?.path.reduce<unknown>(
    (inner, step) => (inner as { [step: string]: unknown } | null)?.[step],
    value,
  );
  const shown = found === undefined ? 'absent' : JSON.stringify(found);
  return {
    name: `${label(valid)}: ${defect?.sort} at ${place}: ${shown.slice(0, 60)}`,
    value: value as Case['value'],
  };
}
