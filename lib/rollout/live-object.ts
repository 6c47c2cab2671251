import { isRecord } from '../manifest/is-record.ts';

/** An object as the API server has it: `apiVersion`, `kind`, `metadata`, and `status` when its controller wrote one. */
export type LiveObject = Readonly<Record<string, unknown>>;

/** Something that a controller says of an object in `status.conditions`. */
export interface Condition {
  readonly type: string;
  /** `True`, `False` or `Unknown`. */
  readonly status: string;
  /** One word, or empty. */
  readonly reason: string;
  /** For people, or empty. */
  readonly message: string;
  /** `metadata.generation` of the object that was looked at, when the controller says it. */
  readonly observedGeneration: number | undefined;
}

/** An object from JSON, undefined when the text is something else. */
export function parseObject(text: string): LiveObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a field, undefined when it or what holds it is not there. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
}

/** A number of an object, `otherwise` when there is none. */
export function numberOf(value: unknown, path: readonly string[], otherwise = 0): number {
  const found = fieldOf(value, ...path);
  return typeof found === 'number' ? found : otherwise;
}

/** A text of an object, empty when there is none. */
export function textOf(value: unknown, ...path: readonly string[]): string {
  const found = fieldOf(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The objects of a list in an object, none when there is no such list. */
export function itemsOf(value: unknown, ...path: readonly string[]): readonly LiveObject[] {
  const found = fieldOf(value, ...path);
  return Array.isArray(found) ? found.filter((item) => isRecord(item)) : [];
}

/** The conditions of a status, in its order. */
export function conditionsOf(status: unknown): readonly Condition[] {
  return itemsOf(status, 'conditions').map((condition) => {
    const observed = condition['observedGeneration'];
    return {
      type: textOf(condition, 'type'),
      status: textOf(condition, 'status'),
      reason: textOf(condition, 'reason'),
      message: textOf(condition, 'message'),
      observedGeneration: typeof observed === 'number' ? observed : undefined,
    };
  });
}

/** The condition of an object that has a type, when it has it. */
export function conditionOf(object: LiveObject, type: string): Condition | undefined {
  return conditionsOf(object['status']).find((condition) => condition.type === type);
}

/** The group of an `apiVersion`; the core group is empty. */
export function groupOf(object: { readonly apiVersion?: unknown }): string {
  const version = textOf(object, 'apiVersion');
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
}

/** Reason and message of a condition, of an event or of a container: `Reason: message`, or the one that there is. */
export function reasonText({ reason, message }: { reason: string; message: string }): string {
  return [reason, message].filter((text) => text !== '').join(': ');
}
