import { destinationRules } from '../../rendered/destination-rules.ts';
import { hasServiceEntry, serviceName } from '../../rendered/istio-services.ts';
import type { Rule } from '../rule.ts';

/** A DestinationRule is for a Service that nothing rendered is. */
export const destinationRuleHost: Rule = {
  code: 'gateways/destination-rule-host',
  looksForAbsence: true,
  *check(objects) {
    for (const { manifest, host, namespace } of destinationRules(objects)) {
      const name = serviceName(host, namespace);
      if (name === undefined) continue;
      if (!objects.namespaces.has(name.namespace) || hasServiceEntry(objects, host)) continue;
      if (objects.find('', 'Service', name) !== undefined) continue;
      yield {
        on: manifest,
        path: ['spec', 'host'],
        fault: 'value',
        value: host,
        message: `no Service ${name.name} is rendered in the namespace ${name.namespace}, so the rule holds for nothing`,
        expected: 'the host of a Service, or of a ServiceEntry',
        hint: `A name without dots is one of the DestinationRule's own namespace; another one is NAME.NAMESPACE.svc.cluster.local.`,
      };
    }
  },
};
