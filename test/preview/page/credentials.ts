/** How many credentials there are in one `mainWithCredentials`. */
const COUNT = 11;

function credential(nth: number): string {
  return `hunter2-${nth}-do-not-show`;
}

/**
 * A main.jsonnet with every place where people write credentials.
 *
 * @param from number of the first credential: no other ones are the same.
 */
export function mainWithCredentials(from: number): string {
  const v = (nth: number): string => credential(from + nth);
  return `
local meta(name) = { name: name, namespace: 'default' };
{
  data: { apiVersion: 'v1', kind: 'Secret', metadata: meta('data'), data: { p: std.base64('${v(0)}') } },
  text: { apiVersion: 'v1', kind: 'Secret', metadata: meta('text'), stringData: { p: '${v(1)}', lines: 'a\\n${v(2)}\\n' } },
  docker: { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/dockerconfigjson', metadata: meta('docker'),
    data: { '.dockerconfigjson': std.base64(std.manifestJson({ auths: { x: {
      auth: std.base64('me:${v(3)}'), password: '${v(3)}' } } })) } },
  sealed: { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: meta('sealed'),
    spec: { encryptedData: { p: 'AgB-encrypted-may-show' }, template: { data: { p: '${v(4)}' } } } },
  external: { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: meta('external'),
    spec: { secretStoreRef: { name: 's' }, target: { template: { data: { p: '${v(5)}', q: '{{ .may_show }}' } } },
      data: [{ secretKey: 'a', remoteRef: { key: 'b' } }] } },
  wrong: { apiVersion: 'v1', kind: 'Secret', metadata: meta('wrong'), data: ['${v(6)}'] },
  applied: { apiVersion: 'v1', kind: 'Secret', metadata: meta('applied') + { annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"${v(7)}"}}' } } },
  web: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('web'), spec: {
    replicas: ${from + 1}, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: {
      containers: [{ name: 'web', image: 'web:1', env: [
        { name: 'DB_PASSWORD', value: '${v(8)}' },
        { name: 'DATABASE', value: 'postgres://me:${v(9)}@db/x' },
        { name: 'API_TOKEN', value: ['${v(10)}'] },
        { name: 'LOG', value: 'may-show' },
      ] }] } } } },
}`;
}

/** What may not be seen of the credentials from a number on: they themselves, and how Secrets encode them. */
export function credentialForms(from: number): string[] {
  const encode = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return Array.from({ length: COUNT }, (_, nth) => credential(from + nth)).flatMap((value) => [
    value,
    encode(value),
    encode(`me:${value}`),
  ]);
}
