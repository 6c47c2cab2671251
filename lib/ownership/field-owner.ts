import type { ResourceId } from '../finding/finding.ts';

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
  readonly owner: FieldOwner;
  /** What the cluster has, as JSON; absent when it is no single value, or that of a Secret. */
  readonly live?: string;
  /** What would be applied, in the same way. */
  readonly applied?: string;
}

/** What tk writes as with server-side apply. */
export const FIELD_MANAGER = 'tanka';

/** What `kubectl apply` and `tk apply` write as. Source: kubectl v1.36, pkg/cmd/apply; Tanka v0.38.0, pkg/kubernetes/client/apply.go. */
export const OWN_MANAGERS: readonly string[] = [FIELD_MANAGER, 'kubectl-client-side-apply'];
