import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding, ResourceId } from '../../../lib/finding/finding.ts';
import { PlayedSession } from './played-session.ts';

/** What an environment renders, from the files beside this one. */
export function rendered(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'rendered', `${name}.yaml`), 'utf8');
}

/** Ids of the environments of the shop. */
export const SHOP = 'environments/shop';
export const ISTIO = 'environments/istio-tls';
const IRSA = 'environments/eks-irsa';

/** A preview of three environments that nobody has saved anything in. */
export function openShop(): PlayedSession {
  return new PlayedSession({
    [SHOP]: rendered('shop'),
    [ISTIO]: rendered('istio-tls'),
    [IRSA]: rendered('eks-irsa'),
  });
}

/** The shop after a save: another image and number of replicas, a setting gone, a Service more. */
export function savedShop(): string {
  return rendered('shop')
    .replace('checkout:1.14.2', 'checkout:1.15.0')
    .replace('replicas: 2', 'replicas: 4')
    .replace('  timeout: 30s\n', '')
    .replace(/---\napiVersion: policy\/v1[\s\S]*?(?=---)/, '')
    .concat(METRICS);
}

const METRICS = `---
apiVersion: v1
kind: Service
metadata:
  name: checkout-metrics
  namespace: shop
spec:
  ports:
  - name: metrics
    port: 9090
  selector:
    app.kubernetes.io/name: checkout
`;

export const CHECKOUT: ResourceId = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'checkout',
};

/** An error with its place in the Jsonnet. */
export const WRONG_PROBE: Finding = {
  code: 'schema/wrong-type',
  severity: 'error',
  message: 'periodSeconds is "5s", which is no integer',
  expected: 'an integer, at least 1',
  hint: 'Write the number of seconds: 5.',
  resource: CHECKOUT,
  path: ['spec', 'template', 'spec', 'containers', 0, 'readinessProbe', 'periodSeconds'],
  location: {
    file: '/srv/shop/environments/shop/main.jsonnet',
    line: 23,
    column: 27,
    certainty: 'exact',
  },
  source: { text: "      + probe.withPeriodSeconds('5s'),", column: 33 },
};

/** A warning with a place that is only near. */
export const NO_ROLE: Finding = {
  code: 'identity/service-account-missing',
  severity: 'warning',
  message:
    'no container of the Pods may reach the credentials of the role arn:aws:iam::111122223333:role/checkout',
  hint: 'Mount the token of the ServiceAccount.',
  resource: CHECKOUT,
  path: ['spec', 'template', 'spec', 'serviceAccountName'],
  location: {
    file: '/srv/shop/lib/checkout.libsonnet',
    line: 8,
    column: 3,
    certainty: 'near',
  },
};

/** Why the shop does not render. */
export const SYNTAX: Finding = {
  code: 'jsonnet/syntax',
  severity: 'error',
  message: 'expected a comma or } before "replicas"',
  location: {
    file: '/srv/shop/environments/shop/main.jsonnet',
    line: 12,
    column: 5,
    certainty: 'exact',
  },
  source: { text: '    replicas: 4,', column: 5 },
};
