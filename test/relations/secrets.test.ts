import { describe, expect, it } from 'vitest';
import { plain, podWith, relationsIn } from './relations-in.ts';

const container = (fields: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, ${fields} }] }
---`;

describe('who reads a Secret or ConfigMap', () => {
  it.each([
    container('env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: a } } }]'),
    container('envFrom: [{ secretRef: { name: db } }]'),
    podWith('volumes: [{ name: a, secret: { secretName: db } }]'),
    podWith('volumes: [{ name: a, projected: { sources: [{ secret: { name: db } }] } }]'),
    podWith('initContainers: [{ name: a, envFrom: [{ secretRef: { name: db } }] }]'),
  ])('a Secret: %s', (pod) => {
    expect(relationsIn(pod + plain('Secret', 'shop', 'db'))).toEqual([
      'Pod web in shop reads Secret db in shop',
    ]);
  });

  it.each([
    container('env: [{ name: A, valueFrom: { configMapKeyRef: { name: db, key: a } } }]'),
    container('envFrom: [{ configMapRef: { name: db } }]'),
    podWith('volumes: [{ name: a, configMap: { name: db } }]'),
    podWith('volumes: [{ name: a, projected: { sources: [{ configMap: { name: db } }] } }]'),
  ])('a ConfigMap: %s', (pod) => {
    expect(relationsIn(pod + plain('ConfigMap', 'shop', 'db'))).toEqual([
      'Pod web in shop reads ConfigMap db in shop',
    ]);
  });

  it('several uses are one relation', () => {
    const both = container(
      'envFrom: [{ secretRef: { name: db } }, { secretRef: { name: db }, prefix: A }]',
    );
    expect(relationsIn(both + plain('Secret', 'shop', 'db'))).toHaveLength(1);
  });

  it('one that nothing provides is missing, unless it is optional', () => {
    expect(relationsIn(container('envFrom: [{ secretRef: { name: db } }]'))).toEqual([
      'Pod web in shop reads Secret db in shop (not rendered)',
    ]);
    const optional = container('envFrom: [{ secretRef: { name: db, optional: true } }]');
    expect(relationsIn(optional)).toEqual([]);
    expect(relationsIn(optional + plain('Secret', 'shop', 'db'))).toHaveLength(1);
  });

  it('one of another namespace is not the one that is read', () => {
    const pod = container('envFrom: [{ secretRef: { name: db } }]');
    expect(relationsIn(pod + plain('Secret', 'blog', 'db'))).toEqual([
      'Pod web in shop reads Secret db in shop (not rendered)',
    ]);
  });

  it('a ConfigMap that every namespace has is not missing', () => {
    const ca = container('envFrom: [{ configMapRef: { name: kube-root-ca.crt } }]');
    expect(relationsIn(ca)).toEqual(['Pod web in shop reads ConfigMap kube-root-ca.crt in shop']);
  });

  it('a Bundle of trust-manager makes the ConfigMap that is read', () => {
    const bundle = `
apiVersion: trust.cert-manager.io/v1alpha1
kind: Bundle
metadata: { name: roots }
---`;
    const pod = container('envFrom: [{ configMapRef: { name: roots } }]');
    expect(relationsIn(pod + bundle)).toEqual([
      'Pod web in shop reads ConfigMap roots in shop',
      'Bundle roots makes ConfigMap roots in shop',
    ]);
  });
});

describe('what images are pulled with', () => {
  it('a Pod and a ServiceAccount', () => {
    const account = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
imagePullSecrets: [{ name: pull }]
---`;
    const pod = podWith('serviceAccountName: web, imagePullSecrets: [{ name: other }]');
    expect(relationsIn(pod + account + plain('Secret', 'shop', 'pull'))).toEqual([
      'Pod web in shop pulls images with Secret other in shop (not rendered)',
      'Pod web in shop runs as ServiceAccount web in shop',
      'ServiceAccount web in shop pulls images with Secret pull in shop',
    ]);
  });
});

