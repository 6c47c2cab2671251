{
  // A port of a container.
  new(containerPort)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'core.v1.containerPort.new: containerPort must be a whole number' + check.got(containerPort);
    { containerPort: containerPort },

  // As new, with a name.
  newNamed(containerPort, name)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'core.v1.containerPort.newNamed: containerPort must be a whole number' + check.got(containerPort);
    assert std.isString(name) : 'core.v1.containerPort.newNamed: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name },

  // As new, for UDP.
  newUDP(containerPort)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'core.v1.containerPort.newUDP: containerPort must be a whole number' + check.got(containerPort);
    { containerPort: containerPort, protocol: 'UDP' },

  // As newNamed, for UDP.
  newNamedUDP(containerPort, name)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'core.v1.containerPort.newNamedUDP: containerPort must be a whole number' + check.got(containerPort);
    assert std.isString(name) : 'core.v1.containerPort.newNamedUDP: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name, protocol: 'UDP' },
}
