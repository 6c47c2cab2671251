import { mapValues } from '../map-nodes.ts';
import type { Node, SchemaModel } from '../node.ts';

/**
 * Fields that Kubernetes' OpenAPI lists as required although the API server fills them in.
 * Found by sending mutated manifests to kube-apiserver 1.36.3 (`dryRun=All&fieldValidation=Strict`); the
 * defaulting is SetDefaults_RoleBinding in k8s.io/kubernetes pkg/apis/rbac/v1/defaults.go.
 */
const DEFAULTED: { readonly [definition: string]: readonly string[] } = {
  'io.k8s.api.rbac.v1.RoleRef': ['apiGroup'],
};

/** Makes the fields optional that the API server fills in. */
export function dropServerDefaultedRequired(model: SchemaModel): SchemaModel {
  return { ...model, definitions: mapValues(model.definitions, dropRequired) };
}

function dropRequired(node: Node, name: string): Node {
  const defaulted = Object.hasOwn(DEFAULTED, name) ? DEFAULTED[name] : undefined;
  if (defaulted === undefined || node.type !== 'object') return node;
  return { ...node, required: node.required.filter((field) => !defaulted.includes(field)) };
}