describe('what makes a Secret', () => {
  const reader = container('envFrom: [{ secretRef: { name: db } }]');

  it('a SealedSecret', () => {
    const sealed = `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec: { encryptedData: { a: AgB } }
---`;
    expect(relationsIn(reader + sealed)).toEqual([
      'Pod web in shop reads Secret db in shop',
      'SealedSecret db in shop makes Secret db in shop',
    ]);
  });

  it('an ExternalSecret, from a store', () => {
    const external = `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: database, namespace: shop }
spec:
  target: { name: db }
  secretStoreRef: { name: vault }
  dataFrom: [{ sourceRef: { storeRef: { name: aws, kind: ClusterSecretStore } } }]
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec: { provider: { aws: { auth: { secretRef: { accessKeyIDSecretRef: { name: keys, namespace: eso } } } } } }
---`;
    expect(relationsIn(reader + external)).toEqual([
      'Pod web in shop reads Secret db in shop',
      'ClusterSecretStore aws reads Secret keys in eso (not rendered)',
      'ExternalSecret database in shop makes Secret db in shop',
      'ExternalSecret database in shop reads from ClusterSecretStore aws',
      'ExternalSecret database in shop reads from SecretStore vault in shop (not rendered)',
    ]);
  });

  it('a ClusterExternalSecret, where it is read', () => {
    const external = `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: db }
spec: { externalSecretSpec: { secretStoreRef: { name: aws, kind: ClusterSecretStore } } }
---`;
    expect(relationsIn(reader + external)).toEqual([
      'Pod web in shop reads Secret db in shop',
      'ClusterExternalSecret db makes Secret db',
      'ClusterExternalSecret db makes Secret db in shop',
      'ClusterExternalSecret db reads from ClusterSecretStore aws (not rendered)',
    ]);
  });

  it('a Certificate, of an issuer', () => {
    const certificate = `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: shop }
spec: { secretName: db, dnsNames: [shop.example.com], issuerRef: { name: ca } }
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: ca, namespace: shop }
spec: { ca: { secretName: ca } }
---`;
    expect(relationsIn(reader + certificate)).toEqual([
      'Pod web in shop reads Secret db in shop',
      'Certificate web in shop covers shop.example.com',
      'Certificate web in shop is issued by Issuer ca in shop',
      'Certificate web in shop makes Secret db in shop',
      'Issuer ca in shop signs with Secret ca in shop (not rendered)',
    ]);
  });

  it('an Ingress with the annotation of cert-manager', () => {
    const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { cert-manager.io/cluster-issuer: le } }
spec: { tls: [{ secretName: db, hosts: [shop.example.com] }] }
---`;
    expect(relationsIn(reader + ingress)).toEqual([
      'Pod web in shop reads Secret db in shop',
      'Secret db in shop secures shop.example.com',
      'Ingress web in shop gets certificates from ClusterIssuer le (not rendered)',
      'Ingress web in shop makes Secret db in shop',
      'Ingress web in shop serves shop.example.com',
      'Ingress web in shop serves with Secret db in shop',
    ]);
  });
});

describe('the Secrets of issuers', () => {
  const solver = 'solvers: [{ dns01: { cloudflare: { apiTokenSecretRef: { name: token } } } }]';
  const issuer = (kind: string, metadata: string): string => `
apiVersion: cert-manager.io/v1
kind: ${kind}
metadata: { name: le, ${metadata} }
spec: { acme: { privateKeySecretRef: { name: account }, ${solver} } }
---`;

  it('those of a ClusterIssuer are read where cert-manager runs', () => {
    expect(relationsIn(issuer('ClusterIssuer', ''))).toEqual([
      'ClusterIssuer le keeps its key in Secret account in cert-manager',
      'ClusterIssuer le reads Secret token in cert-manager (not rendered)',
    ]);
    const controller = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cert-manager, namespace: certs }
spec:
  template:
    metadata:
      labels: { app.kubernetes.io/name: cert-manager, app.kubernetes.io/component: controller }
    spec: { containers: [] }
---`;
    expect(relationsIn(issuer('ClusterIssuer', '') + controller)).toContain(
      'ClusterIssuer le reads Secret token in certs (not rendered)',
    );
  });

  it('those of an Issuer in its own namespace', () => {
    expect(
      relationsIn(issuer('Issuer', 'namespace: shop') + plain('Secret', 'shop', 'token')),
    ).toEqual([
      'Issuer le in shop keeps its key in Secret account in shop',
      'Issuer le in shop reads Secret token in shop',
    ]);
  });
});
