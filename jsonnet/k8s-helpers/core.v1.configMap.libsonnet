{
  // A ConfigMap with these data, none when they are empty.
  new(name, data={})::
    assert std.isString(name) : 'configMap.new: name must be a string' + check.got(name);
    assert check.fits('configMap.new: data', check.stringMap, data);
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata+: { name: name },
      [if data != {} then 'data']: data,
    },

  // Sets data; nothing when they are empty.
  withData(data)::
    assert check.fits('configMap.withData: data', check.stringMap, data);
    if data != {} then { data: data } else {},

  // Adds to data; nothing when there is nothing to add.
  withDataMixin(data)::
    assert check.fits('configMap.withDataMixin: data', check.stringMap, data);
    if data != {} then { data+: data } else {},
}
