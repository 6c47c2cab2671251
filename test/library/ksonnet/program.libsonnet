// What programs over ksonnet-util write, with the layer's library `k`.
function(k)
  local container = k.core.v1.container;
  local deployment = k.apps.v1.deployment;
  local service = k.core.v1.service;
  local servicePort = k.core.v1.servicePort;
  local volume = k.core.v1.volume;
  local volumeMount = k.core.v1.volumeMount;
  local app =
    container.new('app', 'app:1')
    + container.withPorts([k.core.v1.containerPort.new('http', 80), k.core.v1.containerPort.newUDP('dns', 53)])
    + container.withEnvMap({ A: 'a', B: '', C: { fieldRef: { fieldPath: 'metadata.name' } } })
    + container.withEnvMixin([container.envType.new('D', 'd'), container.envType.fromSecretRef('E', 's', 'k')])
    + container.mixin.resources.withRequests({ cpu: '1' })
    + container.mixin.resources.withRequestsMixin({ memory: '1Gi' })
    + container.mixin.resources.withLimits({})
    + container.mixin.resources.withLimitsMixin({ cpu: '2' });
  local web = deployment.new('web', 2, [app], { tier: 'front' });
  local affinity = deployment.mixin.spec.template.spec.affinity.podAntiAffinity;
  local term = affinity.requiredDuringSchedulingIgnoredDuringExecutionType;
  local mount(c) = c + container.withVolumeMountsMixin([volumeMount.new('config', '/config') + volumeMount.withSubPath('a')]);
  local bound(role, binding, account) = {
    account: account,
    role: role.new() + role.mixin.metadata.withName('r') + role.withRules([
      k.rbac.v1.policyRule.new() + k.rbac.v1.policyRule.withVerbs(['get']) + k.rbac.v1.policyRule.withNonResourceUrls(['/x']),
    ]),
    binding: binding.new()
             + binding.mixin.metadata.withName('r')
             + binding.mixin.roleRef.withApiGroup('rbac.authorization.k8s.io')
             + binding.mixin.roleRef.withKind('Role')
             + binding.mixin.roleRef.withName('r')
             + binding.withSubjects([
               k.rbac.v1.subject.new()
               + k.rbac.v1.subject.withKind('ServiceAccount')
               + k.rbac.v1.subject.withName('r')
               + k.rbac.v1.subject.withNamespace('team'),
             ]),
  };
  {
    deployment: web
                + deployment.mapContainers(mount)
                + deployment.mixin.spec.template.spec.withVolumesMixin([volume.fromConfigMap('config', 'config')])
                + deployment.mixin.spec.template.metadata.withAnnotationsMixin({ a: 'b' })
                + deployment.mixin.spec.template.spec.withPriorityClassName('high')
                + { spec+: affinity.withRequiredDuringSchedulingIgnoredDuringExecution([
                  term.new()
                  + term.mixin.labelSelector.withMatchLabels({ name: 'web' })
                  + term.withTopologyKey('kubernetes.io/hostname'),
                ]).spec },
    secretVolume: volume.fromSecret('s', secretName='s') + volume.mixin.secret.withDefaultMode(256),
    volumes: [volume.fromHostPath('h', '/h'), volume.fromPersistentVolumeClaim('p', 'p'), volume.fromEmptyDir('e')],
    mounts: [volumeMount.new('h', '/h', readOnly=true), volumeMount.new('h', '/h', readOnly=false)],
    daemonSet: k.apps.v1.daemonSet.new('agent', [app]),
    statefulSet: k.apps.v1.statefulSet.new('db', 1, [app], [
      k.core.v1.persistentVolumeClaim.new() + k.core.v1.persistentVolumeClaim.mixin.metadata.withName('data'),
    ]),
    service: service.new('web', { name: 'web' }, [
               servicePort.newNamed(name='http', port=80, targetPort=80) + servicePort.withProtocol('TCP'),
             ])
             + service.mixin.metadata.withLabels({ name: 'web' })
             + service.mixin.spec.withClusterIp('None'),
    ports: (app + container.withPortsMixin([])).ports,
    cluster: bound(k.rbac.v1.clusterRole, k.rbac.v1.clusterRoleBinding, k.core.v1.serviceAccount.new('r')),
    namespaced: bound(
      k.rbac.v1.role,
      k.rbac.v1.roleBinding,
      k.core.v1.serviceAccount.new('r') + k.core.v1.serviceAccount.mixin.metadata.withNamespace('team'),
    ),
    job: k.batch.v1.job.new() + k.batch.v1.job.mixin.metadata.withName('j'),
    cronJob: k.batch.v1.cronJob.new('c', '0 * * * *', [app]) + k.batch.v1.cronJob.mixin.spec.withSuspend(true),
    storageClass: k.storage.v1.storageClass.new() + k.storage.v1.storageClass.mixin.metadata.withName('fast'),
    tolerations: deployment.mixin.spec.template.spec.tolerationsType.new() + k.core.v1.toleration.withKey('x'),
    known: [std.objectHasAll(k.core.v1, 'envVar'), std.objectHas(k, '__ksonnet'), std.objectHasAll(k.networking, 'v1')],
    name: k.util.nameOf(web),
    // The library itself beside what is rendered, as programs have it that start with the import of ksonnet-util.
    beside: k { own: 1 },
  }
