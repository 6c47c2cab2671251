{
  // A port of a Service, and the container's port that it leads to.
  new(port, targetPort)::
    assert std.isNumber(port) && std.floor(port) == port : 'servicePort.new: port must be an integer' + check.got(port);
    assert std.isString(targetPort) || std.isNumber(targetPort) && std.floor(targetPort) == targetPort : 'servicePort.new: targetPort must be a port number or the name of a port of the container' + check.got(targetPort);
    { port: port, targetPort: targetPort },

  // As new, with a name.
  newNamed(name, port, targetPort)::
    assert std.isString(name) : 'servicePort.newNamed: name must be a string' + check.got(name);
    assert std.isNumber(port) && std.floor(port) == port : 'servicePort.newNamed: port must be an integer' + check.got(port);
    assert std.isString(targetPort) || std.isNumber(targetPort) && std.floor(targetPort) == targetPort : 'servicePort.newNamed: targetPort must be a port number or the name of a port of the container' + check.got(targetPort);
    { name: name, port: port, targetPort: targetPort },
}
