// A library with a layer over it, by the means that grafana's ksonnet-util uses: `+:` down to an object, `super` and
// `super.mixin` for what was there, `$` for other objects as they are with the layer, `self` for other names of
// methods, and versions of APIs that are gone.
function(library)
  local mayLackName = { new(name=''):: super.new(name) };
  local fromNothing = { new():: {} };

  library
  {
    core+: { v1+: {
      persistentVolumeClaim+: mayLackName,
      toleration+: fromNothing,
      podAffinityTerm+: fromNothing,
      envFromSource+: fromNothing,
      container+: {
        envType: $.core.v1.envVar,
        portsType: $.core.v1.containerPort,
      },
      service+: { spec+: {
        withClusterIp: self.withClusterIP,
        portsType: $.core.v1.servicePort,
      } },
    } },
    apps+: {
      local podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecutionType: $.core.v1.podAffinityTerm },
      local pods = { spec+: { template+: { spec+: {
        tolerationsType: $.core.v1.toleration,
        affinity+: { podAntiAffinity+: podAntiAffinity },
      } } } },
      v1+: { deployment+: pods, statefulSet+: pods },
      v1beta1+: { deployment+: pods },
    },
    batch+: {
      local jobs = { mixin+: { spec+: { jobTemplate+: { spec+: { template+: { spec+: {
        imagePullSecretsType: $.core.v1.localObjectReference,
      } } } } } } },
      v1+: { job+: mayLackName + jobs, cronJob+: jobs },
      v1beta1+: { job+: mayLackName + jobs },
    },
    rbac+: {
      local roles = {
        role+: mayLackName { rulesType: $.rbac.v1.policyRule },
        roleBinding+: mayLackName { subjectsType: $.rbac.v1.subject },
        clusterRole+: mayLackName,
        clusterRoleBinding+: mayLackName,
        subject+: fromNothing,
        policyRule+: fromNothing { withNonResourceUrls: self.withNonResourceURLs },
      },
      v1+: roles,
      v1beta1+: roles,
    },
    policy+: { v1beta1+: { podDisruptionBudget+: mayLackName } },
    storage+: { v1+: { storageClass+: mayLackName } },
  }
  + {
    core+: { v1+: {
      containerPort+:: {
        new(name, port):: super.newNamed(name=name, containerPort=port),
        newUDP(name, port):: super.newNamedUDP(name=name, containerPort=port),
      },
      container+:: {
        new(name, image):: super.new(name, image) + super.withImagePullPolicy('IfNotPresent'),
      },
    } },
    local apps = {
      daemonSet+: {
        new(name, containers, podLabels={})::
          super.new(name, containers, podLabels={})
          + super.mixin.spec.template.spec.withTolerations([
            $.core.v1.toleration.new() + $.core.v1.toleration.withOperator('Exists'),
          ])
          + super.mixin.spec.updateStrategy.withType('RollingUpdate'),
      },
      deployment+: {
        new(name, replicas, containers, podLabels={})::
          super.new(name, replicas, containers, podLabels)
          + super.mixin.spec.withMinReadySeconds(10),
      },
      statefulSet+: {
        new(name, replicas, containers, volumeClaims=[], podLabels={})::
          super.new(name, replicas, containers, volumeClaims, podLabels)
          + super.mixin.spec.updateStrategy.withType('RollingUpdate'),
      },
    },
    apps+: { v1beta1+: apps, v1+: apps },
    local this = self,
    _config+:: { namespace: 'team' },
    util+:: { nameOf(object):: this._config.namespace + '/' + object.metadata.name },
  }
