{
  // A port of a container.
  new(containerPort)::
    assert check.fits('containerPort.new: containerPort', check.int32, containerPort);
    { containerPort: containerPort },

  // As new, with a name.
  newNamed(containerPort, name)::
    assert check.fits('containerPort.newNamed: containerPort', check.int32, containerPort);
    assert std.isString(name) : 'containerPort.newNamed: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name },

  // As new, for UDP.
  newUDP(containerPort)::
    assert check.fits('containerPort.newUDP: containerPort', check.int32, containerPort);
    { containerPort: containerPort, protocol: 'UDP' },

  // As newNamed, for UDP.
  newNamedUDP(containerPort, name)::
    assert check.fits('containerPort.newNamedUDP: containerPort', check.int32, containerPort);
    assert std.isString(name) : 'containerPort.newNamedUDP: name must be a string' + check.got(name);
    { containerPort: containerPort, name: name, protocol: 'UDP' },
}
