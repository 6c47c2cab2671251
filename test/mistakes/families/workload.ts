import { VARIABLE, EITHER_BOUND, API_SERVER } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'Deployment and Service, raw manifests',
  files: {
    'main.jsonnet': `local labels = { app: 'web' };

{
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
      template: {
        metadata: { labels: labels },
        spec: {
          containers: [{
            name: 'web',
            image: 'nginx:1.29',
            imagePullPolicy: 'IfNotPresent',
            ports: [{ name: 'http', containerPort: 8080 }],
            env: [
              { name: 'GREETING', value: 'hello' },
              { name: 'PORT', value: '8080' },
            ],
            resources: {
              requests: { cpu: '100m', memory: '64Mi' },
              limits: { memory: '128Mi' },
            },
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
            volumeMounts: [{ name: 'config', mountPath: '/etc/web' }],
          }],
          volumes: [{ name: 'config', configMap: { name: 'web' } }],
        },
      },
    },
  },

  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: {
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  },

  config: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: { 'nginx.conf': 'worker_processes 1;' },
  },
}
`,
  },
  mistakes: {
    'misspelt field': [
      { from: 'replicas:', to: 'replica:', finds: 'schema/unknown-field' },
      { from: 'imagePullPolicy', to: 'imagePullpolicy', finds: 'schema/unknown-field' },
      { from: 'readinessProbe', to: 'readynessProbe', finds: 'schema/unknown-field' },
      {
        from: 'containerPort',
        to: 'port',
        finds: 'schema/unknown-field',
        consequence: 'schema/missing-field',
      },
      { from: 'volumeMounts', to: 'volumesMounts', finds: 'schema/unknown-field' },
      { from: 'matchLabels', to: 'matchLabel', finds: 'schema/unknown-field' },
      { from: 'targetPort', to: 'targetport', finds: 'schema/unknown-field' },
    ],
    'wrong type': [
      { from: 'replicas: 2', to: `replicas: '2'`, finds: 'schema/wrong-type' },
      { from: `value: '8080'`, to: 'value: 8080', finds: 'schema/wrong-type' },
      { from: 'containerPort: 8080', to: `containerPort: '8080'`, finds: 'schema/wrong-type' },
      {
        from: `ports: [{ name: 'http', port: 80, targetPort: 'http' }]`,
        to: `ports: { name: 'http', port: 80, targetPort: 'http' }`,
        finds: 'schema/wrong-type',
      },
      {
        from: `local labels = { app: 'web' }`,
        to: `local labels = ['app=web']`,
        finds: 'environment/not-a-manifest',
      },
    ],
    'wrong enum': [
      { from: `'IfNotPresent'`, to: `'IfNotPresnt'`, finds: 'schema/wrong-value' },
      { from: `'RollingUpdate'`, to: `'Rolling'`, finds: 'schema/wrong-value' },
    ],
    'malformed value': [
      { from: `'64Mi'`, to: `'64 MB'`, finds: 'schema/wrong-value' },
      { from: `'/etc/web'`, to: `'/etc/web:ro'`, open: API_SERVER },
      {
        from: `memory: '128Mi'`,
        to: `memory: '32Mi'`,
        finds: 'workloads/resources',
        near: EITHER_BOUND,
      },
      {
        from: `metadata: { name: 'web', labels`,
        to: `metadata: { name: 'Web_App', labels`,
        finds: 'manifest/name',
      },
    ],
    'out of range': [
      {
        from: 'containerPort: 8080',
        to: 'containerPort: 80800',
        finds: 'workloads/container-port',
      },
      { from: 'periodSeconds: 5', to: 'periodSeconds: -5', finds: 'workloads/probe' },
    ],
    'right thing in the wrong place': [
      { from: 'metadata: { labels: labels }', to: 'labels: labels', finds: 'schema/unknown-field' },
      {
        from: `resources: {
              requests: { cpu: '100m', memory: '64Mi' },`,
        to: `resources: {
              cpu: '100m',`,
        finds: 'schema/unknown-field',
      },
      {
        from: 'selector: labels',
        to: 'selector: { matchLabels: labels }',
        finds: 'schema/wrong-type',
        near: VARIABLE,
      },
      {
        from: `          volumes: [{ name: 'config', configMap: { name: 'web' } }],
        },`,
        to: `        },
        volumes: [{ name: 'config', configMap: { name: 'web' } }],`,
        finds: 'schema/unknown-field',
        at: 'volumes: [',
      },
    ],
    'missing field': [
      {
        from: `      selector: { matchLabels: labels },\n`,
        to: '',
        finds: 'schema/missing-field',
        at: '    spec: {\n      replicas',
      },
      {
        from: `name: 'config', mountPath: '/etc/web'`,
        to: `name: 'config'`,
        finds: 'schema/missing-field',
      },
      {
        from: `apiVersion: 'v1',\n    kind: 'Service'`,
        to: `kind: 'Service'`,
        finds: 'environment/not-a-manifest',
        at: '  service: {',
      },
      {
        from: `            image: 'nginx:1.29',\n`,
        to: '',
        finds: 'workloads/container-image',
        at: 'containers: [{',
      },
    ],
    'wrong apiVersion or kind': [
      { from: `'apps/v1'`, to: `'extensions/v1beta1'`, finds: 'api/removed' },
      {
        from: `apiVersion: 'v1',\n    kind: 'Service'`,
        to: `apiVersion: 'core/v1',\n    kind: 'Service'`,
        finds: 'schema/unknown-kind',
      },
      {
        from: `kind: 'ConfigMap'`,
        to: `kind: 'Configmap'`,
        finds: 'schema/unknown-kind',
        consequence: 'secrets/config-map-missing',
      },
    ],
    'one half missing': [
      {
        from: `targetPort: 'http'`,
        to: `targetPort: 'https'`,
        finds: 'workloads/service-target-port',
      },
      {
        from: 'selector: labels',
        to: `selector: { app: 'wbe' }`,
        finds: 'workloads/service-selector',
      },
      {
        from: `configMap: { name: 'web' }`,
        to: `configMap: { name: 'web-config' }`,
        finds: 'secrets/config-map-missing',
      },
      {
        from: 'metadata: { labels: labels }',
        to: `metadata: { labels: { name: 'web' } }`,
        finds: 'workloads/selector-mismatch',
      },
    ],
    'said twice': [{ from: `name: 'PORT'`, to: `name: 'GREETING'`, finds: 'workloads/env' }],
  },
};

/** Deployment and Service. */
export const WORKLOAD: readonly Variant[] = [manifests];
