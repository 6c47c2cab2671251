{
  // A container of this name and image.
  new(name, image)::
    assert std.isString(name) : 'container.new: name must be a string' + check.got(name);
    assert std.isString(image) : 'container.new: image must be a string' + check.got(image);
    { name: name, image: image },

  // Adds environment variables. An empty value is left out, as the API server does, so that no diff shows it.
  withEnvMixin(env)::
    assert check.items('container.withEnvMixin: env', import '../../_types/core.v1.envVar.libsonnet', env);
    { env+: (import '../../_helpers/environment.libsonnet').withoutEmptyValues(check.asArray(env)) },

  // Adds environment variables by name: a string is a value, an object what stands in valueFrom.
  withEnvMap(env)::
    assert std.isObject(env) : 'container.withEnvMap: env must be an object, got ' + std.type(env);
    self.withEnvMixin((import '../../_helpers/environment.libsonnet').fromMap('container.withEnvMap', env)),

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
