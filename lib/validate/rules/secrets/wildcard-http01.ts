import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { itemsAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';
import { issuerOf, issuerReferences } from './issuers.ts';

/** A wildcard is requested of an issuer that proves hosts by HTTP-01 alone, with which no wildcard can be proven. */
export const wildcardHttp01: Rule = {
  code: 'secrets/wildcard-http01',
  *check(objects) {
    for (const reference of issuerReferences(objects)) {
      const { on } = reference;
      if (on.resource.kind !== 'Certificate') continue;
      const issuer = issuerOf(objects, reference);
      const wildcard = itemsAt(on.value, ['spec', 'dnsNames']).find(
        ({ value }) => typeof value === 'string' && value.startsWith('*.'),
      );
      if (issuer === undefined || wildcard === undefined || !hasOnlyHttp01(issuer)) continue;
      yield {
        on,
        path: wildcard.path,
        fault: 'value',
        value: wildcard.value,
        message: `the ${reference.kind} ${reference.name} solves HTTP-01 challenges only, and ${String(wildcard.value)} needs DNS-01`,
        expected: 'an issuer with a DNS-01 solver, or names without *',
        hint: 'Give the issuer a dns01 solver for this zone.',
      };
    }
  },
};

function hasOnlyHttp01(issuer: Manifest): boolean {
  const solvers = itemsAt(issuer.value, ['spec', 'acme', 'solvers']);
  return (
    solvers.length > 0 && solvers.every(({ value }) => isRecord(value) && isRecord(value['http01']))
  );
}
