import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique } from './support/checks.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { parseQuantity } from './support/quantity.ts';
import { containerResourceFault } from './support/resource-names.ts';

const LISTS = ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
/** Each must be no more than the other. */
const ORDER = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['defaultRequest', 'default'],
  ['defaultRequest', 'max'],
  ['default', 'max'],
] as const;
const ONE = 1_000_000_000n;

/** Limits of a namespace. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateLimitRange. */
export const limitRange: Rule = kindRule(
  'workloads/limit-range',
  ['/LimitRange'],
  function* (object) {
    const limits = object.in('spec', 'limits').items;
    for (const limit of limits) yield* limitFaults(limit);
    const types = limits.map((limit) => ({ key: limit.at('type').text, place: limit.at('type') }));
    yield* areUnique(types, (type) => `two limits are of the type ${type}`);
  },
  { reads: ({ spec }) => spec['limits'] },
);

function* limitFaults(limit: Place): Iterable<RuleFinding> {
  const type = limit.at('type').text;
  if (type === 'Pod')
    for (const field of ['default', 'defaultRequest'])
      if (limit.at(field).members.length > 0)
        yield limit.at(field).extra(`a limit of the type Pod has no ${field}`);
  if (
    type === 'PersistentVolumeClaim' &&
    !limit.at('min').has('storage') &&
    !limit.at('max').has('storage')
  )
    yield limit.wrong('a limit of the type PersistentVolumeClaim needs min or max of storage');
  const names = new Set(LISTS.flatMap((list) => limit.at(list).members.map(({ key }) => key)));
  for (const name of names) {
    if (type === 'Pod' || type === 'Container') yield* nameFaults(limit, name);
    yield* orderFaults(limit, name);
  }
}

function* nameFaults(limit: Place, name: string): Iterable<RuleFinding> {
  const fault = containerResourceFault(name);
  const list = LISTS.find((each) => limit.at(each).has(name));
  if (fault !== undefined && list !== undefined)
    yield limit.in(list, name).extra(`the resource "${name}" ${fault}`);
}

function* orderFaults(limit: Place, name: string): Iterable<RuleFinding> {
  for (const [less, more] of ORDER) {
    const low = limit.in(less, name);
    const high = limit.in(more, name);
    const [least, most] = [parseQuantity(low.value), parseQuantity(high.value)];
    if (least === undefined || most === undefined || least <= most) continue;
    yield high.wrong(
      `${more} of ${name} is ${String(high.value)}, and ${less} is ${String(low.value)}`,
      {
        hint: 'They are in order: min, defaultRequest, default, max. default alone is the request, too.',
      },
    );
    return;
  }
  const ratio = limit.in('maxLimitRequestRatio', name);
  const value = parseQuantity(ratio.value);
  if (value !== undefined && value < ONE)
    yield ratio.wrong(`the ratio of limit and request of ${name} is less than 1`);
}
