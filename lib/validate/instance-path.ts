import type { Path } from '../finding/finding.ts';

/**
 * @param pointer JSON pointer (RFC 6901) as ajv writes it: empty, or starting with `/`.
 * @param value what it points into; decides whether `0` is an index or a key.
 */
export function parsePointer(pointer: string, value: unknown): Path {
  if (pointer === '') return [];
  const path: (string | number)[] = [];
  let current = value;
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(current) ? Number(name) : name;
    path.push(step);
    current = memberOf(current, step);
  }
  return path;
}

function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as { [step: string | number]: unknown })[step];
}

/** Orders paths as a reader meets them: indices by number, names by code point, the outer before the inner. */
export function comparePaths(left: Path, right: Path): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareSteps(left[index] as string | number, right[index] as string | number);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareSteps(left: string | number, right: string | number): number {
  if (left === right) return 0;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : 1;
}
