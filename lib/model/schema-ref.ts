const REF = /^#\/(?:definitions|components\/schemas|\$defs)\/([^/]+)$/;

/**
 * @param ref a JSON Schema reference, such as `#/components/schemas/io.k8s.api.core.v1.Pod`.
 * @returns the name of the definition; undefined when the reference leads elsewhere.
 */
export function definitionName(ref: string): string | undefined {
  const name = REF.exec(ref)?.[1];
  if (name === undefined) return undefined;
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
