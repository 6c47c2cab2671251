import type { ResourceId } from '../../lib/finding/finding.ts';
import type { Manifest } from './apply-manifests.ts';

/** A Deployment of one replica, whose Pods have the label `app` with its name. */
export function deployment(name: string, nodeName?: string): Manifest & { spec: object } {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { nodeName, containers: [{ name: 'app', image: 'registry.example.com/app:1' }] },
      },
    },
  };
}

/** A CustomResourceDefinition whose status is a subresource, so that applying an object does not write it. */
export function crd(group: string, version: string, kind: string): Manifest & { spec: object } {
  const plural = `${kind.toLowerCase()}s`;
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Without it the API server does not let others than SIG approve the group.
      ...(group.endsWith('.k8s.io') && {
        annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
      }),
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: open, status: open } } },
        },
      ],
    },
  };
}

/** How an object is named where it is followed. */
export function idOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): ResourceId {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** A custom resource without a status. */
export function custom(apiVersion: string, kind: string): Manifest & { spec: object } {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'default' }, spec: {} };
}
