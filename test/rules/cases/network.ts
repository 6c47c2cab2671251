import { type Cases, object } from './case.ts';

function service(fields: string): string {
  return object('v1/Service', `spec: {${fields}}`);
}

function ingress(fields: string): string {
  return object('networking.k8s.io/v1/Ingress', `spec: {${fields}}`);
}

function path(fields: string, backend = 'service: {name: a, port: {number: 80}}'): string {
  return ingress(
    `rules: [{host: a.example.com, http: {paths: [{${fields}, backend: {${backend}}}]}}]`,
  );
}

function policy(fields: string): string {
  return object('networking.k8s.io/v1/NetworkPolicy', `spec: {podSelector: {}, ${fields}}`);
}

function slice(fields: string): string {
  return object('discovery.k8s.io/v1/EndpointSlice', fields);
}

/** What leads to Pods. */
export const NETWORK_CASES: Cases = {
  'workloads/service-port': {
    wrong: {
      'no ports': service('selector: {app: a}'),
      'an empty list': service('selector: {app: a}, ports: []'),
      'two without names': service('ports: [{port: 80}, {port: 443}]'),
      'one without a name': service('ports: [{port: 80, name: http}, {port: 443}]'),
      'a name twice': service('ports: [{port: 80, name: http}, {port: 81, name: http}]'),
      'a port twice': service('ports: [{port: 80, name: a}, {port: 80, name: b}]'),
      'a name with an underscore': service('ports: [{port: 80, name: http_web}]'),
      'too great': service('ports: [{port: 65536}]'),
      zero: service('ports: [{port: 0}]'),
      'a number as a text': service('ports: [{port: 80, targetPort: "8080"}]'),
      'a long name of a target': service('ports: [{port: 80, targetPort: metrics-endpoint}]'),
      'a node port without nodes': service('ports: [{port: 80, nodePort: 30080}]'),
      'a node port twice': service(
        'type: NodePort, ports: [{port: 80, name: a, nodePort: 30080}, {port: 81, name: b, nodePort: 30080}]',
      ),
      'a protocol of the application': service('ports: [{port: 80, appProtocol: "http 2"}]'),
    },
    right: {
      'a node port out of range': service('type: NodePort, ports: [{port: 80, nodePort: 8080}]'),
      headless: service('clusterIP: None, selector: {app: a}'),
      'one port for two protocols': service(
        'ports: [{port: 53, name: a}, {port: 53, name: b, protocol: UDP}]',
      ),
      'the same target': service(
        'ports: [{port: 80, name: a, targetPort: http}, {port: 443, name: b, targetPort: http}]',
      ),
      'a node port': service('type: NodePort, ports: [{port: 80, nodePort: 30080}]'),
      'a long name': service('ports: [{port: 80, name: metrics-endpoint-of-the-shop}]'),
      'no target': service('ports: [{port: 80, targetPort: 0}]'),
      gRPC: service('ports: [{port: 80, appProtocol: kubernetes.io/h2c}]'),
    },
  },
  'workloads/service-address': {
    wrong: {
      'no address': service('clusterIP: 10.0.0.300, ports: [{port: 80}]'),
      'none in small letters': service('clusterIP: none, ports: [{port: 80}]'),
      'headless on nodes': service('type: NodePort, clusterIP: None, ports: [{port: 80}]'),
      'headless with a balancer': service(
        'type: LoadBalancer, clusterIP: None, ports: [{port: 80}]',
      ),
      'no external name': service('type: ExternalName'),
      'an address of an external name': service(
        'type: ExternalName, externalName: a.example.com, clusterIP: 10.0.0.9',
      ),
      'a URL': service('type: ExternalName, externalName: "https://a.example.com"'),
      'affinity for too long': service(
        'sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}, ports: [{port: 80}]',
      ),
      'a range that is an address': service(
        'type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1], ports: [{port: 80}]',
      ),
      'ranges without a balancer': service(
        'loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]',
      ),
      'a policy without a way in': service('externalTrafficPolicy: Local, ports: [{port: 80}]'),
      'a class without a balancer': service(
        'loadBalancerClass: example.com/a, ports: [{port: 80}]',
      ),
      'an external IP that is none': service('externalIPs: [a], ports: [{port: 80}]'),
    },
    right: {
      'a setting without affinity': service(
        'sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}, ports: [{port: 80}]',
      ),
      'a name with a dot at its end': service('type: ExternalName, externalName: a.example.com.'),
      'a name that is an address': service('type: ExternalName, externalName: 10.0.0.1'),
      affinity: service(
        'sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}, ports: [{port: 80}]',
      ),
      ranges: service(
        'type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, " 192.0.2.1/32"], ports: [{port: 80}]',
      ),
      'a policy': service('type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]'),
      'a policy for external IPs': service(
        'externalIPs: [203.0.113.1], externalTrafficPolicy: Cluster, ports: [{port: 80}]',
      ),
      'no address': service('clusterIP: "", ports: [{port: 80}]'),
    },
  },
  'workloads/ingress': {
    wrong: {
      nothing: ingress('ingressClassName: a'),
      'an address as a host': ingress('rules: [{host: 10.0.0.1}]'),
      'a port in the host': ingress('rules: [{host: "a.example.com:443"}]'),
      'capitals in the host': ingress('rules: [{host: A.example.com}]'),
      'a star inside': ingress('rules: [{host: a.*.example.com}]'),
      'a star alone': ingress('rules: [{host: "*"}]'),
      'no paths': ingress('rules: [{http: {paths: []}}]'),
      'a relative path': path('path: a, pathType: Prefix'),
      'a prefix without a path': path('pathType: Prefix'),
      'two slashes': path('path: /a//b, pathType: Exact'),
      'dots at the end': path('path: /a/.., pathType: Prefix'),
      'a relative path of a controller': path('path: ^/a, pathType: ImplementationSpecific'),
      'a port twice': path(
        'path: /, pathType: Prefix',
        'service: {name: a, port: {number: 80, name: http}}',
      ),
      'no port': path('path: /, pathType: Prefix', 'service: {name: a}'),
      'no backend': path('path: /, pathType: Prefix', ''),
      'two backends': path(
        'path: /, pathType: Prefix',
        'service: {name: a, port: {number: 80}}, resource: {kind: A, name: b}',
      ),
      'a port by its number in quotes': path(
        'path: /, pathType: Prefix',
        'service: {name: a, port: {name: "80"}}',
      ),
      'a host of TLS with a port': ingress(
        'defaultBackend: {service: {name: a, port: {number: 80}}}, tls: [{hosts: ["a:443"]}]',
      ),
      'a Secret with capitals': ingress(
        'defaultBackend: {service: {name: a, port: {number: 80}}}, tls: [{secretName: A}]',
      ),
    },
    right: {
      'a wildcard': ingress('rules: [{host: "*.example.com"}]'),
      'a default': ingress('defaultBackend: {service: {name: a, port: {name: http}}}'),
      'an expression': path('path: /a(/|$)(.*), pathType: ImplementationSpecific'),
      'no path of a controller': path('pathType: ImplementationSpecific'),
      'an address in TLS': ingress(
        'defaultBackend: {service: {name: a, port: {number: 80}}}, tls: [{hosts: [10.0.0.1]}]',
      ),
      'a Service with a digit first': path(
        'path: /, pathType: Prefix',
        'service: {name: 0a, port: {number: 80}}',
      ),
    },
  },
  'workloads/network-policy': {
    wrong: {
      'an address': policy('ingress: [{from: [{ipBlock: {cidr: 10.0.0.1}}]}]'),
      'an except that is no part': policy(
        'egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]}]',
      ),
      'bits after the prefix': policy('egress: [{to: [{ipBlock: {cidr: 10.1.2.3/8}}]}]'),
      'leading zeros': policy('egress: [{to: [{ipBlock: {cidr: 010.0.0.0/8}}]}]'),
      'an except that is all': policy(
        'egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]',
      ),
      'a block and a selector': policy(
        'ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]',
      ),
      'an empty peer': policy('ingress: [{from: [{}]}]'),
      'a port that is too great': policy('ingress: [{ports: [{port: 70000}]}]'),
      'a port in quotes': policy('ingress: [{ports: [{port: "80"}]}]'),
      'an end before the beginning': policy('ingress: [{ports: [{port: 80, endPort: 79}]}]'),
      'an end of a name': policy('ingress: [{ports: [{port: http, endPort: 90}]}]'),
      'an end without a beginning': policy('ingress: [{ports: [{endPort: 90}]}]'),
    },
    right: {
      'an except': policy('egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]'),
      six: policy('egress: [{to: [{ipBlock: {cidr: "fd00::/8", except: ["fd12::/16"]}}]}]'),
      'both selectors': policy('ingress: [{from: [{podSelector: {}, namespaceSelector: {}}]}]'),
      everything: policy('ingress: [{}], policyTypes: [Ingress, Egress]'),
      'a range of ports': policy(
        'ingress: [{ports: [{port: 80, endPort: 80}, {port: http}, {protocol: UDP}]}]',
      ),
    },
  },
  'workloads/endpoint-slice': {
    wrong: {
      'a name': slice('addressType: IPv4\nendpoints: [{addresses: [a.example.com]}]'),
      'another family': slice('addressType: IPv4\nendpoints: [{addresses: ["fd00::1"]}]'),
      loopback: slice('addressType: IPv4\nendpoints: [{addresses: [127.0.0.1]}]'),
      'no address': slice('addressType: IPv4\nendpoints: [{addresses: []}]'),
      'two ports without a name': slice(
        'addressType: IPv4\nendpoints: []\nports: [{port: 80}, {port: 81}]',
      ),
      'a name with an underscore': slice(
        'addressType: IPv4\nendpoints: []\nports: [{name: a_b, port: 80}]',
      ),
    },
    right: {
      addresses: slice(
        'addressType: IPv4\nendpoints: [{addresses: [10.0.0.1]}]\nports: [{name: a, port: 80}, {name: b, port: 81}]',
      ),
      names: slice('addressType: FQDN\nendpoints: [{addresses: [a.example.com]}]'),
    },
  },
};
