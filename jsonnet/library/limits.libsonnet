// Types that ask for more than check.libsonnet's: a range, a length, a pattern, a number of items.
local check = import 'check.libsonnet';
local formats = import 'formats.libsonnet';
local matches = import 'matches.libsonnet';
local words = import 'words.libsonnet';

local isInteger(value) = std.isNumber(value) && std.floor(value) == value;

local has(value, name) = std.objectHas(value, name) && value[name] != null;

local stringFits(limits, value) =
  (!std.objectHas(limits, 'minLength') || std.length(value) >= limits.minLength)
  && (!std.objectHas(limits, 'maxLength') || std.length(value) <= limits.maxLength)
  && (!std.objectHas(limits, 'pattern') || matches(limits.pattern, value))
  && (!std.objectHas(limits, 'format') || matches(formats[limits.format].pattern, value));

// Up to rounding, as the API server counts: 0.3 is a multiple of 0.1.
local isMultiple(value, unit) =
  local times = value / unit;
  std.abs(times - std.floor(times + 0.5)) <= 1e-9 * std.abs(times);

local inRange(limits, value) =
  (!std.objectHas(limits, 'minimum') || value >= limits.minimum)
  && (!std.objectHas(limits, 'maximum') || value <= limits.maximum)
  && (!std.objectHas(limits, 'exclusiveMinimum') || value > limits.exclusiveMinimum)
  && (!std.objectHas(limits, 'exclusiveMaximum') || value < limits.exclusiveMaximum)
  && (!std.objectHas(limits, 'multipleOf') || isMultiple(value, limits.multipleOf));

local holds = (import 'conditions.libsonnet')(stringFits, inRange);

local differ(values) =
  std.length(std.set([std.manifestJsonMinified(value) for value in values])) == std.length(values);

// Null is absent, as to the API server, except where it is a value of its own.
local sized(limits, value, typeOf) =
  local size = std.length([name for name in std.objectFields(value) if value[name] != null || typeOf(name)(null) == null]);
  if std.objectHas(limits, 'minProperties') && size < limits.minProperties then ' must have at least %d fields' % limits.minProperties
  else if std.objectHas(limits, 'maxProperties') && size > limits.maxProperties then ' must have at most %d fields' % limits.maxProperties
  else null;

{
  // A string with limits: minLength, maxLength, pattern, format.
  text(limits):: function(value) if std.isString(value) && stringFits(limits, value) then null else words.text(limits, value),

  // The same, and no message may show it.
  secretText(limits):: function(value) if std.isString(value) && stringFits(limits, value) then null else words.secret(limits, value),

  // A number with limits: minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf.
  number(limits):: function(value) if std.isNumber(value) && inRange(limits, value) then null else words.range('a number', limits, value),

  integer(limits):: function(value) if isInteger(value) && inRange(limits, value) then null else words.range('an integer', limits, value),

  // The string with a pattern and a length, the integer with a range.
  intOrString(limits):: function(value)
    if isInteger(value) && inRange(limits, value) || std.isString(value) && stringFits(limits, value) then null
    else words.intOrString(limits, value),

  nullable(type):: function(value) if value == null then null else type(value),

  // Limits: minItems, maxItems, unique, keys (the fields in which items differ, each with its default).
  list(item, limits):: function(value)
    local keysOf(one) = [if has(one, key) then one[key] else limits.keys[key] for key in std.objectFields(limits.keys)];
    local problem = check.list(item)(value);
    if problem != null then problem
    else if std.objectHas(limits, 'minItems') && std.length(value) < limits.minItems then ' must have at least %d items, got %d' % [limits.minItems, std.length(value)]
    else if std.objectHas(limits, 'maxItems') && std.length(value) > limits.maxItems then ' must have at most %d items, got %d' % [limits.maxItems, std.length(value)]
    else if std.objectHas(limits, 'unique') && !differ(value) then ' has the same item twice'
    else if std.objectHas(limits, 'keys') && !differ([keysOf(one) for one in value if std.isObject(one)])
    then ' has two items with the same ' + std.join(' and ', std.objectFields(limits.keys))
    else null,

  // Limits: minProperties, maxProperties, names (the type of the keys).
  map(values, limits):: function(value)
    local problem = check.map(values)(value);
    if problem != null then problem
    else
      local wrong = if std.objectHas(limits, 'names') then std.filter(function(name) limits.names(name) != null, std.objectFields(value)) else [];
      if std.length(wrong) > 0 then ' has the key "%s", which' % wrong[0] + limits.names(wrong[0])
      else sized(limits, value, function(name) values),

  // A type of which no message may show a value.
  hidden(type):: function(value) if type(value) == null then null else ' has the wrong type or form, got ' + std.type(value) + ' (not shown)',

  // A map of which no message may show anything.
  secretMap(values):: function(value)
    if std.isObject(value) then check.map(values)(value) else ' must be an object, got ' + std.type(value),

  // Limits: open (other fields are let through), minProperties, maxProperties.
  object(fields, required, limits):: function(value)
    local known = if std.isObject(value) && std.objectHas(limits, 'open') then std.filter(function(name) std.objectHas(fields, name), std.objectFields(value)) else null;
    local problem = check.object(fields, required)(if known == null then value else { [name]: value[name] for name in known });
    if problem != null then problem else sized(limits, value, function(name) std.get(fields, name, check.any)),

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
