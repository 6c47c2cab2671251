// The types of a library made by `tankard import`. A type is a function of a value: null when the value has it, else
// what is wrong, which starts with the place in the value: '.port.number must be an integer, got string "443"'.
//
// This file is loaded with every object of a library. Types with limits are in limits.libsonnet, and what only a message
// needs is in words.libsonnet.
local words = import 'words.libsonnet';

// std.type in place of std.isString and the like, which are written in Jsonnet and cost twice as much.
local isInteger(value) = std.type(value) == 'number' && std.floor(value) == value;

{
  // The end of a message: what came instead.
  got(value):: words.got(value),

  // The assert of an argument: true when it has its type, else an error that starts with the function and the parameter.
  fits(start, type, value)::
    local problem = type(value);
    problem == null || error start + problem,

  // The same for an array, or one item of it.
  items(start, type, value)::
    if std.type(value) == 'array'
    then
      local problems = [type(one) for one in value];
      std.join('', problems) == '' || error start + words.firstItem(problems)
    else
      local problem = type(value);
      problem == null || error start + words.single(problem),

  // One value stands for an array of it, as in k8s-libsonnet; null stays what it is.
  asArray(value):: if std.type(value) == 'array' || value == null then value else [value],

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

  // Here and below problems are items of an array, so that each is computed once: computing it again for the message would
  // double the time at every level. `std.join` passes over null.
  list(item):: function(value)
    local problems = [item(one) for one in value];
    if std.type(value) != 'array' then ' must be an array, got ' + std.type(value)
    else if std.join('', problems) == '' then null
    else words.firstItem(problems),

  map(values):: function(value)
    local names = std.objectFieldsEx(value, false);
    local problems = [values(value[name]) for name in names];
    if std.type(value) != 'object' then ' must be an object, got ' + std.type(value)
    else if std.join('', problems) == '' then null
    else words.inMap(value, names, problems),

  // An object that has no other fields than these. Null is absent, as to the API server: that is seen to where the words are.
  object(fields, required=[])::
    local known = std.objectFieldsEx(fields, false);
    function(value)
      local names = std.objectFieldsEx(value, false);
      local problems = [if std.member(known, name) then fields[name](value[name]) else '?' for name in names];
      if std.type(value) == 'object'
         && (required == [] || std.length(std.filter(function(name) std.member(names, name), required)) == std.length(required))
         && std.join('', problems) == ''
      then null
      else words.inObject(fields, required, value, names, problems),
}
