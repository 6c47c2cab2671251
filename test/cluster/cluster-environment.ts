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
export function environmentFiles({
  name,
  apiServer,
  main,
  spec = {},
}: ClusterEnvironment): Record<string, string> {
  const directory = `environments/${name}`;
  return {
    [`${directory}/main.jsonnet`]: typeof main === 'string' ? main : JSON.stringify(main),
    [`${directory}/spec.json`]: JSON.stringify({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: directory },
      spec: { apiServer, namespace: 'default', injectLabels: true, ...spec },
    }),
  };
}
