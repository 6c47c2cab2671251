import { type Cases, container, deployment, pod, statefulSet, template } from './case.ts';

/** Volumes, probes and resources. */
export const MOUNT_CASES: Cases = {
  'workloads/volume': {
    wrong: {
      'a name twice': pod('volumes: [{name: v}, {name: v}]'),
      'an underscore': pod('volumes: [{name: a_b}]'),
      'two sources': pod('volumes: [{name: v, emptyDir: {}, configMap: {name: a}}]'),
      'a Secret without a name': pod('volumes: [{name: v, secret: {}}]'),
      'a ConfigMap without a name': pod('volumes: [{name: v, configMap: {}}]'),
      'a mode that is too great': pod(
        'volumes: [{name: v, secret: {secretName: a, defaultMode: 644}}]',
      ),
      'a path upwards': pod(
        'volumes: [{name: v, configMap: {name: a, items: [{key: b, path: ../c}]}}]',
      ),
      'an absolute path': pod(
        'volumes: [{name: v, configMap: {name: a, items: [{key: b, path: /c}]}}]',
      ),
      'a host path upwards': pod('volumes: [{name: v, hostPath: {path: /a/../b}}]'),
      'a relative share': pod('volumes: [{name: v, nfs: {server: a, path: b}}]'),
      'a projected source with two': pod(
        'volumes: [{name: v, projected: {sources: [{secret: {name: a}, configMap: {name: b}}]}}]',
      ),
      'a projected Secret without a name': pod(
        'volumes: [{name: v, projected: {sources: [{secret: {}}]}}]',
      ),
      'a negative size': pod('volumes: [{name: v, emptyDir: {sizeLimit: -1Gi}}]'),
      'in a template': deployment('', template('volumes: [{name: v}, {name: v}]')),
    },
    right: {
      'no source': pod('volumes: [{name: v}]'),
      'mode 0400': pod('volumes: [{name: v, secret: {secretName: a, defaultMode: 256}}]'),
      'a folder in the path': pod(
        'volumes: [{name: v, configMap: {name: a, items: [{key: b, path: c/d}]}}]',
      ),
      'a host path by type': pod(
        'volumes: [{name: v, hostPath: {path: /a, type: DirectoryOrCreate}}]',
      ),
      'one name for a claim template': statefulSet(
        'volumeClaimTemplates: [{metadata: {name: v}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]',
        template('volumes: [{name: v, emptyDir: {}}]'),
      ),
    },
  },
  'workloads/volume-mount': {
    wrong: {
      'no volume': container('volumeMounts: [{name: v, mountPath: /v}]'),
      'another volume': container(
        'volumeMounts: [{name: v, mountPath: /v}]',
        'volumes: [{name: w}]',
      ),
      'one path twice': container(
        'volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /v}]',
        'volumes: [{name: v}, {name: w}]',
      ),
      'an empty path': container(
        'volumeMounts: [{name: v, mountPath: ""}]',
        'volumes: [{name: v}]',
      ),
      'a subPath upwards': container(
        'volumeMounts: [{name: v, mountPath: /v, subPath: ../a}]',
        'volumes: [{name: v}]',
      ),
      'an absolute subPath': container(
        'volumeMounts: [{name: v, mountPath: /v, subPath: /a}]',
        'volumes: [{name: v}]',
      ),
      'both subPaths': container(
        'volumeMounts: [{name: v, mountPath: /v, subPath: a, subPathExpr: b}]',
        'volumes: [{name: v}]',
      ),
      bidirectional: container(
        'volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]',
        'volumes: [{name: v}]',
      ),
      'a device that is none': container(
        'volumeDevices: [{name: v, devicePath: /v}]',
        'volumes: [{name: v}]',
      ),
      'in an init container': pod(
        'initContainers: [{name: i, image: b, volumeMounts: [{name: v, mountPath: /v}]}]',
      ),
      'not the claim template': statefulSet(
        'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]',
        template('', 'volumeMounts: [{name: dta, mountPath: /v}]'),
      ),
    },
    right: {
      'two paths': container(
        'volumeMounts: [{name: v, mountPath: /v}, {name: v, mountPath: /w}]',
        'volumes: [{name: v}]',
      ),
      'a slash more': container(
        'volumeMounts: [{name: v, mountPath: /v}, {name: v, mountPath: /v/}]',
        'volumes: [{name: v}]',
      ),
      'a claim template': statefulSet(
        'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]',
        template('', 'volumeMounts: [{name: data, mountPath: /v}]'),
      ),
      'a device': container(
        'volumeDevices: [{name: v, devicePath: /v}]',
        'volumes: [{name: v, persistentVolumeClaim: {claimName: a}}]',
      ),
      privileged: container(
        'securityContext: {privileged: true}, volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]',
        'volumes: [{name: v}]',
      ),
    },
  },
  'workloads/probe': {
    wrong: {
      'two handlers': container('livenessProbe: {exec: {command: [a]}, httpGet: {port: 80}}'),
      'no handler': container('readinessProbe: {periodSeconds: 10}'),
      'no command': container('livenessProbe: {exec: {}}'),
      'a port that is too great': container('livenessProbe: {httpGet: {port: 99999}}'),
      'a number as a text': container('livenessProbe: {httpGet: {port: "8080"}}'),
      'a negative delay': container(
        'livenessProbe: {httpGet: {port: 80}, initialDelaySeconds: -1}',
      ),
      'success more than once': container(
        'livenessProbe: {httpGet: {port: 80}, successThreshold: 2}',
      ),
      'success of a startup probe': container(
        'startupProbe: {httpGet: {port: 80}, successThreshold: 3}',
      ),
      'a grace period of a readiness probe': container(
        'readinessProbe: {httpGet: {port: 80}, terminationGracePeriodSeconds: 10}',
      ),
      'no grace period': container(
        'livenessProbe: {httpGet: {port: 80}, terminationGracePeriodSeconds: 0}',
      ),
      'a header with a colon': container(
        'livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: "Host:", value: a}]}}',
      ),
      'a port of gRPC': container('livenessProbe: {grpc: {port: 0}}'),
    },
    right: {
      'success of a readiness probe': container(
        'readinessProbe: {httpGet: {port: 80}, successThreshold: 2}',
      ),
      'a name of a port': container(
        'ports: [{containerPort: 80, name: http}], livenessProbe: {tcpSocket: {port: http}}',
      ),
      'a name that there is not': container('livenessProbe: {tcpSocket: {port: http}}'),
      'zero seconds': container(
        'livenessProbe: {exec: {command: [a]}, timeoutSeconds: 0, periodSeconds: 0, successThreshold: 0, failureThreshold: 0}',
      ),
    },
  },
  'workloads/lifecycle': {
    wrong: {
      'no handler': container('lifecycle: {preStop: {}}'),
      'two handlers': container(
        'lifecycle: {preStop: {exec: {command: [a]}, sleep: {seconds: 1}}}',
      ),
      'a sleep that is too long': container('lifecycle: {preStop: {sleep: {seconds: 60}}}'),
      'a sleep longer than said': container(
        'lifecycle: {preStop: {sleep: {seconds: 6}}}',
        'terminationGracePeriodSeconds: 5',
      ),
    },
    right: {
      'a sleep': container('lifecycle: {preStop: {sleep: {seconds: 30}}}'),
      'a longer sleep': container(
        'lifecycle: {preStop: {sleep: {seconds: 60}}}',
        'terminationGracePeriodSeconds: 90',
      ),
      'a stop signal': container('lifecycle: {stopSignal: SIGTERM}'),
    },
  },
  'workloads/resources': {
    wrong: {
      'more than the limit': container('resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}'),
      'memory of another unit': container(
        'resources: {requests: {memory: 1Gi}, limits: {memory: 1G}}',
      ),
      negative: container('resources: {requests: {cpu: -100m}}'),
      'a resource that there is not': container('resources: {limits: {gpu: 1}}'),
      'storage of a claim': container('resources: {requests: {storage: 1Gi}}'),
      'a part of a GPU': container('resources: {limits: {nvidia.com/gpu: 500m}}'),
      'a GPU without a limit': container('resources: {requests: {nvidia.com/gpu: 1}}'),
      'fewer GPUs than the limit': container(
        'resources: {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}',
      ),
      'huge pages alone': container('resources: {limits: {hugepages-2Mi: 4Mi}}'),
      'a part of a huge page': container('resources: {limits: {cpu: 1, hugepages-2Mi: 3Mi}}'),
      'in a template': deployment(
        '',
        template('', 'resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}'),
      ),
    },
    right: {
      'the same in other words': container(
        'resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {cpu: "1", memory: 1Gi}}',
      ),
      exponents: container('resources: {requests: {memory: 1e3}, limits: {memory: 1k}}'),
      'a GPU': container('resources: {limits: {nvidia.com/gpu: 1}}'),
      'huge pages': container('resources: {limits: {memory: 1Gi, hugepages-2Mi: 4Mi}}'),
      'a request alone': container('resources: {requests: {cpu: 0.1, ephemeral-storage: 1Gi}}'),
    },
  },
};
