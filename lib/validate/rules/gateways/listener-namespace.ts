import { valueAt } from '../../../manifest/secret-fields.ts';
import { parentListeners, takesKind, type Listener } from '../../rendered/gateway-api.ts';
import { itemsAt, objectsAt, textOf, type Fields } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { parentRule } from './parent-rule.ts';

/** A route is in a namespace whose routes its Gateway does not allow. */
export const listenerNamespace = parentRule(
  'gateways/listener-namespace',
  function* check(parent, { kind, namespace }, objects) {
    const listeners = parentListeners(objects, parent).filter((one) => takesKind(one, kind));
    if (listeners.length === 0 || listeners.some((one) => isAllowed(objects, one, namespace)))
      return;
    const { namespace: own = '', name } = listeners[0]?.gateway.resource ?? { name: '' };
    yield {
      path: [...parent.path, 'name'],
      fault: 'value',
      value: parent.name,
      message: `the Gateway ${own}/${name} takes no routes from the namespace ${namespace}, so the route is not attached`,
      expected: `allowedRoutes.namespaces of a listener that takes ${namespace}; without it only ${own} is taken`,
      hint: 'Write allowedRoutes: { namespaces: { from: All } } in the listener, or a selector that the labels of the Namespace match.',
    };
  },
);

/** True also for what cannot be known: the labels of a Namespace that is not rendered. */
function isAllowed(objects: RenderedObjects, listener: Listener, namespace: string): boolean {
  const namespaces = recordAt(listener.value, ['allowedRoutes', 'namespaces']);
  const own = listener.gateway.resource.namespace ?? '';
  const from = textOf(namespaces['from']) ?? 'Same';
  if (from === 'Same') return own === namespace;
  if (from === 'None') return false;
  if (from !== 'Selector') return true;
  const rendered = objects.find('', 'Namespace', { name: namespace });
  if (rendered === undefined) return true;
  const labels = {
    ...recordAt(rendered.value, ['metadata', 'labels']),
    'kubernetes.io/metadata.name': namespace,
  };
  return matches(recordAt(namespaces, ['selector']), labels);
}

function matches(selector: Fields, labels: Fields): boolean {
  const wanted = Object.entries(recordAt(selector, ['matchLabels']));
  return (
    wanted.every(([label, value]) => labels[label] === value) &&
    objectsAt(selector, ['matchExpressions']).every(({ value }) => holds(value, labels))
  );
}

function holds(expression: Fields, labels: Fields): boolean {
  const label = valueAt(labels, [String(expression['key'])]);
  const values = new Set(itemsAt(expression, ['values']).map(({ value }) => value));
  switch (expression['operator']) {
    case 'In':
      return label !== undefined && values.has(label);
    case 'NotIn':
      return !values.has(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return true;
  }
}
