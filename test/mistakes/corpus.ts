import { EKS_POD_IDENTITY } from './families/eks-pod-identity.ts';
import { GATEWAY_API } from './families/gateway-api.ts';
import { AZURE_WORKLOAD_IDENTITY } from './families/azure-workload-identity.ts';
import { EXTERNAL_SECRET } from './families/external-secret.ts';
import { GKE_WORKLOAD_IDENTITY } from './families/gke-workload-identity.ts';
import { IRSA } from './families/irsa.ts';
import { ISTIO_GATEWAY } from './families/istio-gateway.ts';
import { KOPS } from './families/kops.ts';
import { PULL_SECRET } from './families/pull-secret.ts';
import { REFLECTOR } from './families/reflector.ts';
import { SEALED_SECRET } from './families/sealed-secret.ts';
import { TLS_CERTIFICATE } from './families/tls-certificate.ts';
import { TLS_SECRET } from './families/tls-secret.ts';
import { VIRTUAL_SERVICE } from './families/virtual-service.ts';
import { WORKLOAD } from './families/workload.ts';
import type { Kind, Mistake, Variant } from './variant.ts';

/** All environments of the corpus, by family. */
export const CORPUS: readonly Variant[] = [
  ...IRSA,
  ...EKS_POD_IDENTITY,
  ...KOPS,
  ...GKE_WORKLOAD_IDENTITY,
  ...AZURE_WORKLOAD_IDENTITY,
  ...REFLECTOR,
  ...PULL_SECRET,
  ...TLS_SECRET,
  ...SEALED_SECRET,
  ...EXTERNAL_SECRET,
  ...TLS_CERTIFICATE,
  ...ISTIO_GATEWAY,
  ...VIRTUAL_SERVICE,
  ...GATEWAY_API,
  ...WORKLOAD,
];

/** A mistake with the environment that it breaks, and its name for the reader of the run. */
export interface CorpusMistake {
  readonly variant: Variant;
  readonly kind: Kind;
  readonly mistake: Mistake;
  readonly title: string;
}

/** Every mistake of the corpus. */
export const MISTAKES: readonly CorpusMistake[] = CORPUS.flatMap((variant) =>
  Object.entries(variant.mistakes).flatMap(([kind, mistakes]) =>
    mistakes.map((mistake) => ({
      variant,
      kind: kind as Kind,
      mistake,
      title: `${variant.name}: ${kind}: ${oneLine(mistake.from)} -> ${oneLine(mistake.to)}`,
    })),
  ),
);

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ') || 'nothing';
}
