{
  // Sets the apiVersion of what is referred to.
  withApiVersion(apiversion)::
    assert std.isString(apiversion) : 'crossVersionObjectReference.withApiVersion: apiversion must be a string' + check.got(apiversion);
    { apiVersion: apiversion },
}
