{
  // An environment variable with a value.
  new(name, value)::
    assert std.isString(name) : 'envVar.new: name must be a string' + check.got(name);
    assert std.isString(value) : 'envVar.new: value must be a string, got ' + std.type(value);
    { name: name, value: value },

  // An environment variable whose value is in a Secret.
  fromSecretRef(name, secretRefName, secretRefKey)::
    assert std.isString(name) : 'envVar.fromSecretRef: name must be a string' + check.got(name);
    assert std.isString(secretRefName) : 'envVar.fromSecretRef: secretRefName must be a string' + check.got(secretRefName);
    assert std.isString(secretRefKey) : 'envVar.fromSecretRef: secretRefKey must be a string' + check.got(secretRefKey);
    { name: name, valueFrom+: { secretKeyRef+: { name: secretRefName, key: secretRefKey } } },

  // An environment variable whose value is a field of the Pod.
  fromFieldPath(name, fieldPath)::
    assert std.isString(name) : 'envVar.fromFieldPath: name must be a string' + check.got(name);
    assert std.isString(fieldPath) : 'envVar.fromFieldPath: fieldPath must be a string' + check.got(fieldPath);
    { name: name, valueFrom+: { fieldRef+: { fieldPath: fieldPath } } },
}
