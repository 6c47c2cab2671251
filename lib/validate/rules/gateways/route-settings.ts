import type { Path } from '../../../finding/finding.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { isSet, itemsAt, objectsAt, type Fields } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import { below, fieldsOf, percentProblems, refusals, surplus, wrong } from './refused.ts';
import type { Refused } from './refused.ts';
import { routeRule } from './route-rule.ts';

/** The direct response, rewrite, fault, mirror, CORS policy or headers of a rule have a value that Istio refuses. */
export const routeSettings = routeRule('gateways/route-settings', function* check(route) {
  if (route.protocol !== 'http') return;
  yield* refusals('VirtualService', below(route.path, problems(route.value)));
});

/** Source: istio/istio, pkg/config/validation/virtualservice.go, validateHTTPRoute. */
function* problems(route: Fields): Generator<Refused> {
  yield* statusProblems(route, ['directResponse', 'status']);
  yield* rewriteProblems(route);
  yield* faultProblems(route);
  yield* percentProblems(
    ['mirrorPercentage', 'value'],
    recordAt(route, ['mirrorPercentage'])['value'],
  );
  for (const { path } of objectsAt(route, ['mirrors'])) {
    const place = [...path, 'percentage'];
    yield* percentProblems([...place, 'value'], recordAt(route, place)['value']);
  }
  yield* corsProblems(route);
  yield* headerProblems(route);
  for (const { path, value } of objectsAt(route, ['route']))
    yield* below(path, headerProblems(value));
}

function* statusProblems(route: Fields, path: readonly string[]): Generator<Refused> {
  const status = recordAt(route, path.slice(0, -1))[path.at(-1) ?? ''];
  if (typeof status === 'number' && (status < 200 || status > 600))
    yield wrong(path, status, `${status} is no status of an answer`, '200 to 599');
}

function* rewriteProblems({ rewrite }: Fields): Generator<Refused> {
  if (!isRecord(rewrite)) return;
  const { uri, authority, uriRegexRewrite } = rewrite;
  if (!isSet(uri) && !isSet(authority) && !isSet(uriRegexRewrite))
    yield wrong(['rewrite'], rewrite, 'it rewrites nothing', 'uri, uriRegexRewrite or authority');
  if (isSet(uri) && isSet(uriRegexRewrite))
    yield surplus(['rewrite', 'uri'], 'uriRegexRewrite stands beside it', 'one of the two');
  else if (isRecord(uriRegexRewrite))
    for (const field of ['match', 'rewrite'].filter((one) => !isSet(uriRegexRewrite[one])))
      yield wrong(
        ['rewrite', 'uriRegexRewrite'],
        uriRegexRewrite,
        `it has no ${field}`,
        'match and rewrite',
      );
}

/** Source: istio/istio, pkg/util/grpc/codes.go. */
const GRPC = new Set(
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(
    ' ',
  ),
);

function* faultProblems(route: Fields): Generator<Refused> {
  const { fault } = route;
  if (!isRecord(fault)) return;
  if (!isSet(fault['abort']) && !isSet(fault['delay']))
    yield wrong(['fault'], fault, 'the fault is none', 'abort or delay');
  for (const field of ['abort', 'delay'])
    yield* percentProblems(
      ['fault', field, 'percentage', 'value'],
      recordAt(fault, [field, 'percentage'])['value'],
    );
  yield* statusProblems(route, ['fault', 'abort', 'httpStatus']);
  const { grpcStatus, http2Error } = fieldsOf(fault['abort']);
  if (typeof grpcStatus === 'string' && !GRPC.has(grpcStatus))
    yield wrong(
      ['fault', 'abort', 'grpcStatus'],
      grpcStatus,
      'gRPC has no such status',
      'as UNAVAILABLE',
    );
  if (isSet(http2Error))
    yield surplus(['fault', 'abort', 'http2Error'], 'it is not supported', 'httpStatus');
  if (isSet(fieldsOf(fault['delay'])['exponentialDelay']))
    yield surplus(['fault', 'delay', 'exponentialDelay'], 'it is not supported', 'fixedDelay');
}

const METHODS = new Set('GET HEAD POST PUT PATCH DELETE CONNECT OPTIONS TRACE *'.split(' '));
const TOKEN = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;

function* corsProblems({ corsPolicy }: Fields): Generator<Refused> {
  const path = ['corsPolicy'];
  for (const one of itemsAt(corsPolicy, ['allowMethods']))
    if (typeof one.value === 'string' && !METHODS.has(one.value))
      yield wrong([...path, ...one.path], one.value, 'there is no such method', 'as GET, or *');
  for (const field of ['allowHeaders', 'exposeHeaders'])
    for (const one of itemsAt(corsPolicy, [field]))
      if (typeof one.value === 'string' && !TOKEN.test(one.value))
        yield wrong(
          [...path, ...one.path],
          one.value,
          'this is no name of a header',
          'as x-user, or *',
        );
  for (const one of objectsAt(corsPolicy, ['allowOrigins']))
    if (!['exact', 'prefix', 'regex'].some((field) => isSet(one.value[field])))
      yield wrong([...path, ...one.path], one.value, 'the origin is empty', 'exact, prefix, regex');
}

/** Source: istio/istio, pkg/config/validation, ValidateHTTPHeaderOperationName. */
function* headerProblems({ headers }: Fields): Generator<Refused> {
  for (const side of ['request', 'response'])
    for (const action of ['set', 'add', 'remove']) {
      const named = recordAt(headers, [side])[action];
      const isAuthority = side === 'request' && action !== 'remove';
      const names = Array.isArray(named)
        ? named.map((name: unknown, index) => ({ name, key: index }))
        : Object.keys(fieldsOf(named)).map((name) => ({ name, key: name }));
      for (const { name, key } of names) {
        const why = typeof name === 'string' ? nameProblem(name, isAuthority) : undefined;
        if (why === undefined) continue;
        yield surplus(['headers', side, action, key], why, 'the name of another header');
      }
      if (isRecord(named)) yield* percentSigns(['headers', side, action], named);
    }
}

/** A percent sign that begins no variable, as in `50%`. Source: header_value_validator.go in istio/istio. */
function* percentSigns(path: Path, values: Fields): Generator<Refused> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !value.includes('%')) continue;
    // Arguments of variables, as in %START_TIME(%s)%, have signs of their own.
    const signs = value.replaceAll(/\([^)]*\)|%%/g, '').split('%').length - 1;
    if (signs % 2 === 1)
      yield wrong([...path, name], value, 'a percent sign begins no variable', '%% for the sign');
  }
}

function nameProblem(name: string, isAuthority: boolean): string | undefined {
  if (name === '') return 'the name of the header is empty';
  const isHost = name.toLowerCase() === 'host';
  if (isAuthority && (isHost || name.toLowerCase() === ':authority')) return undefined;
  if (isHost) return 'the header host can be set in requests alone';
  return name.startsWith(':') ? `${name} cannot be changed` : undefined;
}
