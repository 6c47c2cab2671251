// The types of a library made by `tankard import`. A type is a function of a value: null when the value has it, else
// what is wrong, which starts with the place in the value: '.port.number must be an integer, got string "443"'.
//
// This file is loaded with every object of a library. Types with limits are in limits.libsonnet, and what only a message
// needs is in words.libsonnet.
local words = import 'words.libsonnet';

local isInteger(value) = std.isNumber(value) && std.floor(value) == value;

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
    local problem = if std.isArray(value) then types.list(type)(value) else type(value);
    problem == null || error start + problem,

  // One value stands for an array of it, as in k8s-libsonnet.
  asArray(value):: if std.isArray(value) then value else [value],

  any(value):: null,

  string(value):: if std.isString(value) then null else ' must be a string' + words.got(value),

  // A string that no message may show.
  secret(value):: if std.isString(value) then null else ' must be a string, got ' + std.type(value),

  boolean(value):: if std.isBoolean(value) then null else ' must be true or false' + words.got(value),

  integer(value):: if isInteger(value) then null else ' must be an integer' + words.got(value),

  int32(value):: if isInteger(value) && value >= -2147483648 && value <= 2147483647 then null else words.int32(value),

  number(value):: if std.isNumber(value) then null else ' must be a number' + words.got(value),

  intOrString(value):: if std.isString(value) || isInteger(value) then null else ' must be an integer or a string' + words.got(value),

  enum(values):: function(value) if std.member(values, value) then null else ' must be ' + words.oneOf(values) + words.got(value),

  stringList:: self.list(self.string),

  stringMap:: self.map(self.string),

  list(item):: function(value)
    if !std.isArray(value) then ' must be an array' + words.got(value)
    else if std.length(std.filter(function(one) item(one) != null, value)) == 0 then null
    else words.firstItem([item(one) for one in value]),

  map(values):: function(value)
    if !std.isObject(value) then ' must be an object' + words.got(value)
    else
      local wrong = std.filter(function(name) value[name] != null && values(value[name]) != null, std.objectFields(value));
      if std.length(wrong) == 0 then null else words.place(wrong[0]) + values(value[wrong[0]]),

  // An object that has no other fields than these. Null is absent, as to the API server.
  object(fields, required=[]):: function(value)
    local isRight(name) = value[name] == null || (std.objectHas(fields, name) && fields[name](value[name]) == null);
    if !std.isObject(value) then ' must be an object' + words.got(value)
    else
      local wrong = std.filter(function(name) !isRight(name), std.objectFields(value));
      local missing = std.filter(function(name) !std.objectHas(value, name) || value[name] == null, required);
      if std.length(wrong) > 0 then words.field(wrong[0], fields, value)
      else if std.length(missing) > 0 then ' needs the field "%s"' % missing[0]
      else null,
}
