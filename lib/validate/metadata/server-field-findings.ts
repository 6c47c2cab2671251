import { FINDING_CODES } from '../../finding/codes.ts';
import type { Finding } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../../sources/upstream.ts';

type Metadata = Readonly<Record<string, unknown>>;

const IGNORED = 'The API server sets it, and drops what others write.';

/**
 * What the API server writes into metadata itself, with what happens to a value of the user.
 * Sources: k8s.io/apiserver v0.36.3 pkg/endpoints/handlers/create.go and pkg/registry/rest; kubectl apply.
 */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['creationTimestamp', IGNORED],
  ['deletionGracePeriodSeconds', IGNORED],
  ['deletionTimestamp', IGNORED],
  ['generation', IGNORED],
  [
    'managedFields',
    'The API server sets it; applying on the side of the server is refused with it.',
  ],
  [
    'resourceVersion',
    'A new object with it is refused, and so is any change after the next one of somebody else.',
  ],
  ['selfLink', 'Kubernetes has not set it since 1.20.'],
  [
    'uid',
    'The API server gives each object its own; applying over an object with another one fails.',
  ],
]);

/** Finds fields that the API server writes, as they are in what `kubectl get -o yaml` has printed. */
export function serverFieldFindings(
  { resource, value }: Manifest,
  kind: UpstreamKind,
  metadata: Metadata,
): Finding[] {
  const findings: Finding[] = [];
  const code = 'manifest/server-field';
  const { severity } = FINDING_CODES[code];
  for (const field in metadata) {
    const hint = FIELDS.get(field);
    if (hint === undefined || isNothing(metadata[field])) continue;
    findings.push({
      code,
      severity,
      message: `metadata.${field} is written by the API server`,
      resource,
      path: ['metadata', field],
      fault: 'key',
      hint: `Remove it. ${hint}`,
    });
  }
  if (kind.statusSubresource === true && !isNothing(value['status']))
    findings.push({
      code,
      severity,
      message: 'the status is written by controllers',
      resource,
      path: ['status'],
      fault: 'key',
      hint: 'Remove it. The API server drops it, since it can only be written apart from the object.',
    });
  return findings;
}

/** What generators write where there is nothing: `creationTimestamp: null`, `status: {}`. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isNothing);
}
