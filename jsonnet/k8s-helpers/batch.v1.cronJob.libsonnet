{
  // A CronJob that runs these containers on a schedule; its Pods have the label name.
  new(name, schedule='', containers=[])::
    assert std.isString(name) : 'cronJob.new: name must be a string' + check.got(name);
    assert std.isString(schedule) : 'cronJob.new: schedule must be a string' + check.got(schedule);
    assert check.items('cronJob.new: containers', import '../../_types/core.v1.container.libsonnet', containers);
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata+: { name: name },
      spec+: {
        schedule: schedule,
        jobTemplate+: { spec+: { template+: {
          metadata+: { labels: { name: name } },
          spec+: { containers: check.asArray(containers) },
        } } },
      },
    },

  // What f makes of each container, f being a function that takes a container and returns one.
  // It is added to the object whose containers it changes; init containers come with includeInitContainers.
  mapContainers(f, includeInitContainers=false)::
    assert std.isFunction(f) && std.length(f) > 0 : 'cronJob.mapContainers: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'cronJob.mapContainers: includeInitContainers must be true or false' + check.got(includeInitContainers);
    (import '../../_helpers/mapContainers.libsonnet').inJobTemplate(f, includeInitContainers),

  // As mapContainers, for the containers of these names only: an array of names, or one name.
  mapContainersWithName(names, f, includeInitContainers=false)::
    assert std.isArray(names) || std.isString(names) : 'cronJob.mapContainersWithName: names must be the name of a container or an array of names' + check.got(names);
    assert std.isFunction(f) && std.length(f) > 0 : 'cronJob.mapContainersWithName: f must be a function of a container' + check.got(f);
    assert std.isBoolean(includeInitContainers) : 'cronJob.mapContainersWithName: includeInitContainers must be true or false' + check.got(includeInitContainers);
    self.mapContainers((import '../../_helpers/mapContainers.libsonnet').withName(names, f), includeInitContainers),

  // Mounts the ConfigMap of this name on a path.
  configVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').configVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a ConfigMap on a path, with an annotation by which Pods are replaced when its data change.
  configMapVolumeMount(configMap, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').configMapVolumeMount(configMap, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a path of the node on a path.
  hostVolumeMount(name, hostPath, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').hostVolumeMount(name, hostPath, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the PersistentVolumeClaim of this name on a path.
  pvcVolumeMount(name, path, readOnly=false, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').pvcVolumeMount(name, path, readOnly, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts the Secret of this name on a path.
  secretVolumeMount(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').secretVolumeMount(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // As secretVolumeMount, with an annotation that has a hash of the name; init containers are left as they are.
  secretVolumeMountAnnotated(name, path, defaultMode=256, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').secretVolumeMountAnnotated(name, path, defaultMode, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts an empty volume of this name on a path.
  emptyVolumeMount(name, path, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').emptyVolumeMount(name, path, volumeMountMixin, volumeMixin, containers, includeInitContainers),

  // Mounts a volume of a CSI driver on a path.
  csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin={}, volumeMixin={}, containers=null, includeInitContainers=false)::
    (import '../../_helpers/volumeMounts.libsonnet')(self, 'cronJob').csiVolumeMount(name, path, driver, volumeAttributes, volumeMountMixin, volumeMixin, containers, includeInitContainers),
}
