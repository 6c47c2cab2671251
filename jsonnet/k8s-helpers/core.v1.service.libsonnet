{
  // A Service for the Pods that have the labels of selector: one port or an array of them.
  new(name, selector, ports)::
    assert std.isString(name) : 'service.new: name must be a string' + check.got(name);
    assert check.fits('service.new: selector', check.stringMap, selector);
    assert std.isArray(ports) || std.isObject(ports) : 'service.new: ports must be a servicePort or an array of them' + check.got(ports);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name }, spec+: { selector: selector } }
    + self.spec.withPorts(ports),

  // A Service without selector and ports.
  newWithoutSelector(name)::
    assert std.isString(name) : 'service.newWithoutSelector: name must be a string' + check.got(name);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name } },
}
