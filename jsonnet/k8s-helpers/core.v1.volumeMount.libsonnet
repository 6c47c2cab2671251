{
  // Where a container sees a volume.
  new(name, mountPath, readOnly=false)::
    assert std.isString(name) : 'core.v1.volumeMount.new: name must be a string' + check.got(name);
    assert std.isString(mountPath) : 'core.v1.volumeMount.new: mountPath must be a string' + check.got(mountPath);
    assert std.isBoolean(readOnly) : 'core.v1.volumeMount.new: readOnly must be true or false' + check.got(readOnly);
    { name: name, mountPath: mountPath, [if readOnly then 'readOnly']: true },
}
