{
  // A container of this name and image.
  new(name, image)::
    assert std.isString(name) : 'container.new: name must be a string' + check.got(name);
    assert std.isString(image) : 'container.new: image must be a string' + check.got(image);
    { name: name, image: image },

  // Adds environment variables. An empty value is left out, as the API server does, so that no diff shows it.
  withEnvMixin(env)::
    assert std.isArray(env) || std.isObject(env) : 'container.withEnvMixin: env must be an environment variable or an array of them, got ' + std.type(env);
    local withoutEmptyValue(variable) =
      if std.objectHas(variable, 'value') && variable.value == ''
      then { [key]: variable[key] for key in std.objectFields(variable) if key != 'value' }
      else variable;
    { env+: [withoutEmptyValue(variable) for variable in check.asArray(env)] },

  // Adds environment variables by name: a string is a value, an object what stands in valueFrom.
  withEnvMap(env)::
    assert std.isObject(env) && std.length([key for key in std.objectFields(env) if !(std.isString(env[key]) || std.isObject(env[key]))]) == 0 : 'container.withEnvMap: env must be an object of strings, and of objects for valueFrom, got ' + std.type(env);
    self.withEnvMixin([
      { name: name, [if std.isObject(env[name]) then 'valueFrom' else 'value']: env[name] }
      for name in std.objectFields(env)
    ]),

  // Sets resources.requests; what is null is left out.
  withResourcesRequests(cpu, memory)::
    assert cpu == null || std.isString(cpu) || std.isNumber(cpu) : 'container.withResourcesRequests: cpu must be a quantity such as 100m or 64Mi, or null' + check.got(cpu);
    assert memory == null || std.isString(memory) || std.isNumber(memory) : 'container.withResourcesRequests: memory must be a quantity such as 100m or 64Mi, or null' + check.got(memory);
    { resources+: { requests: { [if cpu != null then 'cpu']: cpu, [if memory != null then 'memory']: memory } } },

  // Sets resources.limits; what is null is left out.
  withResourcesLimits(cpu, memory)::
    assert cpu == null || std.isString(cpu) || std.isNumber(cpu) : 'container.withResourcesLimits: cpu must be a quantity such as 100m or 64Mi, or null' + check.got(cpu);
    assert memory == null || std.isString(memory) || std.isNumber(memory) : 'container.withResourcesLimits: memory must be a quantity such as 100m or 64Mi, or null' + check.got(memory);
    { resources+: { limits: { [if cpu != null then 'cpu']: cpu, [if memory != null then 'memory']: memory } } },
}
