import { valueAt } from '../manifest/secret-fields.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import {
  issuerSecretNamespace,
  issuerSecrets,
  secretUses,
} from '../validate/rendered/issuer-secrets.ts';
import { textsAt } from '../validate/rendered/items.ts';
import { referencesOf, type Reference } from '../validate/rendered/secret-references.ts';
import { storeReferences } from '../validate/rendered/secret-stores.ts';
import { textAt } from '../validate/rendered/values-at.ts';
import { issuerReferences } from '../validate/rules/secrets/issuers.ts';
import { dataNode, objectOf } from './data-nodes.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Relates Secrets and ConfigMaps to what makes them and to what reads them. */
export function addSecrets(graph: GraphBuilder): void {
  for (const { by, namespace, name } of graph.objects.secrets.all)
    if (by.resource.kind !== 'Secret')
      graph.relate(
        graph.rendered(by),
        'makes',
        graph.object(objectOf('Secret', { namespace, name }), 'made'),
      );
  addReferences(graph);
  addStores(graph);
  addIssuers(graph);
}

const LABELS: Readonly<Record<Reference['use'], string>> = {
  environment: 'reads',
  volume: 'reads',
  'image pull': 'pulls images with',
  TLS: 'serves with',
};

function addReferences(graph: GraphBuilder): void {
  for (const { kind, on, namespace, name, isOptional, use } of referencesOf(graph.objects)) {
    const node = dataNode(graph, kind, { namespace, name });
    if (isOptional && node.kind === 'missing') continue;
    graph.relate(graph.rendered(on), LABELS[use], node);
  }
}

const EXTERNAL_SECRETS = 'external-secrets.io';

function addStores(graph: GraphBuilder): void {
  const { objects } = graph;
  for (const on of objects.of(EXTERNAL_SECRETS, 'ExternalSecret')) addStoresOf(graph, on, ['spec']);
  for (const on of objects.of(EXTERNAL_SECRETS, 'ClusterExternalSecret'))
    addStoresOf(graph, on, ['spec', 'externalSecretSpec']);
  for (const kind of ['SecretStore', 'ClusterSecretStore'])
    for (const on of objects.of(EXTERNAL_SECRETS, kind)) {
      for (const { path, name } of secretUses(on, ['spec', 'provider'])) {
        const named = textAt(on.value, [...path, 'namespace']);
        // A ClusterSecretStore that names no namespace reads in that of each ExternalSecret.
        const namespace = named ?? on.resource.namespace;
        if (namespace === undefined) continue;
        graph.relate(graph.rendered(on), 'reads', dataNode(graph, 'Secret', { namespace, name }));
      }
    }
}

function addStoresOf(graph: GraphBuilder, on: Manifest, spec: readonly string[]): void {
  const { apiVersion, namespace = '' } = on.resource;
  for (const { kind, name } of storeReferences(on.value, spec)) {
    const store =
      kind === 'ClusterSecretStore'
        ? graph.clusterObject({ apiVersion, kind, name }, 'missing')
        : graph.object({ apiVersion, kind, namespace, name }, 'missing');
    // A ClusterExternalSecret has no namespace in which a SecretStore could be missing.
    if (namespace === '' && store.kind === 'missing' && kind === 'SecretStore') continue;
    graph.relate(graph.rendered(on), 'reads from', store);
  }
}

const CERT_MANAGER = 'cert-manager.io';
const ISSUER_KINDS: ReadonlySet<string> = new Set(['Issuer', 'ClusterIssuer']);

function addIssuers(graph: GraphBuilder): void {
  for (const { on, name, kind } of issuerReferences(graph.objects)) {
    if (!ISSUER_KINDS.has(kind)) continue;
    const { namespace = '' } = on.resource;
    const issuer = { apiVersion: `${CERT_MANAGER}/v1`, kind, name };
    graph.relate(
      graph.rendered(on),
      on.resource.kind === 'Certificate' ? 'is issued by' : 'gets certificates from',
      kind === 'ClusterIssuer'
        ? graph.clusterObject(issuer, 'missing')
        : graph.object({ ...issuer, namespace }, 'missing'),
    );
  }
  for (const certificate of graph.objects.of(CERT_MANAGER, 'Certificate'))
    for (const { value: host } of textsAt(certificate.value, ['spec', 'dnsNames']))
      graph.relate(graph.rendered(certificate), 'covers', graph.host(host));
  for (const kind of ISSUER_KINDS)
    for (const on of graph.objects.of(CERT_MANAGER, kind)) addIssuerSecrets(graph, on);
}

function addIssuerSecrets(graph: GraphBuilder, on: Manifest): void {
  const namespace = issuerSecretNamespace(graph.objects, on);
  const node = graph.rendered(on);
  for (const { name } of issuerSecrets(on))
    graph.relate(node, 'reads', dataNode(graph, 'Secret', { namespace, name }));
  const ca = textAt(on.value, ['spec', 'ca', 'secretName']);
  if (ca !== undefined)
    graph.relate(node, 'signs with', dataNode(graph, 'Secret', { namespace, name: ca }));
  const account = textAt(valueAt(on.value, ['spec', 'acme', 'privateKeySecretRef']), ['name']);
  if (account !== undefined)
    graph.relate(
      node,
      'keeps its key in',
      graph.object(objectOf('Secret', { namespace, name: account }), 'made'),
    );
}
