{
  // A Secret; the values of data are in base64.
  new(name, data, type='Opaque')::
    assert std.isString(name) : 'secret.new: name must be a string' + check.got(name);
    local limits = import '../../limits.libsonnet';
    assert check.fits('secret.new: data', limits.secretMap(limits.secretText({ format: 'byte' })), data);
    assert std.isString(type) : 'secret.new: type must be a string' + check.got(type);
    { apiVersion: 'v1', kind: 'Secret', metadata+: { name: name }, data: data, type: type },
}
