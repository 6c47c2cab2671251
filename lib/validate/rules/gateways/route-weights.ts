import { objectsAt } from '../../rendered/items.ts';
import { routeRule } from './route-rule.ts';

/** The weights of the destinations of a rule are negative, or add up to nothing. */
export const routeWeights = routeRule(
  'gateways/route-weights',
  function* check({ path }, { manifest }) {
    const destinations = objectsAt(manifest.value, [...path, 'route']);
    const weights = destinations.map(({ value }) => value['weight'] ?? 0);
    if (!weights.every((weight): weight is number => typeof weight === 'number')) return;
    const negative = weights.findIndex((weight) => weight < 0);
    if (negative !== -1)
      yield {
        path: [...path, 'route', negative, 'weight'],
        fault: 'value',
        value: weights[negative],
        message: 'the weight is negative, and Istio refuses the VirtualService',
        expected: '0 or more',
      };
    else if (weights.length > 1 && weights.every((weight) => weight === 0))
      yield {
        path: [...path, 'route', 0, 'weight'],
        fault: destinations[0]?.value['weight'] === undefined ? 'missing' : 'value',
        message: `the weights of ${weights.length} destinations add up to 0, and Istio refuses the VirtualService`,
        expected: 'weights, as in 90 and 10',
      };
  },
);
