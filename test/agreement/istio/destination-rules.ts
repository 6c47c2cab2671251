import type { Json } from '../../../lib/model/node.ts';
import type { Family } from './corpus.ts';
import { istioObject } from './istio-object.ts';

function destinationRule(spec: { readonly [key: string]: Json }) {
  return istioObject('DestinationRule', { host: 'web.shop.svc.cluster.local', ...spec });
}

const POLICY = 'spec.trafficPolicy';
const FILES = { clientCertificate: '/c.crt', privateKey: '/c.key' };

/** DestinationRules. */
export const DESTINATION_RULES: readonly Family[] = [
  {
    name: 'subsets',
    valid: destinationRule({
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    }),
    edits: [
      ['no host', 'spec.host', undefined],
      ['empty host', 'spec.host', ''],
      ['short host', 'spec.host', 'web'],
      ['wildcard host', 'spec.host', '*.example.com'],
      ['host *', 'spec.host', '*'],
      ['host with a port', 'spec.host', 'web:80'],
      ['host with an underscore', 'spec.host', 'my_web'],
      ['host with a scheme', 'spec.host', 'http://web'],
      ['host with a wildcard inside', 'spec.host', 'web.*.local'],
      ['host that is an address', 'spec.host', '192.0.2.1'],
      ['same subset twice', 'spec.subsets.1.name', 'v1'],
      ['subset without name', 'spec.subsets.1.name', undefined],
      ['subset with an empty name', 'spec.subsets.1.name', ''],
      ['subset with a dot', 'spec.subsets.1.name', 'v1.2'],
      ['subset with an underscore', 'spec.subsets.1.name', 'v_2'],
      ['subset with capitals', 'spec.subsets.1.name', 'V2'],
      ['subset without labels', 'spec.subsets.1.labels', undefined],
      ['label with a space', 'spec.subsets.1.labels', { version: 'v 2' }],
      ['label with a long value', 'spec.subsets.1.labels', { version: 'v'.repeat(64) }],
      ['label with a wrong key', 'spec.subsets.1.labels', { 'my version': 'v2' }],
      ['label with an empty value', 'spec.subsets.1.labels', { version: '' }],
      ['label that is a number', 'spec.subsets.1.labels', { version: 2 }],
      ['null subset', 'spec.subsets.1', null],
      ['subset with an empty policy', 'spec.subsets.1.trafficPolicy', {}],
      [
        'subset with a policy',
        'spec.subsets.1.trafficPolicy',
        { loadBalancer: { simple: 'RANDOM' } },
      ],
      ['exportTo .', 'spec.exportTo', ['.']],
      ['exportTo ~', 'spec.exportTo', ['~']],
      ['exportTo * and another', 'spec.exportTo', ['*', '.']],
      ['workload selector', 'spec.workloadSelector', { matchLabels: { app: 'web' } }],
      [
        'workload selector and exportTo *',
        'spec',
        { host: 'web', exportTo: ['*'], workloadSelector: { matchLabels: { app: 'web' } } },
      ],
      [
        'workload selector and exportTo .',
        'spec',
        { host: 'web', exportTo: ['.'], workloadSelector: { matchLabels: { app: 'web' } } },
      ],
      [
        'workload selector with a wildcard',
        'spec.workloadSelector',
        { matchLabels: { app: 'web*' } },
      ],
      ['misspelt field', 'spec.subset', []],
    ],
  },
  {
    name: 'policy',
    valid: destinationRule({ trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' } } }),
    edits: [
      ['empty', POLICY, {}],
      ['unknown algorithm', `${POLICY}.loadBalancer.simple`, 'FASTEST'],
      ['algorithm in small letters', `${POLICY}.loadBalancer.simple`, 'random'],
      ['empty load balancer', `${POLICY}.loadBalancer`, {}],
      [
        'simple and consistent hash',
        `${POLICY}.loadBalancer.consistentHash`,
        { useSourceIp: true },
      ],
      [
        'hash of a header',
        `${POLICY}.loadBalancer`,
        { consistentHash: { httpHeaderName: 'x-user' } },
      ],
      ['hash of nothing', `${POLICY}.loadBalancer`, { consistentHash: {} }],
      [
        'hash of two things',
        `${POLICY}.loadBalancer`,
        { consistentHash: { httpHeaderName: 'x', useSourceIp: true } },
      ],
      [
        'hash of a cookie',
        `${POLICY}.loadBalancer`,
        { consistentHash: { httpCookie: { name: 'user', ttl: '0s' } } },
      ],
      [
        'hash of a cookie without name',
        `${POLICY}.loadBalancer`,
        { consistentHash: { httpCookie: { ttl: '0s' } } },
      ],
      [
        'hash of a cookie with an empty name',
        `${POLICY}.loadBalancer`,
        { consistentHash: { httpCookie: { name: '', ttl: '0s' } } },
      ],
      [
        'maglev',
        `${POLICY}.loadBalancer`,
        { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } },
      ],
      [
        'maglev of no prime',
        `${POLICY}.loadBalancer`,
        { consistentHash: { useSourceIp: true, maglev: { tableSize: 65536 } } },
      ],
      [
        'ring',
        `${POLICY}.loadBalancer`,
        { consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 1024 } } },
      ],
      ['warmup', `${POLICY}.loadBalancer.warmup`, { duration: '30s' }],
      ['warmup without duration', `${POLICY}.loadBalancer.warmup`, {}],
      ['warmup of 1us', `${POLICY}.loadBalancer.warmup`, { duration: '1us' }],
      [
        'warmup of 150 percent',
        `${POLICY}.loadBalancer.warmup`,
        { duration: '30s', minimumPercent: 150 },
      ],
      [
        'warmup with aggression 0',
        `${POLICY}.loadBalancer.warmup`,
        { duration: '30s', aggression: 0 },
      ],
      ['locality', `${POLICY}.loadBalancer.localityLbSetting`, { enabled: true }],
      [
        'locality with failover and distribution',
        POLICY,
        {
          outlierDetection: {},
          loadBalancer: {
            localityLbSetting: {
              failover: [{ from: 'a', to: 'b' }],
              distribute: [{ from: 'a/*', to: { 'a/*': 100 } }],
            },
          },
        },
      ],
      [
        'locality distributing 90',
        POLICY,
        {
          outlierDetection: {},
          loadBalancer: { localityLbSetting: { distribute: [{ from: 'a/*', to: { 'a/*': 90 } }] } },
        },
      ],
      [
        'locality failing over to itself',
        POLICY,
        {
          outlierDetection: {},
          loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'a' }] } },
        },
      ],
      [
        'locality with failover and no outlier detection',
        POLICY,
        { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },
      ],
      [
        'locality with failover',
        POLICY,
        {
          outlierDetection: {},
          loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } },
        },
      ],
      [
        'outlier detection',
        `${POLICY}.outlierDetection`,
        {
          consecutive5xxErrors: 5,
          interval: '10s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 50,
        },
      ],
      ['empty outlier detection', `${POLICY}.outlierDetection`, {}],
      ['ejection of 150 percent', `${POLICY}.outlierDetection`, { maxEjectionPercent: 150 }],
      ['ejection of -1 percent', `${POLICY}.outlierDetection`, { maxEjectionPercent: -1 }],
      ['healthy 150 percent', `${POLICY}.outlierDetection`, { minHealthPercent: 150 }],
      ['interval 0s', `${POLICY}.outlierDetection`, { interval: '0s' }],
      ['interval of 1us', `${POLICY}.outlierDetection`, { interval: '1us' }],
      ['interval without unit', `${POLICY}.outlierDetection`, { interval: '10' }],
      ['ejection time of 0.0001s', `${POLICY}.outlierDetection`, { baseEjectionTime: '0.0001s' }],
      [
        'local failures without split',
        `${POLICY}.outlierDetection`,
        { consecutiveLocalOriginFailures: 5 },
      ],
      [
        'local failures with split',
        `${POLICY}.outlierDetection`,
        { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true },
      ],
      ['errors of the old kind', `${POLICY}.outlierDetection`, { consecutiveErrors: 5 }],
      [
        'connection pool',
        `${POLICY}.connectionPool`,
        {
          tcp: { maxConnections: 100, connectTimeout: '30ms' },
          http: { http1MaxPendingRequests: 1 },
        },
      ],
      ['empty connection pool', `${POLICY}.connectionPool`, {}],
      ['empty pool of TCP', `${POLICY}.connectionPool`, { tcp: {} }],
      ['-1 connections', `${POLICY}.connectionPool`, { tcp: { maxConnections: -1 } }],
      ['connection timeout 0s', `${POLICY}.connectionPool`, { tcp: { connectTimeout: '0s' } }],
      [
        'connection timeout in words',
        `${POLICY}.connectionPool`,
        { tcp: { connectTimeout: '1 s' } },
      ],
      ['idle timeout 0s', `${POLICY}.connectionPool`, { tcp: { idleTimeout: '0s' } }],
      ['idle timeout of HTTP 0s', `${POLICY}.connectionPool`, { http: { idleTimeout: '0s' } }],
      [
        'keepalive',
        `${POLICY}.connectionPool`,
        { tcp: { tcpKeepalive: { time: '7200s', interval: '75s', probes: 3 } } },
      ],
      ['keepalive of 1us', `${POLICY}.connectionPool`, { tcp: { tcpKeepalive: { time: '1us' } } }],
      ['-1 requests', `${POLICY}.connectionPool`, { http: { http2MaxRequests: -1 } }],
      ['-1 retries', `${POLICY}.connectionPool`, { http: { maxRetries: -1 } }],
      [
        '-1 pending requests',
        `${POLICY}.connectionPool`,
        { http: { http1MaxPendingRequests: -1 } },
      ],
      [
        '-1 requests per connection',
        `${POLICY}.connectionPool`,
        { http: { maxRequestsPerConnection: -1 } },
      ],
      [
        'upgrade and client protocol',
        `${POLICY}.connectionPool`,
        { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } },
      ],
      [
        'keepalive of HTTP/2 without timeout',
        `${POLICY}.connectionPool`,
        { http: { http2KeepAlive: { interval: '10s' } } },
      ],
      [
        'port policy',
        `${POLICY}.portLevelSettings`,
        [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }],
      ],
      [
        'port policy without port',
        `${POLICY}.portLevelSettings`,
        [{ loadBalancer: { simple: 'RANDOM' } }],
      ],
      ['port policy without policy', `${POLICY}.portLevelSettings`, [{ port: { number: 80 } }]],
      [
        'port policy with a wrong pool',
        `${POLICY}.portLevelSettings`,
        [{ port: { number: 80 }, connectionPool: {} }],
      ],
      [
        'port policy by name',
        `${POLICY}.portLevelSettings`,
        [{ port: { name: 'http' }, loadBalancer: { simple: 'RANDOM' } }],
      ],
      [
        'tunnel',
        `${POLICY}.tunnel`,
        { protocol: 'CONNECT', targetHost: 'proxy.example.com', targetPort: 443 },
      ],
      ['tunnel without port', `${POLICY}.tunnel`, { targetHost: 'proxy.example.com' }],
      ['tunnel to port 0', `${POLICY}.tunnel`, { targetHost: 'proxy.example.com', targetPort: 0 }],
      [
        'tunnel to a wildcard',
        `${POLICY}.tunnel`,
        { targetHost: '*.example.com', targetPort: 443 },
      ],
      [
        'tunnel by GET',
        `${POLICY}.tunnel`,
        { protocol: 'GET', targetHost: 'proxy.example.com', targetPort: 443 },
      ],
      [
        'tunnel and proxy protocol',
        POLICY,
        {
          tunnel: { targetHost: 'proxy.example.com', targetPort: 443 },
          proxyProtocol: { version: 'V1' },
        },
      ],
      ['proxy protocol', POLICY, { proxyProtocol: { version: 'V2' } }],
      ['proxy protocol V3', POLICY, { proxyProtocol: { version: 'V3' } }],
    ],
  },
  {
    name: 'tls',
    valid: destinationRule({ trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }),
    edits: [
      ['DISABLE', `${POLICY}.tls`, { mode: 'DISABLE' }],
      ['no mode', `${POLICY}.tls`, {}],
      ['unknown mode', `${POLICY}.tls`, { mode: 'STRICT' }],
      [
        'SIMPLE',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', caCertificates: '/ca.crt', sni: 'web.example.com' },
      ],
      ['SIMPLE with a credential', `${POLICY}.tls`, { mode: 'SIMPLE', credentialName: 'web-ca' }],
      [
        'SIMPLE with a credential and a CA',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', credentialName: 'web-ca', caCertificates: '/ca.crt' },
      ],
      ['MUTUAL', `${POLICY}.tls`, { mode: 'MUTUAL', ...FILES, caCertificates: '/ca.crt' }],
      ['MUTUAL without files', `${POLICY}.tls`, { mode: 'MUTUAL' }],
      [
        'MUTUAL without a key',
        `${POLICY}.tls`,
        { mode: 'MUTUAL', clientCertificate: '/c.crt', caCertificates: '/ca.crt' },
      ],
      [
        'MUTUAL without a certificate',
        `${POLICY}.tls`,
        { mode: 'MUTUAL', privateKey: '/c.key', caCertificates: '/ca.crt' },
      ],
      [
        'MUTUAL with a credential',
        `${POLICY}.tls`,
        { mode: 'MUTUAL', credentialName: 'web-client' },
      ],
      [
        'MUTUAL with a credential and files',
        `${POLICY}.tls`,
        { mode: 'MUTUAL', credentialName: 'web-client', ...FILES },
      ],
      ['ISTIO_MUTUAL with a credential', `${POLICY}.tls.credentialName`, 'web-client'],
      ['ISTIO_MUTUAL with a CA', `${POLICY}.tls.caCertificates`, '/ca.crt'],
      ['ISTIO_MUTUAL with a certificate', `${POLICY}.tls.clientCertificate`, '/c.crt'],
      ['ISTIO_MUTUAL with a key', `${POLICY}.tls.privateKey`, '/c.key'],
      [
        'ISTIO_MUTUAL with names',
        `${POLICY}.tls.subjectAltNames`,
        ['spiffe://cluster.local/ns/shop/sa/web'],
      ],
      ['ISTIO_MUTUAL with an SNI', `${POLICY}.tls.sni`, 'web.example.com'],
      [
        'unverified with a CA',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', caCertificates: '/ca.crt', insecureSkipVerify: true },
      ],
      ['unverified', `${POLICY}.tls`, { mode: 'SIMPLE', insecureSkipVerify: true }],
      [
        'unverified with names',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: ['a'] },
      ],
      [
        'empty name',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', caCertificates: '/ca.crt', subjectAltNames: [''] },
      ],
      [
        'SNI with a port',
        `${POLICY}.tls`,
        { mode: 'SIMPLE', caCertificates: '/ca.crt', sni: 'web.example.com:443' },
      ],
      [
        'of a port, MUTUAL without files',
        POLICY,
        { portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'MUTUAL' } }] },
      ],
      [
        'of a subset, MUTUAL without files',
        'spec',
        { host: 'web', subsets: [{ name: 'v1', trafficPolicy: { tls: { mode: 'MUTUAL' } } }] },
      ],
    ],
  },
];
