/** The spec.json of every environment that is measured. */
export const SPEC = JSON.stringify({
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'bench' },
  spec: { namespace: 'default' },
});
