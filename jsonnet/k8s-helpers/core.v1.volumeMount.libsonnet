{
  // Where a container sees a volume.
  new(name, mountPath, readOnly=false)::
    assert std.isString(name) : 'volumeMount.new: name must be a string' + check.got(name);
    assert std.isString(mountPath) : 'volumeMount.new: mountPath must be a string' + check.got(mountPath);
    assert std.isBoolean(readOnly) : 'volumeMount.new: readOnly must be true or false' + check.got(readOnly);
    { name: name, mountPath: mountPath, [if readOnly then 'readOnly']: true },
}
