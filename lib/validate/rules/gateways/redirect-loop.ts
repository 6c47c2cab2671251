import { isRecord } from '../../../manifest/is-record.ts';
import {
  parentListeners,
  servesHost,
  type ApiRoute,
  type Listener,
} from '../../rendered/gateway-api.ts';
import { objectsAt, type Item, type Fields } from '../../rendered/items.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { apiRouteRule } from './parent-rule.ts';

/** An HTTPRoute that redirects to HTTPS is attached to the HTTPS listener too, where it redirects to itself. */
export const redirectLoop = apiRouteRule('gateways/redirect-loop', function* check(route, objects) {
  for (const { path, value } of redirectsOf(route)) {
    const listener = httpsListener(objects, route, value);
    if (listener === undefined) continue;
    yield {
      path: [...path, 'requestRedirect', 'scheme'],
      fault: 'value',
      value: 'https',
      message: `the route is attached to the HTTPS listener ${listener.name ?? ''} too, whose requests are sent to where they come from`,
      expected: 'a route whose parentRefs name the HTTP listener in sectionName',
      hint: 'Write the sectionName of the HTTP listener in parentRefs.',
    };
  }
});

function redirectsOf({ manifest, rules }: ApiRoute): Item<Fields>[] {
  return rules
    .flatMap(({ path }) => objectsAt(manifest.value, [...path, 'filters']))
    .flatMap(({ path, value }) =>
      isRecord(value['requestRedirect']) ? [{ path, value: value['requestRedirect'] }] : [],
    )
    .filter(
      ({ value }) =>
        value['scheme'] === 'https' &&
        value['hostname'] === undefined &&
        value['path'] === undefined,
    );
}

function httpsListener(
  objects: RenderedObjects,
  { parents, hostnames }: ApiRoute,
  { port = HTTPS_PORT }: Fields,
): Listener | undefined {
  return parents
    .flatMap((parent) => parentListeners(objects, parent))
    .find(
      (listener) =>
        listener.protocol === 'HTTPS' &&
        listener.port === port &&
        (hostnames.length === 0 || hostnames.some(({ value }) => servesHost(listener, value))),
    );
}

const HTTPS_PORT = 443;
