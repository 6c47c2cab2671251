// Of a library with its documentation merged on: its functions, each with what is said of it, and what is said of
// nothing.
function(library)
  local fieldsOf(object) = [field for field in std.objectFieldsAll(object) if field != 'mixin'];
  local functionsOf(object, path) = std.flattenArrays([
    local value = object[field];
    if std.isFunction(value)
    then [{ id: path + field, said: std.get(object, '#' + field) }]
    else if std.isObject(value) then functionsOf(value, path + field + '.')
    else []
    for field in fieldsOf(object)
    if !std.startsWith(field, '#')
  ]);
  local orphansOf(object, path) = std.flattenArrays([
    if std.startsWith(field, '#')
    then if std.member(['#', '#mixin'], field) || std.objectHasAll(object, field[1:]) then [] else [path + field]
    else if std.isObject(object[field]) then orphansOf(object[field], path + field + '.')
    else []
    for field in fieldsOf(object)
  ]);
  { functions: functionsOf(library, ''), orphans: orphansOf(library, '') }
