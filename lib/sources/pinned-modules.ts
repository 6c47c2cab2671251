/** A Go module that carries upstream schemas. */
export interface PinnedModule {
  readonly module: string;
  readonly version: string;
  /** Which of its files hold schemas, as paths inside the module. */
  readonly files: RegExp;
  /** What is downloaded, in MB (10^6 bytes), as measured: the size of the module's zip. */
  readonly megabytes: number;
}

/** Controllers whose CRDs can be imported by one name. */
export interface Preset {
  /** As in `tankard import istio`. */
  readonly name: string;
  /** Whether `tankard validate` knows its kinds in every project; else only in those that import it. */
  readonly everywhere: boolean;
  readonly modules: readonly PinnedModule[];
}

/** The module with the OpenAPI of Kubernetes itself; one version of it is one minor of Kubernetes. */
export const KUBERNETES_MODULE = 'k8s.io/kubernetes';

// One file a group and version, those with the kinds of discovery, such as APIGroupList, and the Go source that
// has the enums: the published files leave them out (`OpenAPIEnums=false` in hack/update-openapi-spec.sh).
const KUBERNETES_FILES =
  /^(?:api\/openapi-spec\/v3\/(?:(?:api|apis__[^_]+)__v\d+\w*|apis?|version)_openapi\.json|pkg\/generated\/openapi\/zz_generated\.openapi\.go)$/;

const KUBERNETES_MODULES: readonly PinnedModule[] = [
  { module: KUBERNETES_MODULE, version: 'v1.30.0', files: KUBERNETES_FILES, megabytes: 19 },
  { module: KUBERNETES_MODULE, version: 'v1.31.0', files: KUBERNETES_FILES, megabytes: 19 },
  { module: KUBERNETES_MODULE, version: 'v1.32.0', files: KUBERNETES_FILES, megabytes: 20 },
  { module: KUBERNETES_MODULE, version: 'v1.33.4', files: KUBERNETES_FILES, megabytes: 18 },
  { module: KUBERNETES_MODULE, version: 'v1.34.2', files: KUBERNETES_FILES, megabytes: 18 },
  { module: KUBERNETES_MODULE, version: 'v1.35.1', files: KUBERNETES_FILES, megabytes: 19 },
  { module: KUBERNETES_MODULE, version: 'v1.36.0', files: KUBERNETES_FILES, megabytes: 23 },
  { module: KUBERNETES_MODULE, version: 'v1.37.0', files: KUBERNETES_FILES, megabytes: 25 },
];

/** The presets, in the order in which they are listed to users. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'istio',
    everywhere: true,
    modules: [
      {
        module: 'istio.io/api',
        version: 'v1.31.1',
        files: /^kubernetes\/customresourcedefinitions\.gen\.yaml$/,
        megabytes: 1.4,
      },
    ],
  },
  {
    name: 'sealed-secrets',
    everywhere: true,
    modules: [
      {
        module: 'github.com/bitnami-labs/sealed-secrets',
        version: 'v0.36.0',
        files: /^helm\/sealed-secrets\/crds\/[^/]+\.yaml$/,
        megabytes: 1.4,
      },
    ],
  },
  {
    name: 'cert-manager',
    everywhere: true,
    modules: [
      {
        module: 'github.com/cert-manager/cert-manager',
        version: 'v1.21.2',
        // Not deploy/charts: those are Helm templates, no YAML.
        files: /^deploy\/crds\/[^/]+\.yaml$/,
        megabytes: 4.2,
      },
    ],
  },
  {
    name: 'external-secrets',
    everywhere: true,
    modules: [
      {
        module: 'github.com/external-secrets/external-secrets',
        version: 'v1.3.2',
        files: /^deploy\/crds\/bundle\.yaml$/,
        megabytes: 19,
      },
    ],
  },
  {
    name: 'gateway-api',
    everywhere: true,
    modules: [
      {
        module: 'sigs.k8s.io/gateway-api',
        version: 'v1.6.0',
        // The standard channel. The file of the same prefix that is left out holds admission policies.
        files: /^config\/crd\/standard\/gateway\.networking\.k8s\.io_[a-z]+\.yaml$/,
        megabytes: 2.8,
      },
    ],
  },
  {
    name: 'flux',
    everywhere: false,
    modules: [
      {
        module: 'github.com/fluxcd/source-controller',
        version: 'v1.9.0',
        files: /^config\/crd\/bases\/[^/]+\.yaml$/,
        megabytes: 0.8,
      },
      {
        module: 'github.com/fluxcd/helm-controller',
        version: 'v1.6.0',
        files: /^config\/crd\/bases\/[^/]+\.yaml$/,
        megabytes: 1.4,
      },
      {
        module: 'github.com/fluxcd/kustomize-controller',
        version: 'v1.10.1',
        files: /^config\/crd\/bases\/[^/]+\.yaml$/,
        megabytes: 0.8,
      },
    ],
  },
  {
    name: 'argo-cd',
    everywhere: false,
    modules: [
      {
        module: 'github.com/argoproj/argo-cd/v3',
        version: 'v3.6.1',
        files: /^manifests\/crds\/[a-z]+-crd\.yaml$/,
        megabytes: 58,
      },
    ],
  },
  {
    name: 'prometheus-operator',
    everywhere: false,
    modules: [
      {
        module: 'github.com/prometheus-operator/prometheus-operator',
        version: 'v0.85.0',
        // The same as in example/prometheus-operator-crd, but JSON, which is read ten times faster than YAML.
        files: /^jsonnet\/prometheus-operator\/[a-z]+-crd\.json$/,
        megabytes: 4.1,
      },
    ],
  },
];

/** Every module that schemas come from. `scripts/update-schemas-lock.ts` turns this into the lock. */
export const PINNED_MODULES: readonly PinnedModule[] = [
  ...KUBERNETES_MODULES,
  ...PRESETS.flatMap(({ modules }) => modules),
];

/** The Kubernetes versions that can be imported and validated for, as `major.minor`, the oldest first. */
export const KUBERNETES_VERSIONS: readonly string[] = KUBERNETES_MODULES.map(({ version }) =>
  minorOf(version),
);

/**
 * Whether a module's kinds are known in every project: those of a preset that is not `everywhere` are not.
 *
 * @param module such as `istio.io/api`.
 */
export function isKnownEverywhere(module: string): boolean {
  return !PRESETS.some(
    ({ everywhere, modules }) => !everywhere && modules.some((each) => each.module === module),
  );
}

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
