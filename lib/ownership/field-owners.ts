import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../manifest/is-record.ts';
import type { FieldOwner } from './field-owner.ts';

/** A member, the index of an item, or the members that tell an item of a list map from its neighbours. */
export type OwnedStep = string | number | { readonly keys: Readonly<Record<string, unknown>> };

/**
 * Who has a field of a live object. Nobody has a field that the API server filled in by itself.
 *
 * @param object as the API server gives it, with `metadata.managedFields`.
 * @param path of the field. An atomic list or map belongs to those who have it as a whole.
 * @returns the newest first.
 */
export function fieldOwners(
  object: Readonly<Record<string, unknown>>,
  path: readonly OwnedStep[],
): FieldOwner[] {
  return managedFields(object)
    .filter(({ fields }) => owns(fields, path))
    .map(({ owner }) => owner)
    .sort((one, other) => (other.time ?? '').localeCompare(one.time ?? ''));
}

/** All who have fields of a live object, the newest first. */
export function objectOwners(object: Readonly<Record<string, unknown>>): FieldOwner[] {
  return managedFields(object)
    .map(({ owner }) => owner)
    .sort((one, other) => (other.time ?? '').localeCompare(one.time ?? ''));
}

interface ManagedFields {
  readonly owner: FieldOwner;
  /** A tree: `f:NAME` is a member, `k:{JSON}` an item by its keys, `v:JSON` an item of a set, `i:N` an item by index. */
  readonly fields: unknown;
}

/** Source: Kubernetes v1.36, ManagedFieldsEntry and FieldsV1 in k8s.io/apimachinery, pkg/apis/meta/v1/types.go. */
function managedFields({ metadata }: Readonly<Record<string, unknown>>): ManagedFields[] {
  const entries = isRecord(metadata) ? metadata['managedFields'] : undefined;
  if (!Array.isArray(entries)) return [];
  return entries.filter(isRecord).map((entry) => {
    const { manager, operation, subresource, time, fieldsV1 } = entry;
    const owner: FieldOwner = {
      manager: String(manager),
      operation: operation === 'Apply' ? 'Apply' : 'Update',
      ...(typeof subresource === 'string' && subresource !== '' ? { subresource } : {}),
      ...(typeof time === 'string' ? { time } : {}),
    };
    return { owner, fields: fieldsV1 };
  });
}

function owns(fields: unknown, [step, ...rest]: readonly OwnedStep[]): boolean {
  if (!isRecord(fields)) return false;
  if (step === undefined) return true;
  // A leaf above the field: an atomic list or map.
  if (Object.keys(fields).length === 0) return true;
  const child = childOf(fields, step);
  return child !== undefined && owns(child, rest);
}

function childOf(fields: Readonly<Record<string, unknown>>, step: OwnedStep): unknown {
  if (typeof step === 'string') return fields[`f:${step}`];
  if (typeof step === 'number') return fields[`i:${step}`];
  const key = Object.keys(fields).find(
    (name) => name.startsWith('k:') && isDeepStrictEqual(JSON.parse(name.slice(2)), step.keys),
  );
  return key === undefined ? undefined : fields[key];
}
