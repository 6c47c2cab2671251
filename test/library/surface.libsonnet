// What can be called in a library: each function with the number of arguments it needs and what its documentation says
// of them, and each object that has `mixin`.
function(library)
  local entriesOf(object, path) = std.flattenArrays([
    local value = object[field];
    local here = path + [field];
    if std.isFunction(value) then [{
      path: here,
      required: std.length(value),
      args: std.get(std.get(std.get(object, '#' + field, {}), 'function', {}), 'args'),
    }]
    else if std.isObject(value) then entriesOf(value, here)
    else []
    for field in std.objectFieldsAll(object)
    if !std.startsWith(field, '#') && field != 'mixin'
  ]) + (
    local mixin = std.get(object, 'mixin');
    if std.isObject(mixin) && std.objectFieldsAll(mixin) == std.objectFieldsAll(object)
    then [{ path: path + ['mixin'], required: 0 }]
    else []
  );

  entriesOf(library, [])
