{
  // A port of a container.
  new(containerPort)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'containerPort.new: containerPort must be an integer' + check.got(containerPort);
    { containerPort: containerPort },

  // As new, with a name.
  newNamed(containerPort, name)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'containerPort.newNamed: containerPort must be an integer' + check.got(containerPort);
    assert std.isString(name) : 'containerPort.newNamed: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name },

  // As new, for UDP.
  newUDP(containerPort)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'containerPort.newUDP: containerPort must be an integer' + check.got(containerPort);
    { containerPort: containerPort, protocol: 'UDP' },

  // As newNamed, for UDP.
  newNamedUDP(containerPort, name)::
    assert std.isNumber(containerPort) && std.floor(containerPort) == containerPort : 'containerPort.newNamedUDP: containerPort must be an integer' + check.got(containerPort);
    assert std.isString(name) : 'containerPort.newNamedUDP: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name, protocol: 'UDP' },
}
