/**
 * Joins two orders of keys: that of `after`, in which each key that is only in `before` stands behind the key that it
 * stood behind there.
 *
 * @param before each key once.
 * @param after each key once.
 */
export function mergeOrder(before: readonly string[], after: readonly string[]): string[] {
  const later = new Set(after);
  const behind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const key of before)
    if (later.has(key)) last = key;
    else behind.set(last, [...(behind.get(last) ?? []), key]);
  return [
    ...(behind.get(undefined) ?? []),
    ...after.flatMap((key) => [key, ...(behind.get(key) ?? [])]),
  ];
}
