import type { Path } from '../../../finding/finding.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { itemsOf } from './shared/containers.ts';
import { KOPS_PERMISSIONS, kopsClusters, kopsPermissions } from './shared/kops.ts';
import { textIn } from './shared/service-account.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A permission of a ServiceAccount that kOps refuses. Source: kOps v1.36.2, validateSAExternalPermissions. */
export const kopsPermission: Rule = {
  code: 'identity/kops-permission',
  *check(objects) {
    for (const cluster of kopsClusters(objects))
      for (const { item, index } of kopsPermissions(cluster)) {
        const at = [...KOPS_PERMISSIONS, index];
        yield* nameFindings(cluster, item, at);
        yield* policyFindings(cluster, item['aws'], [...at, 'aws']);
      }
  },
};

function* nameFindings(on: Manifest, item: Fields, at: Path): Iterable<RuleFinding> {
  for (const field of ['name', 'namespace'])
    if (textIn(item, field) === undefined)
      yield {
        on,
        path: [...at, field],
        fault: 'missing',
        message: `kOps needs the ${field} of the ServiceAccount`,
        expected: field,
      };
  const name = textIn(item, 'name');
  if (name?.includes('*') === true)
    yield {
      on,
      path: [...at, 'name'],
      fault: 'value',
      value: name,
      message: 'kOps takes a wildcard in the namespace, not in the name of a ServiceAccount',
      expected: 'the name of one ServiceAccount',
    };
}

function* policyFindings(on: Manifest, aws: unknown, path: Path): Iterable<RuleFinding> {
  const { policyARNs, inlinePolicy } = isRecord(aws) ? aws : {};
  const expected = 'one of policyARNs and inlinePolicy';
  const hasArns = itemCount(policyARNs) > 0;
  const hasInline = (inlinePolicy ?? '') !== '';
  if (!hasArns && !hasInline)
    yield isRecord(aws)
      ? {
          on,
          path: [...path, 'policyARNs'],
          fault: 'missing',
          message: 'kOps needs policyARNs or inlinePolicy',
          expected,
        }
      : {
          on,
          path,
          fault: 'missing',
          message: 'kOps needs aws, what the ServiceAccount may do',
          expected,
        };
  else if (hasArns && hasInline)
    yield {
      on,
      path: [...path, 'inlinePolicy'],
      fault: 'key',
      message: 'kOps takes policyARNs or inlinePolicy, not both',
      expected,
    };
  else if (typeof inlinePolicy === 'string' && !isListOfStatements(inlinePolicy))
    yield {
      on,
      path: [...path, 'inlinePolicy'],
      fault: 'value',
      message:
        'inlinePolicy must be a JSON list of statements as text, without the policy around it',
      expected: '[{"Effect": "Allow", "Action": [...], "Resource": [...]}]',
    };
}

function itemCount(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function isListOfStatements(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && itemsOf(parsed).length === parsed.length;
  } catch {
    return false;
  }
}
