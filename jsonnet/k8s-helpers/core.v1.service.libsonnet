{
  // A Service for the Pods that have the labels of selector: one port or an array of them.
  new(name, selector, ports)::
    assert std.isString(name) : 'service.new: name must be a string' + check.got(name);
    assert check.fits('service.new: selector', check.stringMap, selector);
    assert check.items('service.new: ports', import '../../_types/core.v1.servicePort.libsonnet', ports);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name }, spec+: { selector: selector, ports: check.asArray(ports) } },

  // A Service without selector and ports.
  newWithoutSelector(name)::
    assert std.isString(name) : 'service.newWithoutSelector: name must be a string' + check.got(name);
    { apiVersion: 'v1', kind: 'Service', metadata+: { name: name } },
}
