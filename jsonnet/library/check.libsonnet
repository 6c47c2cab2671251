// The types of a library made by `tankard import`. A type is a function of a value: null when the value has it, else
// what is wrong, which starts with the place in the value: '.port.number must be an integer, got string "443"'.
//
// This file is loaded with every object of a library. Types with limits are in limits.libsonnet, and what only a message
// needs is in words.libsonnet.
local words = import 'words.libsonnet';

// std.type in place of std.isString and the like, which are written in Jsonnet and cost twice as much.
local isInteger(value) = std.type(value) == 'number' && std.floor(value) == value;

{
  local types = self,

  // The end of a message: what came instead.
  got(value):: words.got(value),

  // The assert of an argument: true when it has its type, else an error that starts with the function and the parameter.
  fits(start, type, value)::
    local problem = type(value);
    problem == null || error start + problem,

  // The same for an array, or one item of it.
  items(start, type, value)::
    if std.type(value) == 'array'
    then std.length(std.filter(function(one) type(one) != null, value)) == 0 || error start + types.list(type)(value)
    else type(value) == null || error start + type(value),

  // One value stands for an array of it, as in k8s-libsonnet.
  asArray(value):: if std.type(value) == 'array' then value else [value],

  any(value):: null,

  string(value):: if std.type(value) == 'string' then null else ' must be a string' + words.got(value),

  // A string that no message may show.
  secret(value):: if std.type(value) == 'string' then null else ' must be a string, got ' + std.type(value),

  boolean(value):: if std.type(value) == 'boolean' then null else ' must be true or false' + words.got(value),

  integer(value):: if isInteger(value) then null else ' must be an integer' + words.got(value),

  int32(value):: if isInteger(value) && value >= -2147483648 && value <= 2147483647 then null else words.int32(value),

  number(value):: if std.type(value) == 'number' then null else ' must be a number' + words.got(value),

  intOrString(value):: if std.type(value) == 'string' || isInteger(value) then null else ' must be an integer or a string' + words.got(value),

  enum(values):: function(value) if std.member(values, value) then null else ' must be ' + words.oneOf(values) + words.got(value),

  stringList:: self.list(self.string),

  stringMap:: self.map(self.string),

  list(item):: function(value)
    if std.type(value) != 'array' then ' must be an array, got ' + std.type(value)
    else if std.length(std.filter(function(one) item(one) != null, value)) == 0 then null
    else words.firstItem([item(one) for one in value]),

  map(values):: function(value)
    if std.type(value) != 'object' then ' must be an object, got ' + std.type(value)
    else if std.length(std.filter(function(name) values(value[name]) != null, std.objectFieldsEx(value, false))) == 0 then null
    else words.inMap(values, value),

  // An object that has no other fields than these. Null is absent, as to the API server: that, and what is wrong, is found
  // the slow way.
  object(fields, required=[])::
    local known = std.objectFieldsEx(fields, false);
    local needed = { [name]: null for name in required };
    local isWrong(value) = function(name) !std.member(known, name) || fields[name](value[name]) != null;
    function(value)
      if std.type(value) == 'object'
         && (required == [] || std.length(needed + value) == std.length(value))
         && std.length(std.filter(isWrong(value), std.objectFieldsEx(value, false))) == 0
      then null
      else words.inObject(fields, required, value),
}
