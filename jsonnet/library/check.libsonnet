// The types of a library made by `tankard import`. A type is a function of a value: null when the value has it, else
// what is wrong, which starts with the place in the value: '.port.number must be an integer, got string "443"'.
// This file is loaded with every object of the library: what only a message needs is in words.libsonnet.
local holds = import 'conditions.libsonnet';
local formats = import 'formats.libsonnet';
local words = import 'words.libsonnet';
local native = std.native('regexMatch');

{
  local this = self,

  got(value):: words.got(value),

  // The assert of an argument: true when it has its type, else an error that starts with the function and the parameter.
  fits(start, type, value)::
    local problem = type(value);
    problem == null || error start + problem,

  // The same for an array, or one item of it.
  items(start, type, value)::
    if std.isArray(value)
    then std.length(std.filter(function(one) type(one) != null, value)) == 0 || error start + this.list(type)(value)
    else type(value) == null || error start + type(value),

  // One value stands for an array of it, as in k8s-libsonnet.
  asArray(value):: if std.isArray(value) then value else [value],

  isInteger(value):: std.isNumber(value) && std.floor(value) == value,

  // Patterns are checked where Tanka's regular expressions are, which are those of the API server (RE2).
  matches(pattern, value):: native == null || native(pattern, value),

  // Whether a value has a field, as the API server sees it: null is absent.
  has(value, name):: std.objectHas(value, name) && value[name] != null,

  stringFits(limits, value)::
    (!std.objectHas(limits, 'minLength') || std.length(value) >= limits.minLength)
    && (!std.objectHas(limits, 'maxLength') || std.length(value) <= limits.maxLength)
    && (!std.objectHas(limits, 'pattern') || this.matches(limits.pattern, value))
    && (!std.objectHas(limits, 'format') || this.matches(formats[limits.format].pattern, value)),

  inRange(limits, value)::
    (!std.objectHas(limits, 'minimum') || value >= limits.minimum)
    && (!std.objectHas(limits, 'maximum') || value <= limits.maximum)
    && (!std.objectHas(limits, 'exclusiveMinimum') || value > limits.exclusiveMinimum)
    && (!std.objectHas(limits, 'exclusiveMaximum') || value < limits.exclusiveMaximum)
    && (!std.objectHas(limits, 'multipleOf') || std.floor(value / limits.multipleOf) * limits.multipleOf == value),

  any(value):: null,

  string(value):: if std.isString(value) then null else ' must be a string' + words.got(value),

  // A string that no message may show.
  secret(value):: if std.isString(value) then null else ' must be a string, got ' + std.type(value),

  boolean(value):: if std.isBoolean(value) then null else ' must be true or false' + words.got(value),

  integer(value):: if this.isInteger(value) then null else ' must be an integer' + words.got(value),

  int32(value):: if this.isInteger(value) && value >= -2147483648 && value <= 2147483647 then null else ' must be an integer of 32 bits' + words.got(value),

  number(value):: if std.isNumber(value) then null else ' must be a number' + words.got(value),

  intOrString(value):: if std.isString(value) || this.isInteger(value) then null else ' must be an integer or a string' + words.got(value),

  quantity(value):: if std.isNumber(value) || std.isString(value) && this.matches(formats.quantity.pattern, value) then null else words.text({ format: 'quantity' }, value),

  stringList:: self.list(self.string),

  stringMap:: self.map(self.string),

  quantityMap:: self.map(self.quantity),

  enum(values):: function(value) if std.member(values, value) then null else ' must be ' + words.oneOf(values) + words.got(value),

  // A string with limits: minLength, maxLength, pattern, format.
  text(limits):: function(value) if std.isString(value) && this.stringFits(limits, value) then null else words.text(limits, value),

  secretText(limits):: function(value) if std.isString(value) && this.stringFits(limits, value) then null else words.secret(limits, value),

  // A number with limits: minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf.
  numberIn(limits):: function(value) if std.isNumber(value) && this.inRange(limits, value) then null else words.range('a number', limits, value),

  integerIn(limits):: function(value) if this.isInteger(value) && this.inRange(limits, value) then null else words.range('an integer', limits, value),

  // An integer or a string, the string with a pattern and a length, the integer with a range.
  intOrStringIn(limits):: function(value)
    if this.isInteger(value) && this.inRange(limits, value) || std.isString(value) && this.stringFits(limits, value) then null
    else words.intOrString(limits, value),

  nullable(type):: function(value) if value == null then null else type(value),

  // Limits of a list: minItems, maxItems, unique, keys (the fields in which its items differ, each with its default).
  list(item, limits={}):: function(value)
    if !std.isArray(value) then ' must be an array' + words.got(value)
    else if std.length(std.filter(function(one) item(one) != null, value)) > 0
    then std.filter(function(one) one != null, [
      local problem = item(value[i]);
      if problem == null then null else '[%d]' % i + problem
      for i in std.range(0, std.length(value) - 1)
    ])[0]
    else if limits == {} then null
    else this.listed(limits, value),

  listed(limits, value)::
    local keysOf(one) = [
      if this.has(one, key) then one[key] else limits.keys[key]
      for key in std.objectFields(limits.keys)
    ];
    local differ(ids) = std.length(std.set([std.manifestJsonMinified(one) for one in ids])) == std.length(ids);
    if std.objectHas(limits, 'minItems') && std.length(value) < limits.minItems then ' must have at least %d items, got %d' % [limits.minItems, std.length(value)]
    else if std.objectHas(limits, 'maxItems') && std.length(value) > limits.maxItems then ' must have at most %d items, got %d' % [limits.maxItems, std.length(value)]
    else if std.objectHas(limits, 'unique') && !differ(value) then ' has the same item twice'
    else if std.objectHas(limits, 'keys') && !differ([keysOf(one) for one in value if std.isObject(one)])
    then ' has two items with the same ' + std.join(' and ', std.objectFields(limits.keys))
    else null,

  // Limits of a map: minProperties, maxProperties, names (the type of its keys).
  map(values, limits={}):: function(value)
    local isWrong(name) =
      (value[name] != null && values(value[name]) != null)
      || (std.objectHas(limits, 'names') && limits.names(name) != null);
    if !std.isObject(value) then ' must be an object' + words.got(value)
    else
      local wrong = std.filter(isWrong, std.objectFields(value));
      if std.length(wrong) == 0 then this.sized(limits, value)
      else
        local name = wrong[0];
        local problem = if value[name] == null then null else values(value[name]);
        if problem == null then ' has the key "%s", which' % name + limits.names(name) else words.place(name) + problem,

  sized(limits, value)::
    if std.objectHas(limits, 'minProperties') && std.length(value) < limits.minProperties then ' must have at least %d fields' % limits.minProperties
    else if std.objectHas(limits, 'maxProperties') && std.length(value) > limits.maxProperties then ' must have at most %d fields' % limits.maxProperties
    else null,

  // Limits of an object: open (fields beside the named ones), minProperties, maxProperties.
  object(fields, required=[], limits={}):: function(value)
    local isWrong(name) =
      value[name] != null
      && (if std.objectHas(fields, name) then fields[name](value[name]) != null else !std.objectHas(limits, 'open'));
    if !std.isObject(value) then ' must be an object' + words.got(value)
    else
      local wrong = std.filter(isWrong, std.objectFields(value));
      local missing = std.filter(function(name) !this.has(value, name), required);
      if std.length(wrong) > 0
      then
        if std.objectHas(fields, wrong[0]) then words.place(wrong[0]) + fields[wrong[0]](value[wrong[0]])
        else words.unknownField(wrong[0], std.objectFields(fields))
      else if std.length(missing) > 0 then ' needs the field "%s"' % missing[0]
      else if limits == {} then null
      else this.sized(limits, value),

  // A value that has one of the types.
  union(types):: function(value)
    if std.length(std.filter(function(type) type(value) == null, types)) > 0 then null
    else if std.length(types) == 1 then types[0](value)
    else ' has none of the %d types that are allowed here' % std.length(types) + words.got(value),

  // A type with conditions beside it: allOf, anyOf, oneOf, not.
  where(type, conditions):: function(value)
    local problem = type(value);
    if problem != null then problem
    else if holds(conditions, value) then null
    else words.conditions(conditions),

  // A whole manifest: what its apiVersion and kind are, and the type of all of it.
  manifest(apiVersion, kind, type):: function(value)
    local problem = type(value);
    local wrong(name, wanted) = ' must have the %s "%s"' % [name, wanted] + words.got(std.get(value, name));
    if problem != null then problem
    else if std.get(value, 'apiVersion') != apiVersion then wrong('apiVersion', apiVersion)
    else if std.get(value, 'kind') != kind then wrong('kind', kind)
    else null,
}
