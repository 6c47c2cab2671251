import type { Rule, RuleFinding } from '../rule.ts';
import { containerRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { isWhole, parseQuantity } from './support/quantity.ts';
import {
  containerResourceFault,
  isCounted,
  isHugePages,
  isOvercommitAllowed,
} from './support/resource-names.ts';

/**
 * Requests and limits of containers.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateResourceRequirements.
 */
export const resources: Rule = containerRule(
  'workloads/resources',
  function* ({ place }) {
    const each = place.at('resources');
    if (!each.isSet) return;
    for (const list of ['requests', 'limits'])
      for (const { key, place: quantity } of each.at(list).members)
        yield* quantityFaults(quantity, key);
    for (const { key, place: request } of each.at('requests').members)
      yield* requestFaults(request, each.in('limits', key), key);
    const names = new Set(
      ['requests', 'limits'].flatMap((list) => Object.keys(each.at(list).fields)),
    );
    const huge = [...names].find(isHugePages);
    if (huge !== undefined && !names.has('cpu') && !names.has('memory'))
      yield each.wrong(
        `the container has ${huge}, and neither cpu nor memory, which huge pages need`,
      );
  },
  { about: ['resources'], reads: ({ fields }) => fields['resources'] },
);

function* quantityFaults(place: Place, name: string): Iterable<RuleFinding> {
  const fault = containerResourceFault(name);
  if (fault !== undefined) yield place.extra(`the resource "${name}" ${fault}`);
  const quantity = parseQuantity(place.value);
  if (quantity === undefined) return;
  if (quantity < 0n) yield place.wrong(`${name} is negative`);
  else if (isCounted(name) && !isWhole(quantity))
    yield place.wrong(`${name} is ${String(place.value)}, and only whole ones can be had`);
  else if (isHugePages(name)) {
    const size = parseQuantity(name.slice('hugepages-'.length));
    if (size !== undefined && size > 0n && (quantity === 0n || quantity % size !== 0n))
      yield place.wrong(
        `${name} is ${String(place.value)}, which is no multiple of the size of its pages`,
      );
  }
}

function* requestFaults(request: Place, limit: Place, name: string): Iterable<RuleFinding> {
  const wanted = parseQuantity(request.value);
  const most = parseQuantity(limit.value);
  if (wanted === undefined) return;
  const mayDiffer = isOvercommitAllowed(name);
  if (!limit.isSet && !mayDiffer)
    yield limit.missing(`${name} is requested without a limit, and cannot be shared`, {
      hint: 'Set the limit; the request is then the same by itself.',
    });
  if (most === undefined || wanted === most || (mayDiffer && wanted < most)) return;
  const rule = mayDiffer ? 'at most its limit' : 'equal to its limit';
  yield request.wrong(
    `the request of ${name} is ${String(request.value)}, and must be ${rule}, ${String(limit.value)}`,
  );
}
