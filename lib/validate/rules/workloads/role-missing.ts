import type { Rule } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';

const GROUP = 'rbac.authorization.k8s.io';
/** Those that each cluster has. Source: Kubernetes documentation, Using RBAC Authorization, default roles. */
const DEFAULT_ROLES = /^(?:cluster-admin|admin|edit|view|system:.*)$/;

/** Whether each cluster has a ClusterRole of that name. */
export function isDefaultRole(name: string): boolean {
  return DEFAULT_ROLES.test(name);
}

/** A binding to a role that nothing rendered is: it allows nothing. */
export const roleMissing: Rule = {
  ...kindRule(
    'workloads/role-missing',
    [`${GROUP}/RoleBinding`, `${GROUP}/ClusterRoleBinding`],
    function* (object, objects) {
      const reference = object.at('roleRef');
      const { kind, name } = reference.fields;
      if (typeof name !== 'string' || name === '' || (kind !== 'Role' && kind !== 'ClusterRole'))
        return;
      const { namespace } = object.on.resource;
      const where = kind === 'Role' ? { namespace, name } : { name };
      if (objects.find(GROUP, kind, where) !== undefined) return;
      if (kind === 'ClusterRole' && isDefaultRole(name)) return;
      // A namespace on a ClusterRole is dropped by the API server.
      if (
        kind === 'ClusterRole' &&
        objects.of(GROUP, kind).some(({ resource }) => resource.name === name)
      )
        return;
      const place = kind === 'Role' ? ` in the namespace ${namespace ?? ''}` : '';
      yield reference.at('name').wrong(`no ${kind} ${name} is rendered${place}`, {
        hint: 'Render it here; when the cluster or another environment has it, accept this finding.',
      });
    },
  ),
  looksForAbsence: true,
};
