import {
  type Cases,
  container,
  daemonSet,
  deployment,
  job,
  object,
  pod,
  statefulSet,
  template,
} from './case.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** What the spec of a Pod has beside containers. */
export const POD_CASES: Cases = {
  'workloads/restart-policy': {
    wrong: {
      'never in a Deployment': deployment('', template('restartPolicy: Never')),
      'on failure in a DaemonSet': daemonSet('', template('restartPolicy: OnFailure')),
      'none in a Job': job('', ''),
      'always in a Job': job('', 'restartPolicy: Always'),
      'none in a CronJob': object(
        'batch/v1/CronJob',
        'spec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: b}]}}}}}',
      ),
    },
    right: {
      'always in a StatefulSet': statefulSet('', template('restartPolicy: Always')),
      'on failure in a Job': job('', 'restartPolicy: OnFailure'),
      'never in a Pod': pod('restartPolicy: Never'),
      'any in a PodTemplate': object(
        'v1/PodTemplate',
        'template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}',
      ),
    },
  },
  'workloads/active-deadline': {
    wrong: {
      'in a Deployment': deployment('', template('activeDeadlineSeconds: 60')),
      'in a StatefulSet': statefulSet('', template('activeDeadlineSeconds: 60')),
      zero: pod('activeDeadlineSeconds: 0'),
    },
    right: {
      'in a Pod': pod('activeDeadlineSeconds: 60'),
      'in a Job': job('', 'restartPolicy: Never, activeDeadlineSeconds: 60'),
    },
  },
  'workloads/security-context': {
    wrong: {
      'privileged without escalation': container(
        'securityContext: {privileged: true, allowPrivilegeEscalation: false}',
      ),
      'a capability without escalation': container(
        'securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}',
      ),
      'a negative user': container('securityContext: {runAsUser: -1}'),
      'a group that is too great': pod('securityContext: {fsGroup: 4294967296}'),
      'a profile without a file': container('securityContext: {seccompProfile: {type: Localhost}}'),
      'a file without its profile': pod(
        'securityContext: {seccompProfile: {type: RuntimeDefault, localhostProfile: a}}',
      ),
      'two namespaces of processes': pod('shareProcessNamespace: true, hostPID: true'),
      'users of the host': pod('hostUsers: false, hostPID: true'),
      unmasked: container('securityContext: {procMount: Unmasked}'),
      'a sysctl twice': pod(
        'securityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}, {name: net.core.somaxconn, value: "2"}]}',
      ),
      'a sysctl that is none': pod('securityContext: {sysctls: [{name: "a b", value: "1"}]}'),
    },
    right: {
      'no escalation': container(
        'securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [SYS_ADMIN]}}',
      ),
      'root that must not be': container('securityContext: {runAsNonRoot: true, runAsUser: 0}'),
      'a profile': container(
        'securityContext: {seccompProfile: {type: Localhost, localhostProfile: a/b.json}}',
      ),
    },
  },
  'workloads/toleration': {
    wrong: {
      'a value of Exists': pod('tolerations: [{key: a, operator: Exists, value: b}]'),
      'no key': pod('tolerations: [{value: b}]'),
      'seconds without NoExecute': pod(
        'tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 10}]',
      ),
      'seconds without an effect': pod(
        'tolerations: [{key: a, operator: Exists, tolerationSeconds: 10}]',
      ),
      'an operator behind a gate': pod('tolerations: [{key: a, operator: Gt, value: "1"}]'),
      'a value that no taint has': pod('tolerations: [{key: a, value: "b c"}]'),
      'a key that no taint has': pod('tolerations: [{key: a b, operator: Exists}]'),
      'in a template': daemonSet(
        '',
        template('tolerations: [{key: a, operator: Exists, value: "true"}]'),
      ),
    },
    right: {
      'all taints': pod('tolerations: [{operator: Exists}]'),
      'no operator': pod('tolerations: [{key: a, value: b, effect: NoSchedule}]'),
      seconds: pod(
        'tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 10}]',
      ),
      'no value': pod('tolerations: [{key: a}]'),
    },
  },
  'workloads/affinity': {
    wrong: {
      'no weight': pod(
        `affinity: {podAntiAffinity: {${PREFERRED}: [{weight: 0, podAffinityTerm: {topologyKey: a}}]}}`,
      ),
      'a weight that is too great': pod(
        `affinity: {nodeAffinity: {${PREFERRED}: [{weight: 101, preference: {matchExpressions: [{key: a, operator: Exists}]}}]}}`,
      ),
      'an empty topology key': pod(`affinity: {podAffinity: {${REQUIRED}: [{topologyKey: ""}]}}`),
      'In without values': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]}}}`,
      ),
      'Exists with values': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]}}}`,
      ),
      'Gt with two values': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt, values: ["1", "2"]}]}]}}}`,
      ),
      'no term': pod(`affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: []}}}`),
      'a field of a node': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchFields: [{key: metadata.labels, operator: In, values: [a]}]}]}}}`,
      ),
    },
    right: {
      'a term without anything': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{}]}}}`,
      ),
      Lt: pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Lt, values: ["1"]}]}]}}}`,
      ),
      'no selector': pod(
        `affinity: {podAffinity: {${REQUIRED}: [{topologyKey: kubernetes.io/hostname}]}}`,
      ),
      'a name of a node': pod(
        `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]}}}`,
      ),
    },
  },
  'workloads/topology-spread': {
    wrong: {
      'no skew': pod(
        'topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]',
      ),
      'an empty key': pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: "", whenUnsatisfiable: DoNotSchedule}]',
      ),
      twice: pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]',
      ),
      'domains of anyway': pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway, minDomains: 2}]',
      ),
      'keys without a selector': pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [b]}]',
      ),
    },
    right: {
      'two ways': pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]',
      ),
      domains: pod(
        'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, minDomains: 2, labelSelector: {matchLabels: {app: a}}}]',
      ),
    },
  },
  'workloads/dns': {
    wrong: {
      'None without a server': pod('dnsPolicy: None'),
      'None with searches only': pod('dnsPolicy: None, dnsConfig: {searches: [a.b]}'),
      'a server by name': pod('dnsConfig: {nameservers: [dns.example.com]}'),
      'four servers': pod('dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]}'),
      'a search domain with a blank': pod('dnsConfig: {searches: [a b]}'),
    },
    right: {
      None: pod('dnsPolicy: None, dnsConfig: {nameservers: [1.1.1.1, "::1"]}'),
      options: pod('dnsConfig: {options: [{name: ndots, value: "2"}], searches: [a.b., _a.b, .]}'),
    },
  },
  'workloads/host-alias': {
    wrong: {
      'no address': pod('hostAliases: [{ip: localhost, hostnames: [a]}]'),
      'a name with an underscore': pod('hostAliases: [{ip: 10.0.0.1, hostnames: [a_b]}]'),
      'an octet that is too great': pod('hostAliases: [{ip: 10.0.0.256, hostnames: [a]}]'),
    },
    right: {
      'two families': pod(
        'hostAliases: [{ip: 10.0.0.1, hostnames: [a.b]}, {ip: "fd00::1", hostnames: [a]}]',
      ),
    },
  },
  'workloads/init-container': {
    wrong: {
      'a probe': pod(
        'initContainers: [{name: i, image: b, readinessProbe: {httpGet: {port: 80}}}]',
      ),
      'a hook': pod(
        'initContainers: [{name: i, image: b, lifecycle: {preStop: {sleep: {seconds: 1}}}}]',
      ),
      'a probe in a template': deployment(
        '',
        template('initContainers: [{name: i, image: b, startupProbe: {httpGet: {port: 80}}}]'),
      ),
    },
    right: {
      'a sidecar': pod(
        'initContainers: [{name: i, image: b, restartPolicy: Always, startupProbe: {httpGet: {port: 80}}, lifecycle: {preStop: {sleep: {seconds: 1}}}}]',
      ),
    },
  },
  'workloads/pod-name': {
    wrong: {
      'a ServiceAccount': pod('serviceAccountName: Shop_1'),
      'a host name with a dot': pod('hostname: a.b'),
      'a subdomain': pod('subdomain: A'),
      'a node': pod('nodeName: a_b'),
      'a priority class': pod('priorityClassName: High'),
      'a runtime class': deployment('', template('runtimeClassName: G_visor')),
    },
    right: {
      'a host name of a StatefulSet': statefulSet('', template('hostname: a.b')),
      'a name with dots': deployment('', template('serviceAccountName: a.b.c')),
    },
  },
};
