/** An environment of a test's project, for a test's API server. */
export interface ClusterEnvironment {
  /** Its folder is `environments/NAME`. */
  readonly name: string;
  /** `spec.apiServer`, exactly as in the kubeconfig. */
  readonly apiServer: string;
  /** Text of its main.jsonnet, or what it gives. */
  readonly main: string | Readonly<Record<string, unknown>>;
  /** More of `spec`, or in place of it. @default namespace `default` and injectLabels, so that it can be pruned */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The files of an environment, text by path, for `makeProject` or `writeProject`. */
export function environmentFiles(environment: ClusterEnvironment): Record<string, string> {
  const { name, main } = environment;
  return {
    [`environments/${name}/main.jsonnet`]: typeof main === 'string' ? main : JSON.stringify(main),
    ...environmentSpec(environment),
  };
}

/** The spec.json of an environment alone. */
export function environmentSpec({
  name,
  apiServer,
  spec = {},
}: Omit<ClusterEnvironment, 'main'>): Record<string, string> {
  return {
    [`environments/${name}/spec.json`]: JSON.stringify({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: `environments/${name}` },
      spec: { apiServer, namespace: 'default', injectLabels: true, ...spec },
    }),
  };
}
