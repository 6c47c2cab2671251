import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, isNamed } from './support/checks.ts';
import { pathSegmentFault, subdomainFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** Who is bound to which role. Source: k8s.io/kubernetes v1.36.3 pkg/apis/rbac/validation, ValidateRoleBinding. */
export const roleBinding: Rule = kindRule(
  'workloads/role-binding',
  [`${GROUP}/RoleBinding`, `${GROUP}/ClusterRoleBinding`],
  function* (object) {
    const isCluster = object.fields['kind'] === 'ClusterRoleBinding';
    const reference = object.at('roleRef');
    const kinds = isCluster ? ['ClusterRole'] : ['Role', 'ClusterRole'];
    const kind = reference.at('kind');
    if (kind.text !== undefined && !kinds.includes(kind.text))
      yield kind.wrong(`roleRef is of the kind "${kind.text}", and must be ${kinds.join(' or ')}`, {
        expected: kinds.join(', '),
      });
    yield* isGroup(reference.at('apiGroup'));
    if (reference.has('name'))
      yield* isNamed(reference.at('name'), 'name of the role', pathSegmentFault);
    for (const subject of object.at('subjects').items) yield* subjectFaults(subject, isCluster);
  },
);

/** Without a group, the one of roles is meant. */
function* isGroup(group: Place): Iterable<RuleFinding> {
  if (group.isEmpty || group.value === GROUP) return;
  yield group.wrong(`apiGroup is "${String(group.value)}", and must be ${GROUP}`, {
    expected: GROUP,
  });
}

function* subjectFaults(subject: Place, isCluster: boolean): Iterable<RuleFinding> {
  const kind = subject.at('kind').text;
  const name = subject.at('name');
  const group = subject.at('apiGroup');
  if (name.value === '') yield name.missing('the name of the subject is empty');
  if (kind === 'User' || kind === 'Group') yield* isGroup(group);
  else if (kind === 'ServiceAccount') {
    yield* hasForm(name, 'name of the ServiceAccount', subdomainFault);
    if (!group.isEmpty) yield group.wrong('a ServiceAccount as a subject has the empty apiGroup');
    const namespace = subject.at('namespace');
    if (isCluster && namespace.isEmpty)
      yield namespace.missing(
        'a ServiceAccount as a subject of a ClusterRoleBinding needs its namespace',
      );
  } else if (kind !== undefined)
    yield subject
      .at('kind')
      .wrong(`the subject is of the kind "${kind}"`, { expected: 'User, Group or ServiceAccount' });
}
