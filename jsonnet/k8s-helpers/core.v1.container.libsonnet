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
    assert std.isObject(env) : 'container.withEnvMap: env must be an object, got ' + std.type(env);
    local wrong = [name for name in std.objectFields(env) if !std.isString(env[name]) && !std.isObject(env[name])];
    assert wrong == [] : 'container.withEnvMap: env.%s must be a string, or an object for valueFrom, got %s' % [wrong[0], std.type(env[wrong[0]])];
    self.withEnvMixin([
      { name: name, [if std.isObject(env[name]) then 'valueFrom' else 'value']: env[name] }
      for name in std.objectFields(env)
    ]),

  // Sets resources.requests; what is null is left out.
  withResourcesRequests(cpu, memory)::
    assert cpu == null || check.fits('container.withResourcesRequests: cpu', (import '../../quantity.libsonnet').quantity, cpu);
    assert memory == null || check.fits('container.withResourcesRequests: memory', (import '../../quantity.libsonnet').quantity, memory);
    { resources+: { requests: { [if cpu != null then 'cpu']: cpu, [if memory != null then 'memory']: memory } } },

  // Sets resources.limits; what is null is left out.
  withResourcesLimits(cpu, memory)::
    assert cpu == null || check.fits('container.withResourcesLimits: cpu', (import '../../quantity.libsonnet').quantity, cpu);
    assert memory == null || check.fits('container.withResourcesLimits: memory', (import '../../quantity.libsonnet').quantity, memory);
    { resources+: { limits: { [if cpu != null then 'cpu']: cpu, [if memory != null then 'memory']: memory } } },
}
