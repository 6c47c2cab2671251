// The words of messages: loaded only when something is wrong.
local formats = import 'formats.libsonnet';

local got(value) =
  local text = if std.isString(value) || std.isNumber(value) || std.isBoolean(value) then ' ' + std.manifestJsonMinified(value) else '';
  ', got ' + std.type(value) + (if std.length(text) > 120 then std.substr(text, 0, 117) + '...' else text);

// The number of letters to insert, delete or change between two names; only computed for a message.
local distance(left, right) =
  local rows = std.foldl(
    function(row, i) std.foldl(
      function(next, j)
        local changed = row[j] + (if left[i] == right[j] then 0 else 1);
        local cell = std.min(std.min(next[j] + 1, row[j + 1] + 1), changed);
        // Always true: asked so that each number is computed here, and not all of them on one deep stack at the end.
        if cell >= 0 then next + [cell],
      std.range(0, std.length(right) - 1),
      [i + 1]
    ),
    std.range(0, std.length(left) - 1),
    std.range(0, std.length(right))
  );
  rows[std.length(right)];

local suggestion(name, known) =
  local near = [
    { name: one, distance: distance(std.asciiLower(name), std.asciiLower(one)) }
    for one in known
    if std.abs(std.length(one) - std.length(name)) <= 2
  ];
  local best = std.sort([one for one in near if one.distance <= 2], function(one) one.distance);
  if std.length(best) > 0 then '; did you mean "%s"?' % best[0].name
  else if std.length(known) > 12 then ''
  else if std.length(known) == 0 then '; it has none'
  else '; it has ' + std.join(', ', known);

local quoted(values) = std.join(', ', [std.manifestJsonMinified(value) for value in values]);

local oneOf(values) =
  local last = std.length(values) - 1;
  if last == 0 then std.manifestJsonMinified(values[0])
  else quoted(values[:last]) + ' or ' + std.manifestJsonMinified(values[last]);

// The place of a field below a value: '.name', or '["a/b"]'.
local place(name) =
  local isPlain = std.all([std.member('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-', c) for c in std.stringChars(name)]);
  if isPlain then '.' + name else '[%s]' % std.manifestJsonMinified(name);

local stringWords(limits) =
  local length =
    if std.objectHas(limits, 'minLength') && std.objectHas(limits, 'maxLength') then [' of %d to %d characters' % [limits.minLength, limits.maxLength]]
    else if std.objectHas(limits, 'minLength') then [' of at least %d characters' % limits.minLength]
    else if std.objectHas(limits, 'maxLength') then [' of at most %d characters' % limits.maxLength]
    else [];
  local pattern = if std.objectHas(limits, 'pattern') then [' that matches ' + limits.pattern] else [];
  if std.objectHas(limits, 'format') then formats[limits.format].words else 'a string' + std.join('', length + pattern);

local rangeWords(limits) =
  local words = {
    minimum: 'at least',
    maximum: 'at most',
    exclusiveMinimum: 'more than',
    exclusiveMaximum: 'less than',
    multipleOf: 'a multiple of',
  };
  local parts = [words[name] + ' ' + std.manifestJsonMinified(limits[name]) for name in std.objectFields(words) if std.objectHas(limits, name)];
  if std.length(parts) == 0 then '' else ' ' + std.join(' and ', parts);

local conditionWords(conditions) =
  local choice(branches) = [std.join(' with ', branch.required) for branch in branches if std.objectHas(branch, 'required')];
  local counted = { oneOf: 'exactly one of ', anyOf: 'at least one of ' };
  local words = [
    counted[keyword] + std.join(', ', choice(conditions[keyword]))
    for keyword in std.objectFields(conditions)
    if std.objectHas(counted, keyword) && std.length(choice(conditions[keyword])) > 0
  ];
  if std.length(words) > 0 then ' must have ' + std.join(' and ', words) else ' has a combination of fields or values that its schema does not allow';

local first(problems) = std.filter(function(i) problems[i] != null, std.range(0, std.length(problems) - 1))[0];

{
  // The end of a message: the type that came, and a scalar itself, cut to 120 characters.
  got:: got,

  // The first problem among those of the items of an array.
  firstItem(problems):: local i = first(problems); '[%d]' % i + problems[i],

  // What is wrong with the one item that stands for an array of it.
  single(problem)::
    if std.startsWith(problem, ' must be ') then std.strReplace(problem, ', got ', ' or an array of them, got ') else problem,

  // What is wrong with a map of which `problems` are those of its values; null when it only has nulls, which are absent.
  inMap(value, names, problems)::
    local found = [if value[names[i]] == null then null else problems[i] for i in std.range(0, std.length(names) - 1)];
    if std.join('', found) == '' then null
    else local i = first(found); place(names[i]) + found[i],

  // What is wrong with an object; null when nothing is, as when a field is null.
  inObject(fields, required, value, names, problems)::
    local unknown = '?';
    local found = [
      if value[names[i]] == null then null
      else if std.objectHas(fields, names[i]) then problems[i]
      else unknown
      for i in std.range(0, std.length(names) - 1)
    ];
    // Where null is a value of its own, it is there.
    local isNullable(name) = std.objectHas(fields, name) && fields[name](null) == null;
    local missing = [name for name in required if !std.objectHas(value, name) || value[name] == null && !isNullable(name)];
    if !std.isObject(value) then ' must be an object, got ' + std.type(value)
    else if std.join('', found) != ''
    then
      local i = first(found);
      if found[i] == unknown then ' has no field "%s"' % names[i] + suggestion(names[i], std.objectFields(fields))
      else place(names[i]) + found[i]
    else if std.length(missing) > 0 then ' needs the field "%s"' % missing[0]
    else null,

  int32(value)::
    local isInteger = std.isNumber(value) && std.floor(value) == value;
    ' must be an integer' + (if isInteger then ' of 32 bits' else '') + got(value),

  oneOf:: oneOf,

  place:: place,

  text(limits, value):: ' must be ' + stringWords(limits) + got(value),

  secret(limits, value):: ' must be ' + stringWords(limits) + ', got ' + std.type(value) + ' (not shown)',

  range(type, limits, value):: ' must be ' + type + rangeWords(limits) + got(value),

  intOrString(limits, value):: ' must be an integer%s or %s' % [rangeWords(limits), stringWords(limits)] + got(value),

  conditions:: conditionWords,
}
