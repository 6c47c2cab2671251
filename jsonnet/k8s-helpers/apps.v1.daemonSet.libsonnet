{
  // A DaemonSet whose Pods have the label name and podLabels, and which selects them by these labels.
  new(name, containers=[], podLabels={})::
    assert std.isString(name) : 'daemonSet.new: name must be a string' + check.got(name);
    assert check.items('daemonSet.new: containers', import '../../_types/core.v1.container.libsonnet', containers);
    assert check.fits('daemonSet.new: podLabels', check.stringMap, podLabels);
    local labels = { name: name } + podLabels;
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata+: { name: name },
      spec+: {
        selector+: { matchLabels: labels },
        template+: { metadata+: { labels: labels }, spec+: { containers: check.asArray(containers) } },
      },
    },

  // What f makes of each container, f being a function that takes a container and returns one.
  // It is added to the object whose containers it changes; init containers come with includeInitContainers.
  mapContainers(f, includeInitContainers=false)::
    assert std.isFunction(f) && std.length(f) > 0 : 'daemonSet.mapContainers: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'daemonSet.mapContainers: includeInitContainers must be true or false' + check.got(includeInitContainers);
    (import '../../_helpers/mapContainers.libsonnet').inTemplate(f, includeInitContainers),

  // As mapContainers, for the containers of these names only: an array of names, or one name.
  mapContainersWithName(names, f, includeInitContainers=false)::
    assert std.isArray(names) || std.isString(names) : 'daemonSet.mapContainersWithName: names must be the name of a container or an array of names' + check.got(names);
    assert std.isFunction(f) && std.length(f) > 0 : 'daemonSet.mapContainersWithName: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'daemonSet.mapContainersWithName: includeInitContainers must be true or false' + check.got(includeInitContainers);
    self.mapContainers((import '../../_helpers/mapContainers.libsonnet').withName(names, f), includeInitContainers),

  // Mounts the ConfigMap of this name on a path.
  configVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').configVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a ConfigMap on a path, with an annotation by which Pods are replaced when its data change.
  configMapVolumeMount(configMap, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').configMapVolumeMount(configMap, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a path of the node on a path.
  hostVolumeMount(name, hostPath, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').hostVolumeMount(name, hostPath, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the PersistentVolumeClaim of this name on a path.
  pvcVolumeMount(name, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').pvcVolumeMount(name, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the Secret of this name on a path.
  secretVolumeMount(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').secretVolumeMount(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // As secretVolumeMount, with an annotation that has a hash of the name; init containers are left as they are.
  secretVolumeMountAnnotated(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').secretVolumeMountAnnotated(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts an empty volume of this name on a path.
  emptyVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').emptyVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a volume of a CSI driver on a path.
  csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'daemonSet').csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin, volumeMixin, containers, includeInitContainers),
}
