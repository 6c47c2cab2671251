{
  // A port of a Service, and the container's port that it leads to.
  new(port, targetPort)::
    assert check.fits('servicePort.new: port', check.int32, port);
    assert check.fits('servicePort.new: targetPort', check.intOrString, targetPort);
    { port: port, targetPort: targetPort },

  // As new, with a name.
  newNamed(name, port, targetPort)::
    assert std.isString(name) : 'servicePort.newNamed: name must be a string' + check.got(name);
    assert check.fits('servicePort.newNamed: port', check.int32, port);
    assert check.fits('servicePort.newNamed: targetPort', check.intOrString, targetPort);
    { name: name, port: port, targetPort: targetPort },
}
