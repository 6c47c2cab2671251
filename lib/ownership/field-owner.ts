import type { Path, ResourceId } from '../finding/finding.ts';

/** Who wrote a field of a live object, from its `metadata.managedFields`. */
export interface FieldOwner {
  /** Such as `kubectl-client-side-apply`, `kube-controller-manager`, `tanka`. */
  readonly manager: string;
  /** `Apply`: server-side apply; `Update`: any other write. */
  readonly operation: 'Apply' | 'Update';
  /** Such as `scale` or `status`. */
  readonly subresource?: string;
  /** When it wrote last, RFC 3339. */
  readonly time?: string;
}

/** A field that server-side apply would not write, since somebody else has it with another value. */
export interface FieldConflict {
  readonly resource: ResourceId;
  /** The field, with keys of list items as the API server writes them: `.spec.template.spec.containers[name="web"].image`. */
  readonly field: string;
  /** The same as members and indices of the object that is applied, when it can be found there. */
  readonly path?: Path;
  readonly owner: FieldOwner;
  /** What the cluster has, as JSON, and `(secret)` in place of a value of a Secret; absent when it is not a single value. */
  readonly live?: string;
  /** What would be applied, in the same way. */
  readonly applied?: string;
}
