import { STATUS_CODES } from 'node:http';
import { isRecord } from '../../../manifest/is-record.ts';
import { isSet } from '../../rendered/items.ts';
import { routeRule } from './route-rule.ts';

/** Retries of a rule are switched off and configured at once, or their conditions are misspelt. */
export const routeRetries = routeRule('gateways/route-retries', function* check({ path, value }) {
  const { retries } = value;
  if (!isRecord(retries)) return;
  const attempts = retries['attempts'] ?? 0;
  const field = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find((one) =>
    isSet(retries[one]),
  );
  if (attempts === 0 && field !== undefined)
    yield {
      path: [...path, 'retries', 'attempts'],
      fault: retries['attempts'] === undefined ? 'missing' : 'value',
      message: `without attempts there are no retries, and Istio refuses ${field} beside that`,
      expected: 'attempts of 1 or more',
    };
  if (typeof attempts === 'number' && attempts < 0)
    yield {
      path: [...path, 'retries', 'attempts'],
      fault: 'value',
      value: attempts,
      message: 'the number of attempts is negative, and Istio refuses the VirtualService',
      expected: '0 for no retries, or more',
    };
  if (typeof retries['retryOn'] !== 'string') return;
  const wrong = retries['retryOn'].split(',').find((each) => !isCondition(each));
  if (wrong === undefined || retries['retryOn'] === '') return;
  yield {
    path: [...path, 'retries', 'retryOn'],
    fault: 'value',
    value: retries['retryOn'],
    message: `Istio knows no condition "${wrong}" for retries, and refuses the VirtualService`,
    expected: 'conditions and status codes with commas between them and no spaces, as in 5xx,reset',
  };
});

/** Istio takes the codes that Go has a text for, which are those of Node but 509. */
function isCondition(text: string): boolean {
  return CONDITIONS.has(text) || (text !== '509' && text in STATUS_CODES);
}

/** Source: istio/istio, pkg/config/validation/agent, supportedRetryOnPolicies. */
const CONDITIONS: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);
