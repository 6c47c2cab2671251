import type { Fact } from '../../model/library/type-words.ts';

/** A field of what is explained. */
export interface ExplainedField {
  readonly name: string;
  /** In words: `array of Container`. */
  readonly type: string;
  readonly required: boolean;
  /** The values that are allowed; empty when they are not listed. */
  readonly values: readonly string[];
  readonly description: string;
}

/** What there is to say of an object or a field. */
export interface Explanation {
  readonly library: string;
  /** How programs import it: `local k = import 'k.libsonnet';`. */
  readonly import: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Where its objects live; undefined for a part of kinds. */
  readonly scope: 'namespaced' | 'cluster' | undefined;
  /** From the object to the field; empty for the object. */
  readonly path: readonly string[];
  readonly type: string;
  readonly required: boolean;
  readonly values: readonly string[];
  readonly facts: readonly Fact[];
  readonly description: string;
  readonly fields: readonly ExplainedField[];
  /** Calls as programs write them: `k.apps.v1.deployment.spec.withReplicas(replicas)`. */
  readonly functions: readonly string[];
  /** The object of the library that its items are, such as `core/v1/container`. */
  readonly items: string | undefined;
  /** Where else there is one of this group: other versions, other libraries. */
  readonly others: readonly string[];
}
