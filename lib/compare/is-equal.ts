/**
 * Whether two values of manifests are the same, whatever the order of members. It is several times as fast as
 * `isDeepStrictEqual` of Node, which looks at prototypes and kinds of objects that YAML does not have.
 */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  if (Array.isArray(one) || Array.isArray(other)) return isEqualList(one, other);
  return isEqualObject(one as Record<string, unknown>, other as Record<string, unknown>);
}

function isEqualObject(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const names = Object.keys(one);
  const others = Object.keys(other);
  // tk sorts the members, so that the same name mostly stands at the same place.
  return (
    names.length === others.length &&
    names.every(
      (name, index) =>
        (name === others[index] || Object.hasOwn(other, name)) && isEqual(one[name], other[name]),
    )
  );
}

function isEqualList(one: object, other: object): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, index) => isEqual(item, other[index]));
}
