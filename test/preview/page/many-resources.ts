/** The YAML of many ConfigMaps in four namespaces: `app-0` and so on. */
export function manyResources(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    [
      'apiVersion: v1',
      'data:',
      '  value: "1"',
      'kind: ConfigMap',
      'metadata:',
      `  name: app-${index}`,
      `  namespace: team-${Math.floor((4 * index) / count)}`,
      '',
    ].join('\n'),
  ).join('---\n');
}
