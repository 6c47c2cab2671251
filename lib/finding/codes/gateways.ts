import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/gateways. */
export const GATEWAYS_CODES = {
  'gateways/credential-namespace': {
    severity: 'error',
    title:
      "A Gateway's Secret is rendered, but not in the namespace of the gateway workload, where Istio reads it.",
  },
  'gateways/credential-missing': {
    severity: 'warning',
    title: 'A Gateway names a Secret or ConfigMap that nothing rendered is, or makes.',
  },
  'gateways/credential-form': {
    severity: 'error',
    title: "The name of a Gateway's Secret says a namespace that Istio does not read it in.",
  },
  'gateways/credential-keys': {
    severity: 'error',
    title: "A Gateway's Secret has no certificate with its key under names that Istio reads.",
  },
  'gateways/client-ca': {
    severity: 'error',
    title:
      'A server demands client certificates, and none of its Secrets has the CA to check them with.',
  },
  'gateways/tls-mode-missing': {
    severity: 'error',
    title:
      'The TLS settings of a server have no mode, so it passes TLS through and terminates nothing.',
  },
  'gateways/tls-settings-missing': {
    severity: 'error',
    title: 'A server of protocol HTTPS or TLS has no TLS settings.',
  },
  'gateways/tls-on-plain-port': {
    severity: 'error',
    title: 'A server whose protocol is not HTTPS or TLS has TLS settings beyond a redirect.',
  },
  'gateways/tls-credential-missing': {
    severity: 'error',
    title: 'A server terminates TLS without a certificate, a key, or a CA for its clients.',
  },
  'gateways/istio-mutual-certificate': {
    severity: 'error',
    title: 'A server of mode ISTIO_MUTUAL names certificates of its own.',
  },
  'gateways/passthrough-certificate': {
    severity: 'warning',
    title: 'A server that passes TLS through names a certificate, which is not used.',
  },
  'gateways/certificate-sources': {
    severity: 'error',
    title: 'A server says in more than one way where its certificate is.',
  },
  'gateways/revocation-list': {
    severity: 'error',
    title: 'A server of mode SIMPLE has a revocation list.',
  },
  'gateways/server-port': {
    severity: 'error',
    title: 'The port of a server has a number, a name or a field that Istio refuses.',
  },
  'gateways/port-name-duplicate': {
    severity: 'error',
    title: 'Two servers of a Gateway have ports of the same name.',
  },
  'gateways/protocol-unknown': {
    severity: 'error',
    title: 'The protocol of a server is none that Istio knows.',
  },
  'gateways/server-host': {
    severity: 'error',
    title: 'A host of a server has a form that Istio refuses.',
  },
  'gateways/gateway-name': {
    severity: 'error',
    title: 'The name of an Istio Gateway has dots, or more than 63 characters.',
  },
  'gateways/no-server': {
    severity: 'error',
    title: 'An Istio Gateway has no server, or a server has no host.',
  },
  'gateways/cipher-suites': {
    severity: 'warning',
    title: 'A cipher suite of a server is unknown to Istio or named twice, and is left out.',
  },
  'gateways/tls-versions': {
    severity: 'warning',
    title:
      'The TLS versions of a server leave nothing that the clients in question could agree on.',
  },
  'gateways/redirect-protocol': {
    severity: 'warning',
    title: 'A server that speaks TLS has httpsRedirect, which redirects nothing there.',
  },
  'gateways/server-bind': {
    severity: 'error',
    title: 'The address that a server listens on is neither an IP address nor a socket.',
  },
  'gateways/listener-conflict': {
    severity: 'error',
    title: 'Two servers of one gateway workload answer for the same host on the same port.',
  },
  'gateways/protocol-conflict': {
    severity: 'error',
    title: 'Two servers of one gateway workload need different listeners on one port.',
  },
  'gateways/certificate-duplicate': {
    severity: 'warning',
    title:
      'Two Gateways of one workload have the same certificate, so browsers get 404 for hosts of one of them.',
  },
  'gateways/service-port': {
    severity: 'warning',
    title: 'A server listens on a port that no Service of the gateway workload leads to.',
  },
  'gateways/workload-missing': {
    severity: 'warning',
    title: 'Gateway workloads are rendered, and the selector of a Gateway matches none of them.',
  },
  'gateways/redirect-blocks-http01': {
    severity: 'error',
    title:
      'A Gateway redirects a host to HTTPS whose certificate is proved by HTTP-01 through an Ingress of class istio.',
  },
  'gateways/route-gateway-missing': {
    severity: 'warning',
    title: 'A VirtualService names a Gateway that the environment does not render.',
  },
  'gateways/gateway-reference': {
    severity: 'error',
    title:
      'A VirtualService names a Gateway in a form that Istio refuses, or in the old one with dots.',
  },
  'gateways/route-host-unserved': {
    severity: 'error',
    title: 'A VirtualService is bound to Gateways that do not serve its host.',
  },
  'gateways/mesh-wildcard': {
    severity: 'error',
    title: 'A VirtualService that holds for the mesh has the host *.',
  },
  'gateways/route-host': {
    severity: 'error',
    title: 'A host of a VirtualService has a form that Istio refuses.',
  },
  'gateways/hosts-overlap': {
    severity: 'error',
    title: 'Two hosts of one VirtualService are the same, or one covers the other.',
  },
  'gateways/mesh-host-conflict': {
    severity: 'error',
    title: 'Two VirtualServices route the same host in the mesh.',
  },
  'gateways/route-action': {
    severity: 'error',
    title: 'A rule of a VirtualService says nothing of where requests go, or two things at once.',
  },
  'gateways/route-weights': {
    severity: 'error',
    title: 'The weights of the destinations of a rule are negative, or add up to nothing.',
  },
  'gateways/no-route': {
    severity: 'error',
    title: 'A VirtualService has no rules, or has no hosts and is none that others delegate to.',
  },
  'gateways/route-unreachable': {
    severity: 'warning',
    title: 'A rule of a VirtualService comes after one that matches everything.',
  },
  'gateways/match-duplicate': {
    severity: 'warning',
    title: 'A match of a VirtualService stands in an earlier rule, which takes all its requests.',
  },
  'gateways/sni-hosts': {
    severity: 'error',
    title: 'A rule of TLS has no match, or an SNI host that its VirtualService does not have.',
  },
  'gateways/route-regex': {
    severity: 'error',
    title:
      'A regular expression of a VirtualService is none that RE2 reads, is empty, or is too long.',
  },
  'gateways/export-to': {
    severity: 'error',
    title: 'The list exportTo names a namespace twice, has more beside *, or is no namespace.',
  },
  'gateways/destination-host': {
    severity: 'error',
    title:
      'The host of a destination has a form that Istio refuses, or is a Service written with too few parts.',
  },
  'gateways/destination-missing': {
    severity: 'warning',
    title: 'A VirtualService sends requests to a Service that the environment does not render.',
  },
  'gateways/destination-port': {
    severity: 'error',
    title: 'A VirtualService sends requests to a port that the Service does not have.',
  },
  'gateways/destination-port-required': {
    severity: 'warning',
    title: 'A destination names no port, and its Service has several.',
  },
  'gateways/subset-missing': {
    severity: 'warning',
    title: 'A destination names a subset that no rendered DestinationRule of its host defines.',
  },
  'gateways/route-protocol': {
    severity: 'error',
    title: 'The servers for the hosts of a VirtualService never use the kind of rules that it has.',
  },
  'gateways/route-redirect': {
    severity: 'error',
    title: 'A redirect of a VirtualService has a form that Istio refuses.',
  },
  'gateways/route-retries': {
    severity: 'error',
    title:
      'The retries of a rule are configured without attempts, or have a condition that Istio does not know.',
  },
  'gateways/destination-rule-tls': {
    severity: 'warning',
    title:
      'A DestinationRule starts TLS to a Service without the CA that its certificate has to come from.',
  },
  'gateways/destination-rule-host': {
    severity: 'warning',
    title: 'A DestinationRule is for a Service that the environment does not render.',
  },
  'gateways/subset-unmatched': {
    severity: 'warning',
    title: 'The labels of a subset match none of the rendered Pods of its Service.',
  },
  'gateways/subset-duplicate': {
    severity: 'error',
    title: 'Two subsets of a DestinationRule have the same name.',
  },
  'gateways/destination-form': {
    severity: 'error',
    title: 'A destination of a VirtualService has a port or a subset that cannot be one.',
  },
  'gateways/route-match': {
    severity: 'error',
    title:
      'A match of a VirtualService has an empty prefix, or a name, label, port or address that cannot be one.',
  },
  'gateways/route-settings': {
    severity: 'error',
    title:
      'A rule of a VirtualService has a status, percentage, header, rewrite, fault or CORS policy that Istio refuses.',
  },
  'gateways/destination-rule-form': {
    severity: 'error',
    title:
      'The host, a subset or the namespaces of a DestinationRule have a form that Istio refuses.',
  },
  'gateways/traffic-policy': {
    severity: 'error',
    title:
      'A traffic policy of a DestinationRule is empty, or has a number or fields that Istio refuses.',
  },
  'gateways/client-tls': {
    severity: 'error',
    title:
      'The TLS settings of a DestinationRule lack what their mode needs, or have fields that exclude each other.',
  },
  'gateways/service-entry': {
    severity: 'error',
    title:
      'A host, port, address or endpoint of a ServiceEntry has a form that Istio refuses, or that its resolution excludes.',
  },
  'gateways/parent-missing': {
    severity: 'warning',
    title: 'A route of Gateway API is attached to a Gateway that the environment does not render.',
  },
  'gateways/parent-listener': {
    severity: 'error',
    title: 'A route names a listener, or a port, that its Gateway does not have.',
  },
  'gateways/listener-kind': {
    severity: 'error',
    title: 'No listener that a route is attached to takes routes of its kind.',
  },
  'gateways/listener-namespace': {
    severity: 'error',
    title: 'A route is in a namespace whose routes its Gateway does not allow.',
  },
  'gateways/listener-hostname': {
    severity: 'error',
    title: 'A hostname of a route is none of the listeners that the route is attached to.',
  },
  'gateways/reference-grant': {
    severity: 'warning',
    title:
      'A Gateway or a route refers to an object of another namespace without a ReferenceGrant there.',
  },
  'gateways/listener-certificate': {
    severity: 'warning',
    title:
      'A listener names a Secret that is not rendered in the namespace in which it is looked for.',
  },
  'gateways/backend-missing': {
    severity: 'warning',
    title:
      'A route of Gateway API sends requests to a Service that the environment does not render.',
  },
  'gateways/backend-port': {
    severity: 'error',
    title: 'A route of Gateway API sends requests to a port that the Service does not have.',
  },
  'gateways/listener-protocol': {
    severity: 'error',
    title: 'Two listeners of a Gateway speak TLS and plain text on one port.',
  },
  'gateways/redirect-loop': {
    severity: 'warning',
    title: 'An HTTPRoute that redirects to HTTPS is attached to the HTTPS listener too.',
  },
  'gateways/gateway-class-missing': {
    severity: 'warning',
    title: 'GatewayClasses are rendered, and a Gateway names another one.',
  },
} as const satisfies Record<string, CodeEntry>;
