{
  // The subject that is this ServiceAccount, given as an object with name and namespace.
  fromServiceAccount(service_account)::
    assert std.isObject(service_account) && 'metadata' in service_account && std.isObject(service_account.metadata) && 'name' in service_account.metadata && 'namespace' in service_account.metadata : 'subject.fromServiceAccount: service_account must be a ServiceAccount with a name and a namespace' + check.got(service_account);
    { kind: 'ServiceAccount', name: service_account.metadata.name, namespace: service_account.metadata.namespace },
}
