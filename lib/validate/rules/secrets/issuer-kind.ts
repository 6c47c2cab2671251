import type { Rule } from '../rule.ts';
import { issuerReferences } from './issuers.ts';

/** A Certificate names a kind of issuer that cert-manager has not. */
export const issuerKind: Rule = {
  code: 'secrets/issuer-kind',
  *check(objects) {
    for (const { on, kind } of issuerReferences(objects)) {
      if (kind === 'Issuer' || kind === 'ClusterIssuer') continue;
      yield {
        on,
        path: ['spec', 'issuerRef', 'kind'],
        fault: 'value',
        value: kind,
        message: `${kind} is no kind of cert-manager, which refuses the Certificate`,
        expected: 'Issuer or ClusterIssuer',
        hint: 'An issuer of another project needs issuerRef.group too.',
      };
    }
  },
};
