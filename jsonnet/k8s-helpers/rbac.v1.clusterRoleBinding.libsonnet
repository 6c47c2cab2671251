{
  // Sets roleRef to a Role or ClusterRole, given as an object.
  bindRole(role)::
    assert std.isObject(role) && 'apiVersion' in role && 'kind' in role && 'metadata' in role && std.isObject(role.metadata) && 'name' in role.metadata : 'clusterRoleBinding.bindRole: role must be a Role or ClusterRole with a name' + check.got(role);
    { roleRef: { name: role.metadata.name, kind: role.kind, apiGroup: std.split(role.apiVersion, '/')[0] } },
}
