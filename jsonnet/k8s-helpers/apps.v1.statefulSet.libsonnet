{
  // A StatefulSet whose Pods have the label name and podLabels, and which selects them by these labels.
  new(name, replicas=1, containers=error 'statefulSet.new: containers must be given: a container or an array of containers', volumeClaims=[], podLabels={})::
    assert std.isString(name) : 'statefulSet.new: name must be a string' + check.got(name);
    assert replicas == null || check.fits('statefulSet.new: replicas', check.int32, replicas);
    assert check.items('statefulSet.new: containers', import '../../_types/core.v1.container.libsonnet', containers);
    assert std.isArray(volumeClaims) || std.isObject(volumeClaims) : 'statefulSet.new: volumeClaims must be a PersistentVolumeClaim or an array of them' + check.got(volumeClaims);
    assert check.fits('statefulSet.new: podLabels', check.stringMap, podLabels);
    local labels = { name: name } + podLabels;
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata+: { name: name },
      spec+: {
        replicas: replicas,
        selector+: { matchLabels: labels },
        template+: { metadata+: { labels: labels }, spec+: { containers: check.asArray(containers) } },
      },
    }
    // Without claims the field stays away, which would be a difference in every diff.
    + (if std.length(volumeClaims) > 0 then self.spec.withVolumeClaimTemplates(volumeClaims) else {}),

  // What f makes of each container, f being a function that takes a container and returns one.
  // It is added to the object whose containers it changes; init containers come with includeInitContainers.
  mapContainers(f, includeInitContainers=false)::
    assert std.isFunction(f) && std.length(f) > 0 : 'statefulSet.mapContainers: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'statefulSet.mapContainers: includeInitContainers must be true or false' + check.got(includeInitContainers);
    (import '../../_helpers/mapContainers.libsonnet').inTemplate(f, includeInitContainers),

  // As mapContainers, for the containers of these names only: an array of names, or one name.
  mapContainersWithName(names, f, includeInitContainers=false)::
    assert std.isArray(names) || std.isString(names) : 'statefulSet.mapContainersWithName: names must be the name of a container or an array of names' + check.got(names);
    assert std.isFunction(f) && std.length(f) > 0 : 'statefulSet.mapContainersWithName: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'statefulSet.mapContainersWithName: includeInitContainers must be true or false' + check.got(includeInitContainers);
    self.mapContainers((import '../../_helpers/mapContainers.libsonnet').withName(names, f), includeInitContainers),

  // Mounts the ConfigMap of this name on a path.
  configVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').configVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a ConfigMap on a path, with an annotation by which Pods are replaced when its data change.
  configMapVolumeMount(configMap, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').configMapVolumeMount(configMap, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a path of the node on a path.
  hostVolumeMount(name, hostPath, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').hostVolumeMount(name, hostPath, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the PersistentVolumeClaim of this name on a path.
  pvcVolumeMount(name, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').pvcVolumeMount(name, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the Secret of this name on a path.
  secretVolumeMount(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').secretVolumeMount(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // As secretVolumeMount, with an annotation that has a hash of the name; init containers are left as they are.
  secretVolumeMountAnnotated(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').secretVolumeMountAnnotated(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts an empty volume of this name on a path.
  emptyVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').emptyVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a volume of a CSI driver on a path.
  csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'statefulSet').csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin, volumeMixin, containers, includeInitContainers),
}
