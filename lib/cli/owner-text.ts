import type { FieldOwner } from '../ownership/field-owner.ts';

/** Who wrote a field, how, and when: `kubectl-edit (Update) at 2026-11-22T10:00:00Z`. */
export function ownerText({ manager, operation, subresource, time }: FieldOwner): string {
  const how = subresource === undefined ? operation : `${operation} of ${subresource}`;
  return `${manager} (${how})${time === undefined ? '' : ` at ${time}`}`;
}
