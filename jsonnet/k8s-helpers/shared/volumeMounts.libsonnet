// The volume mount functions that workloads share: of `workload`, its object in the library, which has mapContainers
// and a spec with the Pods' template or a jobTemplate; `owner` is what messages call it.
//
// volumeMountMixin and volumeMixin are added to the volume mount and to the volume; containers names the containers
// that get it, all of them when it is null.
local check = import '../check.libsonnet';

function(workload, owner)
  // A patch of the Pods' template, where the workload has it.
  local inTemplate(patch) =
    if std.objectHasAll(workload.spec, 'template')
    then { spec+: { template+: patch } }
    else { spec+: { jobTemplate+: { spec+: { template+: patch } } } };

  local annotated(annotations) = inTemplate({ metadata+: { annotations+: annotations } });

  local mounted(volume, mount, containers, includeInitContainers) =
    local wanted(container) = containers == null || std.member(containers, container.name);
    local withMount(container) = container + (if wanted(container) then { volumeMounts+: [mount] } else {});
    workload.mapContainers(withMount, includeInitContainers)
    + inTemplate({ spec+: { volumes+: [volume] } });

  local mountedSecret(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers) =
    local volume = { name: name, secret+: { secretName: name, defaultMode: defaultMode } } + volumeMixin;
    local mount = { name: name, mountPath: path } + volumeMountMixin;
    mounted(volume, mount, containers, includeInitContainers);

  {
    // Mounts the ConfigMap of this name on a path.
    configVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.configVolumeMount: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.configVolumeMount: path must be a string' + check.got(path);
      assert std.isObject(volumeMountMixin) : owner + '.configVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.configVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.configVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.configVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local volume = { name: name, configMap+: { name: name } } + volumeMixin;
      local mount = { name: name, mountPath: path } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers),

    // Mounts a ConfigMap on a path, with an annotation by which Pods are replaced when its data change.
    configMapVolumeMount(configMap, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isObject(configMap) && 'metadata' in configMap && std.isObject(configMap.metadata) && 'name' in configMap.metadata && std.isString(configMap.metadata.name) : owner + '.configMapVolumeMount: configMap must be a ConfigMap with a name, got ' + std.type(configMap);
      assert std.isString(path) : owner + '.configMapVolumeMount: path must be a string' + check.got(path);
      assert std.isObject(volumeMountMixin) : owner + '.configMapVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.configMapVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.configMapVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.configMapVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local name = configMap.metadata.name;
      local volume = { name: name, configMap+: { name: name } } + volumeMixin;
      local mount = { name: name, mountPath: path } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers)
      + annotated({ [name + '-hash']: std.md5(std.toString(configMap)) }),

    // Mounts a path of the node on a path.
    hostVolumeMount(name, hostPath, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.hostVolumeMount: name must be a string' + check.got(name);
      assert std.isString(hostPath) : owner + '.hostVolumeMount: hostPath must be a string' + check.got(hostPath);
      assert std.isString(path) : owner + '.hostVolumeMount: path must be a string' + check.got(path);
      assert std.isBoolean(readOnly) : owner + '.hostVolumeMount: readOnly must be true or false' + check.got(readOnly);
      assert std.isObject(volumeMountMixin) : owner + '.hostVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.hostVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.hostVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.hostVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local volume = { name: name, hostPath+: { path: hostPath } } + volumeMixin;
      local mount = { name: name, mountPath: path, [if readOnly then 'readOnly']: true } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers),

    // Mounts the PersistentVolumeClaim of this name on a path.
    pvcVolumeMount(name, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.pvcVolumeMount: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.pvcVolumeMount: path must be a string' + check.got(path);
      assert std.isBoolean(readOnly) : owner + '.pvcVolumeMount: readOnly must be true or false' + check.got(readOnly);
      assert std.isObject(volumeMountMixin) : owner + '.pvcVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.pvcVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.pvcVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.pvcVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local volume = { name: name, persistentVolumeClaim+: { claimName: name } } + volumeMixin;
      local mount = { name: name, mountPath: path, [if readOnly then 'readOnly']: true } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers),

    // Mounts the Secret of this name on a path.
    secretVolumeMount(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.secretVolumeMount: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.secretVolumeMount: path must be a string' + check.got(path);
      assert std.isNumber(defaultMode) && std.floor(defaultMode) == defaultMode : owner + '.secretVolumeMount: defaultMode must be an integer, such as 256 for the octal 0400' + check.got(defaultMode);
      assert std.isObject(volumeMountMixin) : owner + '.secretVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.secretVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.secretVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.secretVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      mountedSecret(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

    // As secretVolumeMount, with an annotation that has a hash of the name; init containers are left as they are.
    secretVolumeMountAnnotated(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.secretVolumeMountAnnotated: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.secretVolumeMountAnnotated: path must be a string' + check.got(path);
      assert std.isNumber(defaultMode) && std.floor(defaultMode) == defaultMode : owner + '.secretVolumeMountAnnotated: defaultMode must be an integer, such as 256 for the octal 0400' + check.got(defaultMode);
      assert std.isObject(volumeMountMixin) : owner + '.secretVolumeMountAnnotated: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.secretVolumeMountAnnotated: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.secretVolumeMountAnnotated: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.secretVolumeMountAnnotated: includeInitContainers must be true or false' + check.got(includeInitContainers);
      // k8s-libsonnet takes includeInitContainers here and does not use it either.
      mountedSecret(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, false)
      + annotated({ [name + '-secret-hash']: std.md5(name) }),

    // Mounts an empty volume of this name on a path.
    emptyVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.emptyVolumeMount: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.emptyVolumeMount: path must be a string' + check.got(path);
      assert std.isObject(volumeMountMixin) : owner + '.emptyVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.emptyVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.emptyVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.emptyVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local volume = { name: name, emptyDir: {} } + volumeMixin;
      local mount = { name: name, mountPath: path } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers),

    // Mounts a volume of a CSI driver on a path.
    csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
      assert std.isString(name) : owner + '.csiVolumeMount: name must be a string' + check.got(name);
      assert std.isString(path) : owner + '.csiVolumeMount: path must be a string' + check.got(path);
      assert std.isString(driver) : owner + '.csiVolumeMount: driver must be a string' + check.got(driver);
      assert check.fits(owner + '.csiVolumeMount: volumeAttributes', check.stringMap, volumeAttributes);
      assert std.isObject(volumeMountMixin) : owner + '.csiVolumeMount: volumeMountMixin must be an object that is added to the volume mount' + check.got(volumeMountMixin);
      assert std.isObject(volumeMixin) : owner + '.csiVolumeMount: volumeMixin must be an object that is added to the volume' + check.got(volumeMixin);
      assert containers == null || std.isArray(containers) || std.isString(containers) : owner + '.csiVolumeMount: containers must be an array of names of containers, or null for all' + check.got(containers);
      assert std.isBoolean(includeInitContainers) : owner + '.csiVolumeMount: includeInitContainers must be true or false' + check.got(includeInitContainers);
      local csi = { driver: driver, readOnly: true, volumeAttributes: volumeAttributes };
      local volume = { name: name, csi: csi } + volumeMixin;
      local mount = { name: name, mountPath: path } + volumeMountMixin;
      mounted(volume, mount, containers, includeInitContainers),
  }
