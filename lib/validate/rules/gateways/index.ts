import type { Rule } from '../rule.ts';
import { backendMissing } from './backend-missing.ts';
import { backendPort } from './backend-port.ts';
import { certificateDuplicate } from './certificate-duplicate.ts';
import { certificateSources } from './certificate-sources.ts';
import { cipherSuites } from './cipher-suites.ts';
import { clientCa } from './client-ca.ts';
import { clientTls } from './client-tls.ts';
import { credentialForm } from './credential-form.ts';
import { credentialKeys } from './credential-keys.ts';
import { credentialMissing } from './credential-missing.ts';
import { credentialNamespace } from './credential-namespace.ts';
import { destinationForm } from './destination-form.ts';
import { destinationHost } from './destination-host.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationPortRequired } from './destination-port-required.ts';
import { destinationPort } from './destination-port.ts';
import { destinationRuleForm } from './destination-rule-form.ts';
import { destinationRuleHost } from './destination-rule-host.ts';
import { destinationRuleTls } from './destination-rule-tls.ts';
import { exportTo } from './export-to.ts';
import { gatewayClassMissing } from './gateway-class-missing.ts';
import { gatewayName } from './gateway-name.ts';
import { gatewayReference } from './gateway-reference.ts';
import { hostsOverlapping } from './hosts-overlap.ts';
import { istioMutualCertificate } from './istio-mutual-certificate.ts';
import { listenerCertificate } from './listener-certificate.ts';
import { listenerConflict } from './listener-conflict.ts';
import { listenerHostname } from './listener-hostname.ts';
import { listenerKind } from './listener-kind.ts';
import { listenerNamespace } from './listener-namespace.ts';
import { listenerProtocol } from './listener-protocol.ts';
import { matchDuplicate } from './match-duplicate.ts';
import { meshHostConflict } from './mesh-host-conflict.ts';
import { meshWildcard } from './mesh-wildcard.ts';
import { noRoute } from './no-route.ts';
import { noServer } from './no-server.ts';
import { parentListener } from './parent-listener.ts';
import { parentMissing } from './parent-missing.ts';
import { passthroughCertificate } from './passthrough-certificate.ts';
import { portNameDuplicate } from './port-name-duplicate.ts';
import { protocolConflict } from './protocol-conflict.ts';
import { protocolUnknown } from './protocol-unknown.ts';
import { redirectBlocksHttp01 } from './redirect-blocks-http01.ts';
import { redirectLoop } from './redirect-loop.ts';
import { redirectProtocol } from './redirect-protocol.ts';
import { referenceGrant } from './reference-grant.ts';
import { revocationList } from './revocation-list.ts';
import { routeAction } from './route-action.ts';
import { routeGatewayMissing } from './route-gateway-missing.ts';
import { routeHostUnserved } from './route-host-unserved.ts';
import { routeHost } from './route-host.ts';
import { routeMatch } from './route-match.ts';
import { routeProtocol } from './route-protocol.ts';
import { routeRedirect } from './route-redirect.ts';
import { routeRegex } from './route-regex.ts';
import { routeRetries } from './route-retries.ts';
import { routeSettings } from './route-settings.ts';
import { routeUnreachable } from './route-unreachable.ts';
import { routeWeights } from './route-weights.ts';
import { serverBind } from './server-bind.ts';
import { serverHostForm } from './server-host.ts';
import { serverPort } from './server-port.ts';
import { serviceEntry } from './service-entry.ts';
import { servicePort } from './service-port.ts';
import { sniHosts } from './sni-hosts.ts';
import { subsetDuplicate } from './subset-duplicate.ts';
import { subsetMissing } from './subset-missing.ts';
import { subsetUnmatched } from './subset-unmatched.ts';
import { tlsCredentialMissing } from './tls-credential-missing.ts';
import { tlsModeMissing } from './tls-mode-missing.ts';
import { tlsOnPlainPort } from './tls-on-plain-port.ts';
import { tlsSettingsMissing } from './tls-settings-missing.ts';
import { tlsVersions } from './tls-versions.ts';
import { trafficPolicy } from './traffic-policy.ts';
import { workloadMissing } from './workload-missing.ts';

/** The rules of docs/rules/gateways: those of Istio's Gateway, VirtualService and DestinationRule, then of Gateway API. */
export const GATEWAYS_RULES: readonly Rule[] = [
  credentialNamespace,
  credentialMissing,
  credentialForm,
  credentialKeys,
  clientCa,
  tlsModeMissing,
  tlsSettingsMissing,
  tlsOnPlainPort,
  tlsCredentialMissing,
  istioMutualCertificate,
  passthroughCertificate,
  certificateSources,
  revocationList,
  serverPort,
  portNameDuplicate,
  protocolUnknown,
  serverHostForm,
  gatewayName,
  noServer,
  cipherSuites,
  tlsVersions,
  redirectProtocol,
  serverBind,
  listenerConflict,
  protocolConflict,
  certificateDuplicate,
  servicePort,
  workloadMissing,
  redirectBlocksHttp01,
  routeGatewayMissing,
  gatewayReference,
  routeHostUnserved,
  meshWildcard,
  routeHost,
  hostsOverlapping,
  meshHostConflict,
  routeAction,
  routeWeights,
  noRoute,
  routeUnreachable,
  matchDuplicate,
  sniHosts,
  routeRegex,
  exportTo,
  destinationHost,
  destinationMissing,
  destinationPort,
  destinationPortRequired,
  subsetMissing,
  routeProtocol,
  routeRedirect,
  routeRetries,
  destinationRuleTls,
  destinationRuleHost,
  subsetUnmatched,
  subsetDuplicate,
  destinationForm,
  routeMatch,
  routeSettings,
  destinationRuleForm,
  trafficPolicy,
  clientTls,
  serviceEntry,
  parentMissing,
  parentListener,
  listenerKind,
  listenerNamespace,
  listenerHostname,
  referenceGrant,
  listenerCertificate,
  backendMissing,
  backendPort,
  listenerProtocol,
  redirectLoop,
  gatewayClassMissing,
];
