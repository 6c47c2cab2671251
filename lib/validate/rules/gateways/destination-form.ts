import { isRecord } from '../../../manifest/is-record.ts';
import { isSet } from '../../rendered/items.ts';
import { below, portProblems, refusals, subsetProblems, wrong } from './refused.ts';
import type { Refused } from './refused.ts';
import { routeRule } from './route-rule.ts';

/** A destination of a VirtualService has a port or a subset that cannot be one. */
export const destinationForm = routeRule('gateways/destination-form', function* check(route) {
  for (const { path, value } of route.destinations)
    yield* refusals('VirtualService', below(path, problems(value)));
});

function* problems({ subset, port }: Readonly<Record<string, unknown>>): Generator<Refused> {
  if (isSet(subset)) yield* subsetProblems(['subset'], subset);
  if (!isRecord(port)) return;
  if (Object.keys(port).length === 0)
    yield wrong(['port'], port, 'the port has no number', 'number');
  else yield* portProblems(['port', 'number'], port['number'], false);
}
