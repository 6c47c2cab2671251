{
  // What f makes of each container, f being a function that takes a container and returns one.
  // It is added to the object whose containers it changes; init containers come with includeInitContainers.
  mapContainers(f, includeInitContainers=false)::
    assert std.isFunction(f) && std.length(f) > 0 : 'replicationController.mapContainers: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'replicationController.mapContainers: includeInitContainers must be true or false' + check.got(includeInitContainers);
    (import '../../_helpers/mapContainers.libsonnet').inTemplate(f, includeInitContainers),

  // As mapContainers, for the containers of these names only: an array of names, or one name.
  mapContainersWithName(names, f, includeInitContainers=false)::
    assert std.isArray(names) || std.isString(names) : 'replicationController.mapContainersWithName: names must be the name of a container or an array of names' + check.got(names);
    assert std.isFunction(f) && std.length(f) > 0 : 'replicationController.mapContainersWithName: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'replicationController.mapContainersWithName: includeInitContainers must be true or false' + check.got(includeInitContainers);
    self.mapContainers((import '../../_helpers/mapContainers.libsonnet').withName(names, f), includeInitContainers),
}
