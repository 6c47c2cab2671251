import type { Path } from '../finding/finding.ts';
import { isRecord } from '../manifest/is-record.ts';

/** A value in an object, and where it stands. */
export interface Resolved {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Finds the value that the API server means by the text of a field.
 *
 * Names are not quoted in it: of those that the object has, the longest that fits is taken, so that
 * `.metadata.annotations.example.com/a` is found.
 *
 * @param field such as `.spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]`. Source of the format:
 *   sigs.k8s.io/structured-merge-diff v6, fieldpath.Path.String.
 * @returns undefined when the object has no such field.
 */
export function resolveField(object: unknown, field: string): Resolved | undefined {
  let value = object;
  let rest = field;
  const path: (string | number)[] = [];
  while (rest !== '') {
    const step = nextStep(value, rest);
    if (step === undefined) return undefined;
    path.push(step.key);
    ({ value, rest } = step);
  }
  return { path, value };
}

interface Step {
  readonly key: string | number;
  readonly value: unknown;
  readonly rest: string;
}

function nextStep(value: unknown, rest: string): Step | undefined {
  if (rest.startsWith('.') && isRecord(value)) {
    const key = Object.keys(value)
      .filter((name) => rest.startsWith(name, 1) && /^[.[]|^$/.test(rest.slice(1 + name.length)))
      .sort((one, other) => other.length - one.length)[0];
    return key === undefined
      ? undefined
      : { key, value: value[key], rest: rest.slice(1 + key.length) };
  }
  const item = /^\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/.exec(rest);
  if (item === null || !Array.isArray(value)) return undefined;
  const index = itemIndex(value, item[1] ?? '');
  return index === -1
    ? undefined
    : { key: index, value: value[index] as unknown, rest: rest.slice(item[0].length) };
}

/** `3`, `="a"` for an item of a set, or `name="web",port=80`. */
function itemIndex(items: readonly unknown[], text: string): number {
  if (/^\d+$/.test(text)) return Number(text) < items.length ? Number(text) : -1;
  if (text.startsWith('='))
    return items.findIndex((item) => JSON.stringify(item) === text.slice(1));
  const keys = [...text.matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  return items.findIndex(
    (item) =>
      isRecord(item) && keys.every(([, name = '', value]) => JSON.stringify(item[name]) === value),
  );
}
