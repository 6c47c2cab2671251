/** A Go module that carries upstream schemas. */
export interface PinnedModule {
  readonly module: string;
  readonly version: string;
  /** Which of its files hold schemas, as paths inside the module. */
  readonly files: RegExp;
  /** What is downloaded, in MB (10^6 bytes), as measured: the size of the module's zip. */
  readonly megabytes: number;
}

/** The module with the OpenAPI of Kubernetes itself; one version of it is one minor of Kubernetes. */
export const KUBERNETES_MODULE = 'k8s.io/kubernetes';

// One file a group and version (the files without a version hold only discovery), and the Go source that
// has the enums: the published files leave them out (`OpenAPIEnums=false` in hack/update-openapi-spec.sh).
const KUBERNETES_FILES =
  /^(?:api\/openapi-spec\/v3\/(?:api|apis__[^_]+)__v\d+\w*_openapi\.json|pkg\/generated\/openapi\/zz_generated\.openapi\.go)$/;

/** Every module that schemas come from. `scripts/update-schemas-lock.ts` turns this into the lock. */
export const PINNED_MODULES: readonly PinnedModule[] = [
  { module: KUBERNETES_MODULE, version: 'v1.35.1', files: KUBERNETES_FILES, megabytes: 19 },
  { module: KUBERNETES_MODULE, version: 'v1.36.0', files: KUBERNETES_FILES, megabytes: 23 },
  { module: KUBERNETES_MODULE, version: 'v1.37.0', files: KUBERNETES_FILES, megabytes: 25 },
  {
    module: 'istio.io/api',
    version: 'v1.31.1',
    files: /^kubernetes\/customresourcedefinitions\.gen\.yaml$/,
    megabytes: 1.4,
  },
  {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.36.0',
    files: /^helm\/sealed-secrets\/crds\/[^/]+\.yaml$/,
    megabytes: 1.4,
  },
  {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    // Not deploy/charts: those are Helm templates, no YAML.
    files: /^deploy\/crds\/[^/]+\.yaml$/,
    megabytes: 4.2,
  },
  {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    files: /^deploy\/crds\/bundle\.yaml$/,
    megabytes: 19,
  },
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.0',
    // The standard channel. The file of the same prefix that is left out holds admission policies.
    files: /^config\/crd\/standard\/gateway\.networking\.k8s\.io_[a-z]+\.yaml$/,
    megabytes: 2.8,
  },
];

/** The Kubernetes versions that manifests can be validated for, as `major.minor`, the oldest first. */
export const KUBERNETES_VERSIONS: readonly string[] = PINNED_MODULES.filter(
  ({ module }) => module === KUBERNETES_MODULE,
).map(({ version }) => minorOf(version));

/** The Kubernetes version that is used when none is named. */
export const DEFAULT_KUBERNETES = '1.37';

/**
 * The Kubernetes version of a version of its module.
 *
 * @param version such as `v1.37.0`.
 * @returns such as `1.37`.
 */
export function minorOf(version: string): string {
  return version.replace(/^v/, '').split('.').slice(0, 2).join('.');
}
