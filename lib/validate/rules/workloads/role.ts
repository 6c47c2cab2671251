import type { Rule, RuleFinding } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

/** What a role allows. Source: k8s.io/kubernetes v1.36.3 pkg/apis/rbac/validation, ValidatePolicyRule. */
export const role: Rule = kindRule(
  'workloads/role',
  ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'],
  function* (object) {
    const isNamespaced = object.fields['kind'] === 'Role';
    for (const rule of object.at('rules').items) yield* ruleFaults(rule, isNamespaced);
    const selectors = object.in('aggregationRule', 'clusterRoleSelectors');
    if (object.has('aggregationRule') && selectors.items.length === 0)
      yield selectors.missing('aggregationRule has no clusterRoleSelectors');
  },
  { reads: ({ fields }) => [fields['kind'], fields['rules'], fields['aggregationRule']] },
);

function* ruleFaults(rule: Place, isNamespaced: boolean): Iterable<RuleFinding> {
  const urls = rule.at('nonResourceURLs');
  if (isEmpty(rule.at('verbs'))) yield rule.at('verbs').missing('the rule has no verbs');
  if (isEmpty(urls)) {
    if (isEmpty(rule.at('apiGroups')))
      yield rule.at('apiGroups').missing('the rule has no apiGroups; [""] is the core group');
    if (isEmpty(rule.at('resources')))
      yield rule.at('resources').missing('the rule has no resources');
    return;
  }
  if (isNamespaced)
    yield urls.extra('a Role cannot allow nonResourceURLs, which are in no namespace');
  const other = ['apiGroups', 'resources', 'resourceNames'].find(
    (field) => !isEmpty(rule.at(field)),
  );
  if (other !== undefined)
    yield urls.extra(`the rule has nonResourceURLs and ${other}: make it two rules`);
}

function isEmpty(list: Place): boolean {
  return !Array.isArray(list.value) || list.value.length === 0;
}
