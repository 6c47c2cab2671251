import { ACCEPTANCE_CODES } from './codes/acceptance.ts';
import type { CodeEntry } from './codes/code-entry.ts';
import { GATEWAYS_CODES } from './codes/gateways.ts';
import { IDENTITY_CODES } from './codes/identity.ts';
import { SECRETS_CODES } from './codes/secrets.ts';
import { WORKLOADS_CODES } from './codes/workloads.ts';
import { YAML_CODES } from './codes/yaml.ts';

/**
 * Every code that a finding can have, `area/what`, with its severity and title.
 * The reference page of findings is generated from this table.
 */
export const FINDING_CODES = {
  'jsonnet/assert': {
    severity: 'error',
    title: 'An assert in the Jsonnet failed, such as the type check of a mixin parameter.',
  },
  'jsonnet/evaluation': {
    severity: 'error',
    title:
      'The Jsonnet could not be evaluated: a runtime error, a missing import or an unknown field.',
  },
  'jsonnet/syntax': {
    severity: 'error',
    title: 'The Jsonnet could not be parsed.',
  },
  'jsonnet/format': {
    severity: 'error',
    title: 'A Jsonnet file is not formatted as `tk fmt` does it.',
  },
  'jsonnet/lint': {
    severity: 'warning',
    title: 'A mistake that `tk lint` finds in a Jsonnet file, such as a variable that is not used.',
  },
  'environment/spec': {
    severity: 'error',
    title: 'The spec.json of an environment is not valid.',
  },
  'environment/not-a-manifest': {
    severity: 'error',
    title: 'The environment renders something that is not a Kubernetes manifest.',
  },
  'environment/nested-list': {
    severity: 'error',
    title:
      'A List stands in another List, or in an object with `items`, which tk takes apart or leaves as it is at random.',
  },
  'environment/empty': {
    severity: 'warning',
    title:
      'The environment renders no manifests. An error for validate and apply when -t matches nothing in any environment.',
  },
  ...YAML_CODES,
  'manifest/duplicate': {
    severity: 'error',
    title: 'Two manifests of one environment have the same group, kind, namespace and name.',
  },
  'manifest/namespace': {
    severity: 'error',
    title:
      'A namespaced object has an empty namespace; or a cluster-scoped object has one, a warning, since the API server drops it.',
  },
  'manifest/name': {
    severity: 'error',
    title:
      'A name or namespace that the API server refuses for this kind: its letters, or its length.',
  },
  'manifest/metadata': {
    severity: 'error',
    title:
      'Metadata that the API server refuses: a label key or value, an annotation key, a finalizer, an owner, or too much of it.',
  },
  'manifest/server-field': {
    severity: 'warning',
    title:
      'A field that only the API server or a controller writes, such as status, uid or resourceVersion.',
  },
  'api/deprecated': {
    severity: 'warning',
    title: 'This version of the API is deprecated in the Kubernetes version that is validated for.',
  },
  'api/removed': {
    severity: 'error',
    title:
      'The Kubernetes version that is validated for, or the CRDs of the controller, no longer serve this version of the API.',
  },
  'schema/unknown-kind': {
    severity: 'error',
    title:
      'No schema is known for this apiVersion and kind, so nothing can be said about the object.',
  },
  'schema/unknown-field': {
    severity: 'error',
    title: 'The schema of the kind does not have this field; the API server refuses or drops it.',
  },
  'schema/missing-field': {
    severity: 'error',
    title: 'A field that the schema requires is absent.',
  },
  'schema/wrong-type': {
    severity: 'error',
    title: 'The value has another type than the schema says.',
  },
  'schema/wrong-value': {
    severity: 'error',
    title: 'The value is outside what the schema allows: enum, pattern, format or range.',
  },
  'schema/validation-rule': {
    severity: 'error',
    title:
      'The object breaks a rule of its CRD (x-kubernetes-validations), or the rule has an error for it, with which the API server refuses the object too.',
  },
  'annotation/unknown-key': {
    severity: 'error',
    title:
      "An annotation or label key that no controller reads: under a controller's own prefix, or nearly a known key. A warning under a prefix whose keys are not all known.",
  },
  'annotation/wrong-value': {
    severity: 'error',
    title: 'The value of a known annotation or label is not one that its controller accepts.',
  },
  'annotation/misplaced': {
    severity: 'error',
    title:
      'A known annotation or label on a kind of object where its controller does not look. A warning for a label on a kind that makes no Pods, and for a key that stands where it is read as well.',
  },
  ...IDENTITY_CODES,
  ...SECRETS_CODES,
  ...GATEWAYS_CODES,
  ...WORKLOADS_CODES,
  ...ACCEPTANCE_CODES,
} as const satisfies Record<string, CodeEntry>;

/** The code of a finding: the key of its row in the reference. */
export type FindingCode = keyof typeof FINDING_CODES;
