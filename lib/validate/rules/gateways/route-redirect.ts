import { isRecord } from '../../../manifest/is-record.ts';
import { isSet, type Fields } from '../../rendered/items.ts';
import type { IstioRoute } from '../../rendered/virtual-services.ts';
import { routeRule } from './route-rule.ts';
import type { ServerFinding } from './server-rule.ts';

/** A redirect of a VirtualService has a form that Istio refuses. */
export const routeRedirect = routeRule('gateways/route-redirect', function* check(route) {
  const { redirect } = route.value;
  if (route.protocol !== 'http' || !isRecord(redirect)) return;
  const found = problem(redirect, route);
  if (found !== undefined)
    yield { ...found, path: [...route.path, 'redirect', ...(found.path ?? [])] };
});

/** Source: istio/istio, pkg/config/validation, validateHTTPRedirect. */
function problem(redirect: Fields, { match }: IstioRoute): ServerFinding | undefined {
  const { redirectCode: code, port, scheme } = redirect;
  if (isSet(redirect['uri']) && isSet(redirect['prefixRewrite']))
    return at('prefixRewrite', 'key', 'the redirect has uri and prefixRewrite', 'one of the two');
  const isNotPrefix = match.some(
    ({ value }) => isRecord(value['uri']) && !('prefix' in value['uri']),
  );
  if (isSet(redirect['prefixRewrite']) && isNotPrefix)
    return at(
      'prefixRewrite',
      'key',
      'a match of the rule is no prefix',
      'uri.prefix in each match',
    );
  if (!TARGETS.some((field) => isSet(redirect[field])))
    return at(undefined, 'value', 'the redirect says not where to', TARGETS.join(', '));
  if (typeof code === 'number' && code > 0 && (code < 300 || code > 399))
    return {
      ...at('redirectCode', 'value', `${code} is no code of a redirect`, '300 to 399'),
      value: code,
    };
  if (typeof port === 'number' && port > 65535)
    return { ...at('port', 'value', `there is no port ${port}`, '1 to 65535'), value: port };
  if (typeof scheme === 'string' && !['', 'http', 'https'].includes(scheme))
    return {
      ...at('scheme', 'value', 'the scheme is none of the web', 'http or https'),
      value: scheme,
    };
  return undefined;
}

const TARGETS = ['uri', 'prefixRewrite', 'authority', 'port', 'derivePort', 'scheme'];

function at(
  field: string | undefined,
  fault: 'key' | 'value',
  message: string,
  expected: string,
): ServerFinding {
  return {
    path: field === undefined ? [] : [field],
    fault,
    message: `${message}, and Istio refuses the VirtualService`,
    expected,
  };
}
