local formats = import 'formats.libsonnet';

local has(value, name) = std.objectHas(value, name) && value[name] != null;

// JSON Schema's conditions beside the structure: what CRDs say with allOf, anyOf, oneOf and not. The functions for the
// limits of a string and of a number are given by limits.libsonnet: `tk lint` fails on files that import each other.
function(stringFits, inRange)
  local holds(schema, value) =
    local types = { string: std.isString, boolean: std.isBoolean, number: std.isNumber, integer: function(one) std.isNumber(one) && std.floor(one) == one, array: std.isArray, object: std.isObject, 'null': function(one) one == null };
    local keywords = {
      type(type): std.any([!std.objectHas(types, one) || types[one](value) for one in if std.isArray(type) then type else [type]]),
      const(wanted): value == wanted,
      enum(values): std.member(values, value),
      not(inner): !holds(inner, value),
      allOf(branches): std.all([holds(one, value) for one in branches]),
      anyOf(branches): std.any([holds(one, value) for one in branches]),
      oneOf(branches): std.count([holds(one, value) for one in branches], true) == 1,
      required(names): !std.isObject(value) || std.all([has(value, name) for name in names]),
      properties(inner): !std.isObject(value) || std.all([!has(value, name) || holds(inner[name], value[name]) for name in std.objectFields(inner)]),
      additionalProperties(inner): true,
      items(inner): !std.isArray(value) || std.all([holds(inner, item) for item in value]),
      minItems(limit): !std.isArray(value) || std.length(value) >= limit,
      maxItems(limit): !std.isArray(value) || std.length(value) <= limit,
      uniqueItems(wanted): !std.isArray(value) || !wanted || std.length(std.set(value, std.manifestJsonMinified)) == std.length(value),
      minProperties(limit): !std.isObject(value) || std.length(value) >= limit,
      maxProperties(limit): !std.isObject(value) || std.length(value) <= limit,
      local text(key, limit) = !std.isString(value) || stringFits({ [key]: limit }, value),
      minLength(limit): text('minLength', limit),
      maxLength(limit): text('maxLength', limit),
      pattern(limit): text('pattern', limit),
      format(format): !std.objectHas(formats, format) || text('format', format),
      local range(key, limit) = !std.isNumber(value) || inRange({ [key]: limit }, value),
      minimum(limit): range('minimum', limit),
      maximum(limit): range('maximum', limit),
      exclusiveMinimum(limit): range('exclusiveMinimum', limit),
      exclusiveMaximum(limit): range('exclusiveMaximum', limit),
      multipleOf(limit): range('multipleOf', limit),
    };
    if std.isBoolean(schema) then schema
    else std.all([!std.objectHas(keywords, keyword) || keywords[keyword](schema[keyword]) for keyword in std.objectFields(schema)]);


  holds
