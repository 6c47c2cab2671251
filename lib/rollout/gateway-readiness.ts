import {
  conditionsOf,
  fieldOf,
  groupOf,
  itemsOf,
  type LiveObject,
  reasonText,
  textOf,
} from './live-object.ts';
import {
  currentCondition,
  failed,
  progressing,
  ready,
  type Readiness,
  type Rule,
  UNREPORTED,
} from './verdict.ts';

/**
 * Kinds of the Gateway API. Source of the conditions, their reasons and that each says which generation it is about: apis/v1 of
 * sigs.k8s.io/gateway-api v1.6.0, gateway_types.go and shared_types.go.
 */
export const gatewayRules: readonly (readonly [string, Rule])[] = [
  ['gateway.networking.k8s.io/Gateway', gateway],
  ['gateway.networking.k8s.io/GatewayClass', gatewayClass],
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
    (kind) => [`gateway.networking.k8s.io/${kind}`, route] as const,
  ),
];

/** What a controller refuses for reasons that lie in the object. */
const REFUSED: ReadonlySet<string> = new Set([
  'Invalid',
  'InvalidParameters',
  'UnsupportedAddress',
  'UnsupportedValue',
  'IncompatibleFilters',
]);

/** The verdict of some conditions, of which all must be true. */
function allTrue(
  object: LiveObject,
  types: readonly string[],
  status: unknown = object['status'],
): Readiness {
  for (const type of types) {
    const condition = currentCondition(object, type, status);
    if ('state' in condition) return condition;
    if (condition.status === 'True') continue;
    // The API server fills these in.
    if (condition.status === 'Unknown' && condition.reason === 'Pending')
      return progressing(UNREPORTED);
    const message = `${type} is ${condition.status}: ${reasonText(condition)}`;
    const isRefused = type === 'Accepted' && condition.status === 'False';
    return isRefused && REFUSED.has(condition.reason) ? failed(message) : progressing(message);
  }
  return ready(types.join(' and ').toLowerCase());
}

function gateway(object: LiveObject): Readiness {
  return allTrue(object, ['Accepted', 'Programmed']);
}

function gatewayClass(object: LiveObject): Readiness {
  return allTrue(object, ['Accepted']);
}

/** Every parent that the route names must have accepted it, and found what it refers to. */
function route(object: LiveObject): Readiness {
  const verdicts = itemsOf(object, 'spec', 'parentRefs').map((reference) => {
    const verdict = parentVerdict(object, reference);
    return { ...verdict, message: `${textOf(reference, 'name')}: ${verdict.message}` };
  });
  return (
    verdicts.find(({ state }) => state === 'failed') ??
    verdicts.find(({ state }) => state === 'progressing') ??
    ready(verdicts.length === 0 ? 'has no parents' : 'accepted by its parents')
  );
}

/** A parent may have several controllers; one that has accepted the route suffices. */
function parentVerdict(object: LiveObject, reference: LiveObject): Readiness {
  const key = parentKey(object, reference);
  const verdicts = itemsOf(object, 'status', 'parents')
    .filter((parent) => parentKey(object, fieldOf(parent, 'parentRef')) === key)
    .map((parent) => {
      const resolved = conditionsOf(parent).some(({ type }) => type === 'ResolvedRefs');
      return allTrue(object, ['Accepted', ...(resolved ? ['ResolvedRefs'] : [])], parent);
    });
  return (
    verdicts.find(({ state }) => state === 'ready') ??
    verdicts.find(({ state }) => state === 'failed') ??
    verdicts[0] ??
    progressing('its controller has not reported on this route yet')
  );
}

/** With the defaults of the Gateway API, which the API server fills in on one side only. */
function parentKey(object: LiveObject, reference: unknown): string {
  return JSON.stringify([
    fieldOf(reference, 'group') ?? groupOf(object),
    fieldOf(reference, 'kind') ?? 'Gateway',
    fieldOf(reference, 'namespace') ?? textOf(object, 'metadata', 'namespace'),
    fieldOf(reference, 'name'),
    fieldOf(reference, 'sectionName') ?? '',
    fieldOf(reference, 'port') ?? 0,
  ]);
}
