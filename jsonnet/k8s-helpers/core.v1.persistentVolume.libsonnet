{
  // A PersistentVolume; its name may be set later.
  new(name='')::
    assert std.isString(name) : 'persistentVolume.new: name must be a string' + check.got(name);
    { apiVersion: 'v1', kind: 'PersistentVolume', [if name != '' then 'metadata']+: { name: name } },
}
