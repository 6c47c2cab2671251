import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';

/**
 * Finds an object without a name: tk asks only that `metadata.name` or `metadata.generateName` is a string, but the
 * API server takes an empty one for absent. Source: BeforeCreate in k8s.io/apiserver pkg/registry/rest/create.go.
 */
export function nameFindings({ value, resource }: Manifest): Finding[] {
  const { metadata } = value as { metadata?: { name?: unknown; generateName?: unknown } };
  const { name, generateName } = metadata ?? {};
  const hasEmpty = name === '' || generateName === '';
  if (Boolean(name) || Boolean(generateName) || !hasEmpty) return [];
  return [
    {
      code: 'schema/missing-field',
      severity: FINDING_CODES['schema/missing-field'].severity,
      message:
        name === '' ? 'the name is empty' : 'the generateName is empty, and there is no name',
      resource,
      path: ['metadata', name === '' ? 'name' : 'generateName'],
      fault: 'value',
      value: '',
      expected: 'the name of the object',
      hint: 'Name the object; or set metadata.generateName, from which the API server makes a name.',
    },
  ];
}
