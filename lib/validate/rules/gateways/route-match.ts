import type { Path } from '../../../finding/finding.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { isLabel } from '../../rendered/host-names.ts';
import { itemsAt, type Fields } from '../../rendered/items.ts';
import { below, labelProblems, portProblems, subnetProblems, surplus, wrong } from './refused.ts';
import { refusals, type Refused } from './refused.ts';
import { routeRule } from './route-rule.ts';

/** A match of a VirtualService has a value that matches nothing, or a name that no header has. */
export const routeMatch = routeRule('gateways/route-match', function* check(route, service) {
  for (const { path, value } of route.match) {
    const problems = matchProblems(value, service.isForMesh && service.gateways.length === 0);
    yield* refusals('VirtualService', below(path, problems));
  }
});

/** Source: istio/istio, pkg/config/validation/virtualservice.go, validateHTTPRouteMatchRequest. */
function* matchProblems(match: Fields, isForMeshAlone: boolean): Generator<Refused> {
  for (const field of ['headers', 'withoutHeaders'])
    yield* headerProblems(match, field, isForMeshAlone);
  for (const field of ['headers', 'withoutHeaders', 'queryParams'])
    if (isRecord(match[field]))
      for (const [name, one] of Object.entries(match[field])) yield* empty([field, name], one);
  for (const field of ['scheme', 'method', 'authority']) yield* empty([field], match[field]);
  yield* portProblems(['port'], match['port']);
  yield* labelProblems(['sourceLabels'], match['sourceLabels']);
  for (const { path, value } of itemsAt(match, ['destinationSubnets']))
    yield* subnetProblems(path, value);
  const namespace = match['sourceNamespace'];
  if (typeof namespace === 'string' && namespace !== '' && !isLabel(namespace))
    yield wrong(['sourceNamespace'], namespace, 'this is no namespace', 'the name of a namespace');
}

const PSEUDO = new Set([':method', ':scheme', ':authority', ':path', ':status']);
const TOKEN = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;
const CLAIM = /^@request\.auth\.claims[.[]/;

function* headerProblems(
  match: Fields,
  field: string,
  isForMeshAlone: boolean,
): Generator<Refused> {
  for (const name of Object.keys(isRecord(match[field]) ? match[field] : {})) {
    if (CLAIM.test(name)) {
      if (isForMeshAlone)
        yield surplus([field, name], 'claims are read at a Gateway alone', 'a Gateway in gateways');
    } else if (!PSEUDO.has(name) && !TOKEN.test(name))
      yield surplus([field, name], `"${name}" is no name of a header`, 'a name as in x-user');
  }
}

function* empty(path: Path, match: unknown): Generator<Refused> {
  if (isRecord(match) && match['prefix'] === '')
    yield wrong([...path, 'prefix'], '', 'the prefix is empty', 'a text; {} for any value');
}
