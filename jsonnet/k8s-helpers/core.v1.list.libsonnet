{
  // A List of objects: one or an array of them.
  new(items)::
    assert std.isArray(items) || std.isObject(items) : 'core.v1.list.new: items must be an object or an array of objects' + check.gotSecret(items);
    { apiVersion: 'v1', kind: 'List' } + self.withItems(items),

  // Adds items: one object or an array of them.
  withItems(items)::
    assert std.isArray(items) || std.isObject(items) : 'core.v1.list.withItems: items must be an object or an array of objects' + check.gotSecret(items);
    { items+: if std.isArray(items) then items else [items] },
}
