import type { ResourceId } from '../finding/finding.ts';

/** What happened to a resource, or to a value in it. */
export type ChangeKind = 'added' | 'changed' | 'removed';

/** The members that tell an item of a list map from its neighbours, such as `{ name: 'https' }`. */
export interface ItemKey {
  readonly keys: Readonly<Record<string, string | number | boolean>>;
}

/** A member name, the index of an item, or the key of an item in a list map. */
export type ChangeStep = string | number | ItemKey;

/** One value that differs between two renders of a resource. */
export interface ValueChange {
  readonly kind: ChangeKind;
  /** From the root of the manifest inwards. An index counts in the later list, that of a removed item in the earlier. */
  readonly path: readonly ChangeStep[];
  /** Absent when it was added, and when it is secret. */
  readonly before?: unknown;
  /** Absent when it was removed, and when it is secret. */
  readonly after?: unknown;
  /** Items of a list map changed places: `before` and `after` are the steps of those that are in both, in their order. */
  readonly isOrder?: true;
  /** The value may not be shown; that it changed may. */
  readonly secret: boolean;
}

/** A resource that differs between two renders of an environment. */
export interface ResourceChange {
  readonly kind: ChangeKind;
  /** As it is after the change; as it was when it was removed. */
  readonly resource: ResourceId;
  /** What differs in a resource that was changed; empty for one that was added or removed. */
  readonly values: readonly ValueChange[];
}
