import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import type { Path } from '../../../finding/finding.ts';
import { destinationRules } from '../../rendered/destination-rules.ts';
import { serviceName } from '../../rendered/istio-services.ts';
import { isSet, objectsAt } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

/** A DestinationRule starts TLS to a Service without saying which CA its certificate has to come from. */
export const destinationRuleTls: Rule = {
  code: 'gateways/destination-rule-tls',
  *check(objects) {
    for (const { manifest, host, namespace } of destinationRules(objects)) {
      // The certificates of hosts outside of the cluster come from CAs that the system knows.
      if (serviceName(host, namespace) === undefined) continue;
      if (!mayStartTls(manifest)) continue;
      for (const path of tlsPlaces(manifest)) {
        const mode = unverified(manifest, path);
        if (mode === undefined) continue;
        yield {
          on: manifest,
          path: [...path, 'caCertificates'],
          fault: 'missing',
          message: `${mode} without caCertificates checks the certificate of ${host} against the CAs of the system, to which those of a Service do not belong, or not at all`,
          expected: 'caCertificates with the path of the CA in the proxy',
          hint: 'Write ISTIO_MUTUAL for what runs in the mesh; else mount the CA and name its file.',
        };
      }
    }
  },
};

/** Most have connection pools and the like alone. */
function mayStartTls({ value }: Manifest): boolean {
  const { subsets, trafficPolicy } = recordAt(value, ['spec']);
  if (subsets !== undefined) return true;
  if (!isRecord(trafficPolicy)) return false;
  return trafficPolicy['tls'] !== undefined || trafficPolicy['portLevelSettings'] !== undefined;
}

function tlsPlaces({ value }: Manifest): Path[] {
  const policy = ['spec', 'trafficPolicy'];
  const policies = [
    policy,
    ...objectsAt(value, ['spec', 'subsets']).map(({ path }) => [...path, 'trafficPolicy']),
  ];
  return policies.flatMap((one) => [
    [...one, 'tls'],
    ...objectsAt(value, [...one, 'portLevelSettings']).map(({ path }) => [...path, 'tls']),
  ]);
}

/** The mode. Source: istio/istio, pkg/config/analysis/analyzers/destinationrule/ca-certificates.go. */
function unverified({ value }: Manifest, path: Path): string | undefined {
  const { mode, caCertificates, credentialName, insecureSkipVerify } = recordAt(value, path);
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return undefined;
  if (isSet(caCertificates) || insecureSkipVerify === true) return undefined;
  return isSet(credentialName) ? undefined : mode;
}
