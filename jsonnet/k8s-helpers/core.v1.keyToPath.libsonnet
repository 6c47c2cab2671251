{
  // A key, and the path of the file that it becomes in a volume.
  new(key, path)::
    assert std.isString(key) : 'keyToPath.new: key must be a string' + check.got(key);
    assert std.isString(path) : 'keyToPath.new: path must be a string' + check.got(path);
    { key: key, path: path },
}
