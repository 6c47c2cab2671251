import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { relationsOf } from '../../lib/relations/relations-of.ts';
import { ROOT, tankard } from '../cli/tankard.ts';
import { asSentences, NO_SETTINGS } from './relations-in.ts';

async function relations(environment: string): Promise<string> {
  const args = ['show', `environments/${environment}`, '--show-secrets'];
  const { exitCode, stdout } = await tankard(args);
  expect(exitCode).toBe(0);
  return asSentences(relationsOf(parseManifests(stdout), NO_SETTINGS)).join('\n');
}

const EXPECTED: Readonly<Record<string, (found: string) => void>> = {
  'aks-workload-identity': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "ServiceAccount keyvault-reader in default federates with Microsoft Entra application 6d1bb1a0-9d8b-4ef4-9a1c-3c1f0f5c2b7e
    Deployment keyvault-reader in default runs as ServiceAccount keyvault-reader in default"
  `),
  'eks-irsa': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Pod awscli in external-secrets runs as ServiceAccount aws-secretsmanager in external-secrets
    ServiceAccount aws-secretsmanager in external-secrets assumes IAM role arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets
    ExternalSecret wordpress-database in external-secrets makes Secret wordpress-database in external-secrets
    ExternalSecret wordpress-database in external-secrets reads from SecretStore aws in external-secrets
    SecretStore aws in external-secrets authenticates as ServiceAccount aws-secretsmanager in external-secrets"
  `),
  'eks-s3': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Pod s3-access-pod in default runs as ServiceAccount s3-access-sa in default
    ServiceAccount s3-access-sa in default assumes IAM role arn:aws:iam::111122223333:role/EKS_S3_Access_Role"
  `),
  'eks-webhook': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Pod irsa in the-irsa-service-account-namespace runs as ServiceAccount the-irsa-service-account-name in the-irsa-service-account-namespace
    ServiceAccount the-irsa-service-account-name in the-irsa-service-account-namespace assumes IAM role arn:aws:iam::111122223333:role/irsa"
  `),
  'gke-workload-identity': (found) =>
    expect(found).toMatchInlineSnapshot(
      `"ServiceAccount wordpress in wordpress impersonates Google service account wordpress@my-project.iam.gserviceaccount.com"`,
    ),
  'hello-world': (found) =>
    expect(found).toMatchInlineSnapshot(
      `"Service hello-world in hello-world selects Deployment hello-world in hello-world"`,
    ),
  'istio-tls': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Secret example-org-cert in istio-system secures *.example.org
    Secret example-org-cert in istio-system secures example.org
    Secret wild-cert in istio-system secures *.example.com
    Secret wild-cert in istio-system secures example.com
    Certificate example-org in istio-system covers *.example.org
    Certificate example-org in istio-system covers example.org
    Certificate example-org in istio-system is issued by ClusterIssuer letsencrypt
    Certificate example-org in istio-system makes Secret example-org-cert in istio-system
    ClusterIssuer letsencrypt keeps its key in Secret letsencrypt-account-key in cert-manager
    ClusterIssuer letsencrypt reads Secret cloudflare-api-token in cert-manager
    ClusterSecretStore aws authenticates as ServiceAccount aws-secretsmanager in external-secrets (not rendered)
    ExternalSecret cloudflare-api-token in cert-manager makes Secret cloudflare-api-token in cert-manager
    ExternalSecret cloudflare-api-token in cert-manager reads from ClusterSecretStore aws
    Gateway example-org-gateway in wordpress serves *.example.org
    Gateway example-org-gateway in wordpress serves example.org
    Gateway example-org-gateway in wordpress serves with Secret example-org-cert in istio-system
    Gateway wordpress-gateway in wordpress serves *.example.com
    Gateway wordpress-gateway in wordpress serves example.com
    Gateway wordpress-gateway in wordpress serves with Secret wild-cert in istio-system"
  `),
  'kops-pod-identity': (found) =>
    expect(found).toMatchInlineSnapshot(
      `"Pod pod-identity-webhook-test in default runs as ServiceAccount pod-identity-webhook-test in default"`,
    ),
  'reflector-pull-secret': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Secret image-pull-secret in kube-system is mirrored as Secret image-pull-secret in namespaces wordpress-.*
    SealedSecret image-pull-secret in kube-system makes Secret image-pull-secret in kube-system"
  `),
  'typed-app': (found) =>
    expect(found).toMatchInlineSnapshot(`
    "Secret shop-tls in istio-system secures shop.example.com
    Service shop in shop selects Deployment shop in shop
    Certificate shop-tls in istio-system covers shop.example.com
    Certificate shop-tls in istio-system is issued by ClusterIssuer letsencrypt (not rendered)
    Certificate shop-tls in istio-system makes Secret shop-tls in istio-system
    Gateway shop in shop serves shop.example.com
    Gateway shop in shop serves with Secret shop-tls in istio-system
    VirtualService shop in shop handles requests for shop.example.com
    VirtualService shop in shop is bound to Gateway shop in shop
    VirtualService shop in shop routes to Service shop in shop"
  `),
};

describe('what an environment of the repository renders is related', () => {
  it.each(readdirSync(path.join(ROOT, 'environments')))('%s', async (environment) => {
    const found = await relations(environment);
    expect(EXPECTED).toHaveProperty(environment);
    EXPECTED[environment]?.(found);
  });
});
