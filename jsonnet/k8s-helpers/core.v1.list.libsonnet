{
  // A List of objects: one or an array of them.
  new(items)::
    assert std.isArray(items) || std.isObject(items) : 'list.new: items must be an object or an array of objects, got ' + std.type(items);
    { apiVersion: 'v1', kind: 'List' } + self.withItems(items),

  // Adds items: one object or an array of them.
  withItems(items)::
    assert std.isArray(items) || std.isObject(items) : 'list.withItems: items must be an object or an array of objects, got ' + std.type(items);
    { items+: check.asArray(items) },
}
