import type { Json } from '../../../lib/model/node.ts';
import type { Family } from './corpus.ts';
import { istioObject } from './istio-object.ts';

function serviceEntry(spec: { readonly [key: string]: Json }) {
  return istioObject('ServiceEntry', { hosts: ['api.example.com'], ports: [TLS], ...spec });
}

const TLS = { number: 443, name: 'tls', protocol: 'TLS' };
const TCP = { number: 5432, name: 'tcp', protocol: 'TCP' };
const HTTP = { number: 80, name: 'http', protocol: 'HTTP' };

/** ServiceEntries. */
export const SERVICE_ENTRIES: readonly Family[] = [
  {
    name: 'dns',
    valid: serviceEntry({ location: 'MESH_EXTERNAL', resolution: 'DNS' }),
    edits: [
      ['no hosts', 'spec.hosts', []],
      ['hosts missing', 'spec.hosts', undefined],
      ['host *', 'spec.hosts.0', '*'],
      ['wildcard host', 'spec.hosts.0', '*.example.com'],
      ['host with part of a label wild', 'spec.hosts.0', 'api*.example.com'],
      ['host with a port', 'spec.hosts.0', 'api.example.com:443'],
      ['host with a scheme', 'spec.hosts.0', 'https://api.example.com'],
      ['host with an underscore', 'spec.hosts.0', 'my_api.example.com'],
      ['host that is an address', 'spec.hosts.0', '192.0.2.1'],
      ['empty host', 'spec.hosts.0', ''],
      ['short host', 'spec.hosts.0', 'api'],
      ['two hosts', 'spec.hosts', ['api.example.com', 'cdn.example.com']],
      [
        'two hosts of TCP',
        'spec',
        { hosts: ['a.example.com', 'b.example.com'], ports: [TCP], resolution: 'DNS' },
      ],
      ['no ports', 'spec.ports', []],
      ['ports missing', 'spec.ports', undefined],
      ['null port', 'spec.ports.0', null],
      ['port 0', 'spec.ports.0.number', 0],
      ['port 65536', 'spec.ports.0.number', 65536],
      ['port number missing', 'spec.ports.0.number', undefined],
      ['port name missing', 'spec.ports.0.name', undefined],
      ['port name empty', 'spec.ports.0.name', ''],
      ['port name with an underscore', 'spec.ports.0.name', 'my_tls'],
      ['protocol missing', 'spec.ports.0.protocol', undefined],
      ['protocol empty', 'spec.ports.0.protocol', ''],
      ['protocol unknown', 'spec.ports.0.protocol', 'SSL'],
      ['protocol in small letters', 'spec.ports.0.protocol', 'tls'],
      ['protocol HTTPS', 'spec.ports.0.protocol', 'HTTPS'],
      ['targetPort', 'spec.ports.0.targetPort', 8443],
      ['targetPort 70000', 'spec.ports.0.targetPort', 70000],
      ['same port twice', 'spec.ports', [TLS, { ...TLS, name: 'other' }]],
      ['same port name twice', 'spec.ports', [TLS, { ...TLS, number: 8443 }]],
      ['two ports', 'spec.ports', [TLS, HTTP]],
      ['no resolution', 'spec.resolution', undefined],
      ['unknown resolution', 'spec.resolution', 'STRICT_DNS'],
      ['resolution NONE', 'spec.resolution', 'NONE'],
      ['resolution STATIC without endpoints', 'spec.resolution', 'STATIC'],
      ['resolution DNS_ROUND_ROBIN', 'spec.resolution', 'DNS_ROUND_ROBIN'],
      ['unknown location', 'spec.location', 'EXTERNAL'],
      ['address', 'spec.addresses', ['192.0.2.1']],
      ['range of addresses', 'spec.addresses', ['192.0.2.0/24']],
      ['address that is a name', 'spec.addresses', ['api']],
      ['endpoint', 'spec.endpoints', [{ address: 'eu.api.example.com' }]],
      ['endpoint that is an address', 'spec.endpoints', [{ address: '192.0.2.1' }]],
      ['endpoint with a wildcard', 'spec.endpoints', [{ address: '*.example.com' }]],
      [
        'endpoint with a port',
        'spec.endpoints',
        [{ address: 'eu.example.com', ports: { tls: 8443 } }],
      ],
      [
        'endpoint with another port',
        'spec.endpoints',
        [{ address: 'eu.example.com', ports: { https: 8443 } }],
      ],
      [
        'endpoint with port 70000',
        'spec.endpoints',
        [{ address: 'eu.example.com', ports: { tls: 70000 } }],
      ],
      ['endpoint without address', 'spec.endpoints', [{ locality: 'eu' }]],
      [
        'endpoint with a wrong label',
        'spec.endpoints',
        [{ address: 'eu.example.com', labels: { app: 'a b' } }],
      ],
      ['endpoint that is a socket', 'spec.endpoints', [{ address: 'unix:///run/api.sock' }]],
      ['selector', 'spec.workloadSelector', { labels: { app: 'api' } }],
      [
        'selector and endpoints',
        'spec',
        {
          hosts: ['api.example.com'],
          ports: [TLS],
          resolution: 'STATIC',
          workloadSelector: { labels: { app: 'api' } },
          endpoints: [{ address: '192.0.2.1' }],
        },
      ],
      ['exportTo ~', 'spec.exportTo', ['~']],
      ['exportTo .', 'spec.exportTo', ['.']],
      ['exportTo . twice', 'spec.exportTo', ['.', '.']],
      ['exportTo what is no namespace', 'spec.exportTo', ['my_shop']],
      ['misspelt field', 'spec.host', 'api.example.com'],
    ],
  },
  {
    name: 'static',
    valid: serviceEntry({ resolution: 'STATIC', endpoints: [{ address: '192.0.2.1' }] }),
    edits: [
      ['endpoint that is a name', 'spec.endpoints.0.address', 'eu.example.com'],
      ['endpoint that is empty', 'spec.endpoints.0.address', ''],
      ['endpoint with a port in the address', 'spec.endpoints.0.address', '192.0.2.1:443'],
      ['IPv6 endpoint', 'spec.endpoints.0.address', '2001:db8::1'],
      ['endpoint that is a socket', 'spec.endpoints.0.address', 'unix:///run/api.sock'],
      ['endpoint that is a relative socket', 'spec.endpoints.0.address', 'unix://run/api.sock'],
      [
        'endpoint that is a socket, with ports',
        'spec.endpoints.0',
        { address: 'unix:///run/api.sock', ports: { tls: 1 } },
      ],
      ['endpoint with another port', 'spec.endpoints.0.ports', { https: 8443 }],
      ['endpoint without address', 'spec.endpoints.0', {}],
      ['endpoint of a network', 'spec.endpoints.0', { network: 'eu' }],
      ['endpoint with a wrong label', 'spec.endpoints.0.labels', { app: 'a b' }],
      ['null endpoint', 'spec.endpoints.0', null],
      ['range of addresses', 'spec.addresses', ['192.0.2.0/24']],
      ['address of 33 bits', 'spec.addresses', ['192.0.2.0/33']],
      ['resolution NONE', 'spec.resolution', 'NONE'],
      ['no resolution', 'spec.resolution', undefined],
      ['two endpoints', 'spec.endpoints', [{ address: '192.0.2.1' }, { address: '192.0.2.2' }]],
      [
        'two endpoints of DNS_ROUND_ROBIN',
        'spec',
        {
          hosts: ['api.example.com'],
          ports: [TLS],
          resolution: 'DNS_ROUND_ROBIN',
          endpoints: [{ address: 'a.example.com' }, { address: 'b.example.com' }],
        },
      ],
    ],
  },
  {
    name: 'dynamic',
    valid: serviceEntry({
      hosts: ['*.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'DYNAMIC_DNS',
    }),
    edits: [
      ['host without wildcard', 'spec.hosts', ['api.example.com']],
      ['addresses', 'spec.addresses', ['192.0.2.1']],
      ['endpoints', 'spec.endpoints', [{ address: 'a.example.com' }]],
      ['port of TCP', 'spec.ports', [TCP]],
      ['port of HTTPS', 'spec.ports', [{ ...TLS, protocol: 'HTTPS' }]],
      ['port of HTTP', 'spec.ports', [HTTP]],
    ],
  },
];
