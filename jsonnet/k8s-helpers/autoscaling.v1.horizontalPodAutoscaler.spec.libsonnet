{
  // Sets scaleTargetRef to a workload, given as an object.
  withScaleTargetRef(object)::
    assert std.isObject(object) && 'apiVersion' in object && 'kind' in object && 'metadata' in object && std.isObject(object.metadata) && 'name' in object.metadata : 'horizontalPodAutoscaler.spec.withScaleTargetRef: object must be a workload with apiVersion, kind and a name' + check.got(object);
    { spec+: { scaleTargetRef+: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      name: object.metadata.name,
    } } },
}
