{
  // A ConfigMap with these data, none when they are empty.
  new(name, data={})::
    assert std.isString(name) : 'core.v1.configMap.new: name must be a string' + check.got(name);
    assert std.isObject(data) && std.length([key for key in std.objectFields(data) if !std.isString(data[key])]) == 0 : 'core.v1.configMap.new: data must be an object of strings' + check.gotSecret(data);
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata+: { name: name },
      [if data != {} then 'data']: data,
    },

  // Sets data; nothing when they are empty.
  withData(data)::
    assert std.isObject(data) && std.length([key for key in std.objectFields(data) if !std.isString(data[key])]) == 0 : 'core.v1.configMap.withData: data must be an object of strings' + check.gotSecret(data);
    if data != {} then { data: data } else {},

  // Adds to data; nothing when there is nothing to add.
  withDataMixin(data)::
    assert std.isObject(data) && std.length([key for key in std.objectFields(data) if !std.isString(data[key])]) == 0 : 'core.v1.configMap.withDataMixin: data must be an object of strings' + check.gotSecret(data);
    if data != {} then { data+: data } else {},
}
