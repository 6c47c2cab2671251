{
  // A volume of a ConfigMap: all its keys, or those of configMapItems.
  fromConfigMap(name, configMapName, configMapItems=[])::
    assert std.isString(name) : 'volume.fromConfigMap: name must be a string' + check.got(name);
    assert std.isString(configMapName) : 'volume.fromConfigMap: configMapName must be a string' + check.got(configMapName);
    assert std.isArray(configMapItems) || std.isObject(configMapItems) : 'volume.fromConfigMap: configMapItems must be a keyToPath or an array of them' + check.got(configMapItems);
    { name: name, configMap+: { name: configMapName } }
    + (if configMapItems != [] then self.configMap.withItems(configMapItems) else {}),

  // An empty volume.
  fromEmptyDir(name, emptyDir={})::
    assert std.isString(name) : 'volume.fromEmptyDir: name must be a string' + check.got(name);
    assert std.isObject(emptyDir) : 'volume.fromEmptyDir: emptyDir must be an object' + check.got(emptyDir);
    { name: name, emptyDir: emptyDir },

  // A volume of a PersistentVolumeClaim. emptyDir is an old name of claimName, from ksonnet.
  fromPersistentVolumeClaim(name, claimName='', emptyDir='')::
    assert std.isString(name) : 'volume.fromPersistentVolumeClaim: name must be a string' + check.got(name);
    assert std.isString(claimName) && (claimName != '' || emptyDir != '') : 'volume.fromPersistentVolumeClaim: claimName must be the name of a claim' + check.got(claimName);
    assert std.isString(emptyDir) : 'volume.fromPersistentVolumeClaim: emptyDir must be the name of a claim, or left out' + check.got(emptyDir);
    { name: name, persistentVolumeClaim+: { claimName: if claimName == '' then emptyDir else claimName } },

  // A volume of a path of the node.
  fromHostPath(name, hostPath)::
    assert std.isString(name) : 'volume.fromHostPath: name must be a string' + check.got(name);
    assert std.isString(hostPath) : 'volume.fromHostPath: hostPath must be a string' + check.got(hostPath);
    { name: name, hostPath+: { path: hostPath } },

  // A volume of a Secret.
  fromSecret(name, secretName)::
    assert std.isString(name) : 'volume.fromSecret: name must be a string' + check.got(name);
    assert std.isString(secretName) : 'volume.fromSecret: secretName must be a string' + check.got(secretName);
    { name: name, secret+: { secretName: secretName } },

  // A read-only volume of a CSI driver.
  fromCsi(name, driver, volumeAttributes={})::
    assert std.isString(name) : 'volume.fromCsi: name must be a string' + check.got(name);
    assert std.isString(driver) : 'volume.fromCsi: driver must be a string' + check.got(driver);
    assert check.fits('volume.fromCsi: volumeAttributes', check.stringMap, volumeAttributes);
    { name: name, csi: { driver: driver, readOnly: true, volumeAttributes: volumeAttributes } },
}
