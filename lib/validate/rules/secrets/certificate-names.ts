import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import { itemsAt, textAt } from '../../rendered/values-at.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A Certificate without a name, or with one that no certificate can be for. */
export const certificateNames: Rule = {
  code: 'secrets/certificate-names',
  *check(objects) {
    for (const on of objects.of('cert-manager.io', 'Certificate')) {
      if (!hasName(on.value)) yield withoutName(on);
      yield* tooLong(on);
      yield* wrongNames(on);
    }
  },
};

/** Source: cert-manager v1.21, internal/apis/certmanager/validation/certificate.go; so are the rules below. */
const NAMES = [
  'commonName',
  'literalSubject',
  'dnsNames',
  'uris',
  'emailAddresses',
  'ipAddresses',
  'otherNames',
];

function hasName(value: unknown): boolean {
  const names = NAMES.map((field) => valueAt(value, ['spec', field]));
  return names.some(
    (name) => name !== undefined && name !== '' && !(Array.isArray(name) && name.length === 0),
  );
}

function withoutName(on: Manifest): RuleFinding {
  return {
    on,
    path: ['spec', 'dnsNames'],
    fault: 'missing',
    message: 'the Certificate names nothing that it is for; cert-manager refuses it',
    expected: 'dnsNames, or another kind of name',
    hint: 'Add the hosts as dnsNames.',
  };
}

/** Of a common name, in bytes. Source: RFC 5280, ub-common-name. */
const LONGEST = 64;

function* tooLong(on: Manifest): Iterable<RuleFinding> {
  const name = textAt(on.value, ['spec', 'commonName']);
  if (name === undefined || Buffer.byteLength(name) <= LONGEST) return;
  yield {
    on,
    path: ['spec', 'commonName'],
    fault: 'value',
    value: name,
    message: `the commonName is ${Buffer.byteLength(name)} bytes long, and may be ${LONGEST}; cert-manager refuses it`,
    expected: `at most ${LONGEST} bytes`,
    hint: 'Take commonName away: clients read dnsNames alone.',
  };
}

const LABEL = '[a-zA-Z0-9_](?:[a-zA-Z0-9_-]*[a-zA-Z0-9_])?';
const DNS_NAME = new RegExp(String.raw`^(?:\*\.)?${LABEL}(?:\.${LABEL})*$`);

function* wrongNames(on: Manifest): Iterable<RuleFinding> {
  for (const { path, value } of itemsAt(on.value, ['spec', 'dnsNames'])) {
    if (typeof value !== 'string' || /[^\0-\x7f]/.test(value) || DNS_NAME.test(value)) continue;
    yield {
      on,
      path,
      fault: 'value',
      value,
      message: `${JSON.stringify(value)} is no DNS name: no issuer gives a certificate for it`,
      expected: 'a name such as example.com or *.example.com',
      hint: 'Write the host alone, without scheme, port and path; * stands for the whole first part only.',
    };
  }
}
