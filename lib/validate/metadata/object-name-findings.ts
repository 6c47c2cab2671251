import { FINDING_CODES } from '../../finding/codes.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../../sources/upstream.ts';
import { DNS_LABEL, faultOf } from './name-form.ts';
import { nameFault } from './name-rules.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** Answers to a question that are never kept, so that they need no name. Source: k8s.io/kubernetes pkg/registry. */
const NAMELESS = /^(?:authentication|authorization)\.k8s\.io\//;

/**
 * Holds the name and the namespace of an object to the rules of its kind, as the API server does when the object is
 * created. A name that the API server makes from `generateName` follows the same rules.
 */
export function objectNameFindings(
  manifest: Manifest,
  kind: UpstreamKind,
  metadata: Metadata,
): Finding[] {
  const findings: Finding[] = [];
  const { name, generateName, namespace } = metadata;
  const hasName = typeof name === 'string' && name !== '';
  const isGenerated = typeof generateName === 'string' && generateName !== '';
  if (hasName) add(findings, manifest, 'name', name, nameFault(name, kind, manifest.value));
  if (isGenerated) {
    // The API server looks at it with the dash at its end as a letter, since something is added to it.
    const begin = generateName.replace(/.-$/s, 'a');
    add(findings, manifest, 'generateName', generateName, nameFault(begin, kind, undefined));
  }
  if (!hasName && !isGenerated) findings.push(...missingName(manifest, kind, metadata));
  if (kind.namespaced && typeof namespace === 'string' && namespace !== '') {
    const fault = faultOf(namespace, DNS_LABEL);
    add(findings, manifest, 'namespace', namespace, fault === undefined ? undefined : { fault });
  }
  return findings;
}

function add(
  findings: Finding[],
  { resource }: Manifest,
  field: 'name' | 'generateName' | 'namespace',
  value: string,
  found: { readonly fault: string; readonly expected?: string } | undefined,
): void {
  if (found === undefined) return;
  findings.push({
    code: 'manifest/name',
    severity: FINDING_CODES['manifest/name'].severity,
    message: `the ${field} ${JSON.stringify(value)} ${found.fault}`,
    resource,
    path: ['metadata', field],
    fault: 'value',
    value,
    ...(found.expected !== undefined && { expected: found.expected }),
  });
}

/** An empty name is none. Source: BeforeCreate in k8s.io/apiserver pkg/registry/rest/create.go. */
function missingName({ resource }: Manifest, kind: UpstreamKind, metadata: Metadata): Finding[] {
  const { name, generateName } = metadata;
  // A name of another type is the schema's finding.
  if (NAMELESS.test(kind.apiVersion) || ![undefined, null, ''].includes(name as string)) return [];
  const isEmpty = name === '' || generateName === '';
  const field = generateName === '' && name !== '' ? 'generateName' : 'name';
  const empty =
    field === 'name' ? 'the name is empty' : 'the generateName is empty, and there is no name';
  return [
    {
      code: 'schema/missing-field',
      severity: FINDING_CODES['schema/missing-field'].severity,
      message: isEmpty ? empty : 'the object has no name',
      resource,
      path: ['metadata', field],
      fault: isEmpty ? 'value' : 'missing',
      ...(isEmpty && { value: '' }),
      expected: 'the name of the object',
      hint: 'Name the object; or set metadata.generateName, from which the API server makes a name.',
    },
  ];
}
