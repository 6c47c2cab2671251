/**
 * Computes once for an object what several rules look at.
 *
 * @returns a function that computes when it is first asked about an object, and then remembers.
 */
export function remembered<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: compute(key) };
      known.set(key, found);
    }
    return found.value;
  };
}

/** More than the different texts of one sort that an environment has. */
const MOST_TEXTS = 10_000;

/**
 * Computes once for a text what is asked about it again and again.
 *
 * @returns a function that forgets what it knows when it knows ten thousand texts.
 */
export function perText<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = { value: compute(text) };
      if (known.size >= MOST_TEXTS) known.clear();
      known.set(text, found);
    }
    return found.value;
  };
}
