/** What a test's CRD has in its spec; `apiVersion` is that of the CRD itself. */
export interface CrdShape {
  readonly apiVersion?: string;
  readonly [field: string]: unknown;
}

/** A CustomResourceDefinition of `my-group.example.com/v1 Foo` as JSON, changed by `shape`; undefined leaves out. */
export function crd({ apiVersion = 'apiextensions.k8s.io/v1', ...shape }: CrdShape): string {
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } };
  return JSON.stringify({
    apiVersion,
    kind: 'CustomResourceDefinition',
    metadata: { name: 'foos.my-group.example.com' },
    spec: {
      group: 'my-group.example.com',
      scope: 'Namespaced',
      names: { kind: 'Foo', plural: 'foos' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
      ...shape,
    },
  });
}
