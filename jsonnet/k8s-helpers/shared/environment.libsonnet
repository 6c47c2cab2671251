// Environment variables of a container.
{
  // The API server drops an empty value, and every diff would show it.
  withoutEmptyValues(env):: [
    if std.objectHas(variable, 'value') && variable.value == ''
    then { [key]: variable[key] for key in std.objectFields(variable) if key != 'value' }
    else variable
    for variable in env
  ],

  // From a map: a string is a value, an object what stands in valueFrom.
  fromMap(owner, env)::
    local wrong = [name for name in std.objectFields(env) if !std.isString(env[name]) && !std.isObject(env[name])];
    assert wrong == [] : '%s: env.%s must be a string, or an object for valueFrom, got %s' % [owner, wrong[0], std.type(env[wrong[0]])];
    [
      { name: name, [if std.isObject(env[name]) then 'valueFrom' else 'value']: env[name] }
      for name in std.objectFields(env)
    ],
}
