{
  // Sets the apiVersion of what is referred to.
  withApiVersion(apiversion)::
    assert std.isString(apiversion) : 'autoscaling.v2.crossVersionObjectReference.withApiVersion: apiversion must be a string' + check.got(apiversion);
    { apiVersion: apiversion },
}
