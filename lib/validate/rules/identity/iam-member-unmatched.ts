import type { Path } from '../../../finding/finding.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { groupOf, type RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isMissing } from './shared/service-account.ts';
import { namespaceWords, similarServiceAccount } from './shared/similar-service-account.ts';

/**
 * How clouds write a ServiceAccount: a member of IAM in Google Cloud (impersonation, direct grant), the subject of a token in
 * trust policies and federated credentials. Sources: GKE, Workload Identity Federation; Kubernetes, service account tokens.
 */
const FORMS: readonly RegExp[] = [
  /^serviceAccount:[a-z0-9.:-]+\.svc\.id\.goog\[(?<namespace>[^/\]]+)\/(?<name>[^/\]]+)\]$/,
  /^principal:\/\/iam\.googleapis\.com\/[^ ]+\.svc\.id\.goog\/subject\/ns\/(?<namespace>[^/ ]+)\/sa\/(?<name>[^/ ]+)$/,
  /^system:serviceaccount:(?<namespace>[^:*? ]+):(?<name>[^:*? ]+)$/,
];

/** Groups of kinds that make IAM bindings and federated credentials: Config Connector, Azure Service Operator, Crossplane. */
const CLOUD_GROUPS = /(?:\.cnrm\.cloud\.google\.com|^managedidentity\.azure\.com|\.upbound\.io)$/;

const LONGEST_MEMBER = 600;

/**
 * An IAM member or subject is of no ServiceAccount that is rendered, but nearly of one. IAM compares letter by letter and
 * knows of no cluster, so that a wrong one is silent.
 */
export const iamMemberUnmatched: Rule = {
  code: 'identity/iam-member-unmatched',
  looksForAbsence: true,
  *check(objects) {
    if (objects.of('', 'ServiceAccount').length === 0) return;
    for (const manifest of objects.of('', 'ConfigMap'))
      yield* findings(objects, manifest, ['data']);
    for (const manifest of ofClouds(objects)) yield* findings(objects, manifest, ['spec']);
  },
};

function ofClouds({ manifests }: RenderedObjects): Manifest[] {
  const versions = new Set(manifests.map(({ resource }) => resource.apiVersion));
  const wanted = new Set([...versions].filter((one) => CLOUD_GROUPS.test(groupOf(one))));
  return wanted.size === 0
    ? []
    : manifests.filter(({ resource }) => wanted.has(resource.apiVersion));
}

function* findings(
  objects: RenderedObjects,
  manifest: Manifest,
  [field]: readonly [string],
): Iterable<RuleFinding> {
  const texts: MemberText[] = [];
  collectMembers(manifest.value[field], [field], texts);
  for (const { path, text } of texts) {
    const { namespace, name } = memberOf(text) ?? {};
    if (namespace === undefined || name === undefined) continue;
    if (!isMissing(objects, namespace, name)) continue;
    const similar = similarServiceAccount(objects, { namespace, name });
    if (similar === undefined) continue;
    yield {
      on: manifest,
      path,
      fault: 'value',
      value: text,
      message: `no ServiceAccount ${name} is rendered in ${namespaceWords(namespace)}, but ${similar.name} in ${namespaceWords(similar.namespace)}`,
      expected: 'namespace and name of a ServiceAccount',
      hint: 'IAM compares the name letter by letter: the Pods of the other ServiceAccount are denied.',
    };
  }
}

function memberOf(text: string): { [part: string]: string } | undefined {
  return FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
}

/** A text that begins as a member or a subject does. */
interface MemberText {
  readonly path: Path;
  readonly text: string;
}

function collectMembers(value: unknown, path: Path, found: MemberText[]): void {
  if (typeof value === 'string') {
    if (isMember(value)) found.push({ path, text: value.trim() });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && !isMember(inner)) continue;
      collectMembers(inner, [...path, Array.isArray(value) ? Number(key) : key], found);
    }
  }
}

function isMember(text: string): boolean {
  return text.length <= LONGEST_MEMBER && /^s(?:ystem|erviceAccount):|^principal:/.test(text);
}
