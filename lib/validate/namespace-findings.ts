import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import type { UpstreamKind } from '../sources/upstream.ts';

/**
 * Compares `metadata.namespace` with the scope of the kind.
 *
 * tk gives every object the namespace of the environment, save those of kinds that it knows as
 * cluster-scoped, and those are only Kubernetes' own. The API server clears the namespace of a
 * cluster-scoped object (EnsureObjectNamespaceMatchesRequestNamespace in k8s.io/apiserver
 * pkg/registry/rest/meta.go), so that is a warning. A namespaced object with an empty namespace goes wherever
 * the current context of kubectl points, which is an error.
 */
export function namespaceFindings(manifest: Manifest, kind: UpstreamKind): Finding[] {
  const { metadata } = manifest.value as { metadata?: { namespace?: unknown } };
  const namespace = metadata?.namespace;
  if (typeof namespace !== 'string') return [];
  if (kind.namespaced && namespace === '') return [emptyNamespace(manifest)];
  if (kind.namespaced || namespace === '') return [];
  return [
    {
      ...finding(manifest),
      severity: 'warning',
      message: `${kind.kind} is cluster-scoped, but the object has the namespace ${JSON.stringify(namespace)}`,
      fault: 'key',
      value: namespace,
      expected: 'no metadata.namespace',
      hint:
        'Remove metadata.namespace. When tk adds it, set the annotation ' +
        'tanka.dev/namespaced: "false" on the object.',
    },
  ];
}

function emptyNamespace(manifest: Manifest): Finding {
  return {
    ...finding(manifest),
    message: 'metadata.namespace is empty',
    fault: 'value',
    value: '',
    expected: 'the name of a namespace',
    hint: 'Name the namespace, or leave the field out: tk then fills in that of the environment.',
  };
}

function finding(
  manifest: Manifest,
): Pick<Finding, 'code' | 'severity' | 'resource' | 'path' | 'message'> {
  return {
    code: 'manifest/namespace',
    severity: FINDING_CODES['manifest/namespace'].severity,
    message: '',
    resource: manifest.resource,
    path: ['metadata', 'namespace'],
  };
}
