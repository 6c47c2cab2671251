import type { Rule } from '../rule.ts';
import { hasForm } from './support/checks.ts';
import { isAddress } from './support/cidr.ts';
import { subdomainFault } from './support/forms.ts';
import { podRule } from './support/own-pods.ts';

/** Lines for /etc/hosts. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateHostAliases. */
export const hostAlias: Rule = podRule(
  'workloads/host-alias',
  function* ({ spec }) {
    for (const alias of spec.at('hostAliases').items) {
      const ip = alias.at('ip');
      if (ip.text !== undefined && !isAddress(ip.text))
        yield ip.wrong(`"${ip.text}" is no IP address`);
      for (const name of alias.at('hostnames').texts)
        yield* hasForm(name, 'host name', subdomainFault);
    }
  },
  { about: ['hostAliases'] },
);
