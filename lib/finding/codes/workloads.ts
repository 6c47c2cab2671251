import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/workloads. */
export const WORKLOADS_CODES = {
  'workloads/selector-mismatch': {
    severity: 'error',
    title: 'The selector of a workload is empty, or does not take the labels of its own template.',
  },
  'workloads/label-selector': {
    severity: 'error',
    title:
      'A label selector has an operator without its values, or a key or value that no label can have.',
  },
  'workloads/no-containers': {
    severity: 'error',
    title: 'A Pod has no containers.',
  },
  'workloads/container-name': {
    severity: 'error',
    title:
      'The name of a container is empty, not a DNS label, or taken by another container of the Pod.',
  },
  'workloads/container-image': {
    severity: 'error',
    title: 'A container has no image, or an image with blanks around it.',
  },
  'workloads/container-port': {
    severity: 'error',
    title:
      'A port of a container has a number or a name that no port can have, or one that is taken.',
  },
  'workloads/env': {
    severity: 'error',
    title:
      'An environment variable has a name that none can have, or not exactly one source. A warning for a name that comes twice.',
  },
  'workloads/field-ref': {
    severity: 'error',
    title: 'The downward API does not have the field or resource that is asked for.',
  },
  'workloads/volume': {
    severity: 'error',
    title:
      'A volume of a Pod has a name that is taken, more than one source, or a source that lacks something.',
  },
  'workloads/volume-mount': {
    severity: 'error',
    title: 'A container mounts a volume that the Pod does not have, or two at one path.',
  },
  'workloads/probe': {
    severity: 'error',
    title:
      'A probe does not do exactly one thing, or has numbers that the API server refuses. A warning for a port by a name that the container does not have.',
  },
  'workloads/lifecycle': {
    severity: 'error',
    title:
      'A hook of a container does not do exactly one thing, or sleeps longer than the Pod has time.',
  },
  'workloads/resources': {
    severity: 'error',
    title: 'A container requests more than its limit, or resources that it cannot have.',
  },
  'workloads/restart-policy': {
    severity: 'error',
    title:
      'The restartPolicy is not one that the kind takes: Always for what runs on, OnFailure or Never for Jobs.',
  },
  'workloads/active-deadline': {
    severity: 'error',
    title: 'Pods that run on have activeDeadlineSeconds, or it is out of range.',
  },
  'workloads/security-context': {
    severity: 'error',
    title: 'Security settings contradict each other, or name ids and profiles that cannot be.',
  },
  'workloads/run-as-root': {
    severity: 'warning',
    title: 'A container must not run as root, and its user is root.',
  },
  'workloads/toleration': {
    severity: 'error',
    title: 'The key, operator, value and effect of a toleration do not fit together.',
  },
  'workloads/affinity': {
    severity: 'error',
    title: 'An affinity has a weight, an operator or a topology key that cannot be.',
  },
  'workloads/topology-spread': {
    severity: 'error',
    title: 'A topology spread constraint cannot be met as it is written, or is there twice.',
  },
  'workloads/dns': {
    severity: 'error',
    title: 'The DNS settings of a Pod lack a name server, or name one that is no IP address.',
  },
  'workloads/host-alias': {
    severity: 'error',
    title: 'A host alias has no IP address, or names that are no host names.',
  },
  'workloads/init-container': {
    severity: 'error',
    title: 'An init container that ends has a probe or a lifecycle hook.',
  },
  'workloads/pod-name': {
    severity: 'error',
    title:
      'The spec of a Pod names a ServiceAccount, node, class or host with a name that none can have.',
  },
  'workloads/replicas': {
    severity: 'error',
    title:
      'A number of a workload is negative, or its progress deadline ends before its Pods are ready.',
  },
  'workloads/update-strategy': {
    severity: 'error',
    title: 'The update strategy of a workload contradicts itself, or would never update a Pod.',
  },
  'workloads/governing-service': {
    severity: 'warning',
    title: 'A StatefulSet names a Service that the environment does not render.',
  },
  'workloads/schedule': {
    severity: 'error',
    title: 'The schedule or the time zone of a CronJob cannot be read.',
  },
  'workloads/job': {
    severity: 'error',
    title: 'The numbers, indexes or failure policy of a Job do not fit together.',
  },
  'workloads/autoscaler': {
    severity: 'error',
    title: 'The bounds, metrics or behaviour of an autoscaler cannot be.',
  },
  'workloads/autoscaler-conflict': {
    severity: 'error',
    title: 'Two autoscalers have the same target, so neither scales it.',
  },
  'workloads/autoscaler-target': {
    severity: 'warning',
    title: 'An autoscaler names a target that the environment does not render.',
  },
  'workloads/disruption-budget': {
    severity: 'error',
    title:
      'A disruption budget has minAvailable and maxUnavailable, or one that is neither a count nor a percentage.',
  },
  'workloads/disruption-budget-unmatched': {
    severity: 'warning',
    title: 'A disruption budget selects none of the Pods that are rendered in its namespace.',
  },
  'workloads/service-port': {
    severity: 'error',
    title:
      'A port of a Service has no name beside others, or a number that is taken or out of range.',
  },
  'workloads/service-address': {
    severity: 'error',
    title: 'A Service has an address or a setting that its type does not take.',
  },
  'workloads/service-selector': {
    severity: 'warning',
    title: 'A Service selects none of the rendered Pods.',
  },
  'workloads/service-target-port': {
    severity: 'warning',
    title: 'A Service sends to a port by a name that no container of its Pods has.',
  },
  'workloads/ingress': {
    severity: 'error',
    title: 'An Ingress has a host, a path or a backend that the API server refuses.',
  },
  'workloads/ingress-backend': {
    severity: 'warning',
    title: 'An Ingress sends to a Service that the environment does not render.',
  },
  'workloads/ingress-backend-port': {
    severity: 'error',
    title: 'An Ingress sends to a port that the Service does not have.',
  },
  'workloads/network-policy': {
    severity: 'error',
    title: 'A network policy has a peer, a range of addresses or a port that cannot be.',
  },
  'workloads/endpoint-slice': {
    severity: 'error',
    title: 'An EndpointSlice has an address or a port that does not fit.',
  },
  'workloads/volume-claim': {
    severity: 'error',
    title: 'A claim of storage has no size, no access mode, or one that there is not.',
  },
  'workloads/persistent-volume': {
    severity: 'error',
    title: 'A PersistentVolume has no capacity, no access mode, or not exactly one source.',
  },
  'workloads/storage-class': {
    severity: 'error',
    title: 'A StorageClass has a provisioner or a policy that cannot be.',
  },
  'workloads/resource-quota': {
    severity: 'error',
    title: 'A ResourceQuota limits what cannot be limited, or has scopes that exclude each other.',
  },
  'workloads/limit-range': {
    severity: 'error',
    title: 'The limits of a LimitRange are not in order, or limit what cannot be limited.',
  },
  'workloads/priority-class': {
    severity: 'error',
    title: 'A PriorityClass takes a name or a value that is kept for Kubernetes.',
  },
  'workloads/role': {
    severity: 'error',
    title: 'A rule of a role has no verbs, groups or resources, or mixes them with URLs.',
  },
  'workloads/role-binding': {
    severity: 'error',
    title: 'A binding names a role or a subject that cannot be.',
  },
  'workloads/role-missing': {
    severity: 'warning',
    title: 'A binding names a role that the environment does not render.',
  },
  'workloads/webhook': {
    severity: 'error',
    title: 'An admission webhook has a name, a client or a rule that the API server refuses.',
  },
  'workloads/custom-resource-definition': {
    severity: 'error',
    title: 'The names or versions of a custom resource definition do not fit together.',
  },
} as const satisfies Record<string, CodeEntry>;
