{
  // A Service for the Pods that have the labels of selector: one port or an array of them.
  new(name, selector, ports)::
    assert std.isString(name) : 'core.v1.service.new: name must be a string' + check.got(name);
    assert std.isObject(selector) && std.length([key for key in std.objectFields(selector) if !std.isString(selector[key])]) == 0 : 'core.v1.service.new: selector must be an object of strings' + check.got(selector);
    assert std.isArray(ports) || std.isObject(ports) : 'core.v1.service.new: ports must be a servicePort or an array of them' + check.got(ports);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name }, spec+: { selector: selector } }
    + self.spec.withPorts(ports),

  // A Service without selector and ports.
  newWithoutSelector(name)::
    assert std.isString(name) : 'core.v1.service.newWithoutSelector: name must be a string' + check.got(name);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name } },
}
