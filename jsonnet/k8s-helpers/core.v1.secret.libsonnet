{
  // A Secret; the values of data are in base64.
  new(name, data, type='Opaque')::
    assert std.isString(name) : 'core.v1.secret.new: name must be a string' + check.got(name);
    assert std.isObject(data) && std.length([key for key in std.objectFields(data) if !std.isString(data[key])]) == 0 : 'core.v1.secret.new: data must be an object of strings in base64' + check.gotSecret(data);
    assert std.isString(type) : 'core.v1.secret.new: type must be a string' + check.got(type);
    { apiVersion: 'v1', kind: 'Secret', metadata+: { name: name }, data: data, type: type },
}
