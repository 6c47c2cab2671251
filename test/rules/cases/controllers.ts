import {
  type Cases,
  cronJob,
  daemonSet,
  deployment,
  job,
  object,
  statefulSet,
  template,
} from './case.ts';

const CLAIM = 'accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}';
const TARGET = 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}';

function autoscaler(fields: string): string {
  return object('autoscaling/v2/HorizontalPodAutoscaler', `spec: {${TARGET}, ${fields}}`);
}

function metric(fields: string): string {
  return autoscaler(`maxReplicas: 2, metrics: [{${fields}}]`);
}

function budget(fields: string): string {
  return object(
    'policy/v1/PodDisruptionBudget',
    `spec: {selector: {matchLabels: {app: a}}, ${fields}}`,
  );
}

function claim(fields: string): string {
  return object('v1/PersistentVolumeClaim', `spec: {${fields}}`);
}

/** What makes Pods, and what counts them. */
export const CONTROLLER_CASES: Cases = {
  'workloads/replicas': {
    wrong: {
      'negative replicas': deployment('replicas: -1'),
      'negative seconds': statefulSet('minReadySeconds: -1'),
      'a negative history': deployment('revisionHistoryLimit: -1'),
      'a deadline before the Pods are ready': deployment(
        'minReadySeconds: 60, progressDeadlineSeconds: 60',
      ),
      'ready after the default deadline': deployment('minReadySeconds: 600'),
    },
    right: {
      none: deployment('replicas: 0'),
      'a deadline': deployment('minReadySeconds: 60, progressDeadlineSeconds: 61'),
      'a history of a StatefulSet': statefulSet('revisionHistoryLimit: 0'),
    },
  },
  'workloads/update-strategy': {
    wrong: {
      'Recreate with rollingUpdate': deployment(
        'strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}',
      ),
      'both zero': deployment('strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}'),
      'both zero percent': deployment(
        'strategy: {rollingUpdate: {maxSurge: 0%, maxUnavailable: 0}}',
      ),
      'more than all': deployment('strategy: {rollingUpdate: {maxUnavailable: 150%}}'),
      'a number as a text': deployment('strategy: {rollingUpdate: {maxSurge: "1"}}'),
      'a part of a percent': deployment('strategy: {rollingUpdate: {maxSurge: 12.5%}}'),
      negative: deployment('strategy: {rollingUpdate: {maxSurge: -1}}'),
      'OnDelete with rollingUpdate': statefulSet(
        'updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}}',
      ),
      'a negative partition': statefulSet('updateStrategy: {rollingUpdate: {partition: -1}}'),
      'a surge beside unavailable Pods': daemonSet(
        'updateStrategy: {rollingUpdate: {maxSurge: 1}}',
      ),
      'neither of a DaemonSet': daemonSet('updateStrategy: {rollingUpdate: {maxUnavailable: 0}}'),
    },
    right: {
      Recreate: deployment('strategy: {type: Recreate}'),
      'a surge of 200 percent': deployment(
        'strategy: {rollingUpdate: {maxSurge: 200%, maxUnavailable: 0}}',
      ),
      'no surge': deployment('strategy: {rollingUpdate: {maxSurge: 0}}'),
      'a surge of a DaemonSet': daemonSet(
        'updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}',
      ),
      OnDelete: daemonSet('updateStrategy: {type: OnDelete}'),
      'a partition': statefulSet('updateStrategy: {rollingUpdate: {partition: 2}}'),
    },
  },
  'workloads/governing-service': {
    wrong: { 'a dot': statefulSet('serviceName: a.b'), capitals: statefulSet('serviceName: Shop') },
    right: { none: statefulSet(''), 'not rendered': statefulSet('serviceName: a') },
  },
  'workloads/volume-claim': {
    wrong: {
      'no mode': claim('resources: {requests: {storage: 1Gi}}'),
      'an empty list of modes': claim('accessModes: [], resources: {requests: {storage: 1Gi}}'),
      'no size': claim('accessModes: [ReadWriteOnce]'),
      'the size in the limits': claim(
        'accessModes: [ReadWriteOnce], resources: {limits: {storage: 1Gi}}',
      ),
      'no storage at all': claim(
        'accessModes: [ReadWriteOnce], resources: {requests: {storage: 0}}',
      ),
      'one Pod and many': claim(
        'accessModes: [ReadWriteOncePod, ReadWriteMany], resources: {requests: {storage: 1Gi}}',
      ),
      'a class with capitals': claim(`${CLAIM}, storageClassName: Fast`),
      'a template without a size': statefulSet(
        'volumeClaimTemplates: [{metadata: {name: v}, spec: {accessModes: [ReadWriteOnce]}}]',
      ),
      'an ephemeral volume': deployment(
        '',
        template(
          'volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce]}}}}]',
        ),
      ),
    },
    right: {
      'no class': claim(`${CLAIM}, storageClassName: ""`),
      'a block': claim(`${CLAIM}, volumeMode: Block`),
      'two modes': claim(
        'accessModes: [ReadWriteOnce, ReadOnlyMany], resources: {requests: {storage: 1.5Gi}}',
      ),
    },
  },
  'workloads/schedule': {
    wrong: {
      'six fields': cronJob('schedule: "0 0 0 * * *"'),
      'four fields': cronJob('schedule: "0 0 * *"'),
      'minute 60': cronJob('schedule: "60 * * * *"'),
      'hour 24': cronJob('schedule: "0 24 * * *"'),
      'Sunday as 7': cronJob('schedule: "0 0 * * 7"'),
      'day 0': cronJob('schedule: "0 0 0 * *"'),
      backwards: cronJob('schedule: "0 20-8 * * *"'),
      'the step 0': cronJob('schedule: "*/0 * * * *"'),
      'a day by its whole name': cronJob('schedule: "0 0 * * monday"'),
      'a name that there is not': cronJob('schedule: "@dayly"'),
      'a reboot': cronJob('schedule: "@reboot"'),
      'the last day': cronJob('schedule: "0 0 L * *"'),
      'a zone in it': cronJob('schedule: "TZ=Europe/Berlin 0 0 * * *"'),
      'another zone in it': cronJob('schedule: "CRON_TZ=UTC 0 0 * * *"'),
      'a step without a number': cronJob('schedule: "*/ * * * *"'),
      empty: cronJob('schedule: ""'),
      'a zone that there is not': cronJob('schedule: "@daily", timeZone: Europe/Munich'),
      'a zone in small letters': cronJob('schedule: "@daily", timeZone: europe/berlin'),
      'an offset': cronJob('schedule: "@daily", timeZone: "+01:00"'),
      'the local zone': cronJob('schedule: "@daily", timeZone: Local'),
      'no zone': cronJob('schedule: "@daily", timeZone: ""'),
      'a negative history': cronJob('schedule: "@daily", failedJobsHistoryLimit: -1'),
    },
    right: {
      steps: cronJob('schedule: "*/5 8-18/2 1,15 * *"'),
      'a step from a number': cronJob('schedule: "5/10 * * * *"'),
      names: cronJob('schedule: "0 0 * JAN-mar MON,fri"'),
      'question marks': cronJob('schedule: "0 0 ? * ?"'),
      every: cronJob('schedule: "@every 1h30m"'),
      blanks: cronJob('schedule: " 0  0 * * * "'),
      'an empty part': cronJob('schedule: "0,,30 0 * * *"'),
      'a zone': cronJob('schedule: "@hourly", timeZone: Europe/Berlin'),
      'an old zone': cronJob('schedule: "@hourly", timeZone: Asia/Calcutta'),
      UTC: cronJob('schedule: "@hourly", timeZone: Etc/UTC'),
      'a zone with a number': cronJob('schedule: "@hourly", timeZone: Etc/GMT+1'),
    },
  },
  'workloads/job': {
    wrong: {
      'negative completions': job('completions: -1'),
      'a negative limit': job('backoffLimit: -1'),
      'a selector': job('selector: {matchLabels: {app: a}}'),
      'indexes without a number': job('completionMode: Indexed, parallelism: 2'),
      'a limit for each index': job('backoffLimitPerIndex: 1'),
      'more failures than indexes': job(
        'completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1, maxFailedIndexes: 3',
      ),
      'failures without a limit': job(
        'completionMode: Indexed, completions: 2, maxFailedIndexes: 1',
      ),
      'a failure policy with restarts': job(
        'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1]}}]}',
        'restartPolicy: OnFailure',
      ),
      'the exit code 0': job(
        'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [0]}}]}',
      ),
      'an exit code twice': job(
        'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1, 1]}}]}',
      ),
      'a rule for nothing': job('podFailurePolicy: {rules: [{action: FailJob}]}'),
      'an index that fails': job(
        'podFailurePolicy: {rules: [{action: FailIndex, onExitCodes: {operator: In, values: [1]}}]}',
      ),
      'in a CronJob': object(
        'batch/v1/CronJob',
        'spec: {schedule: "@daily", jobTemplate: {spec: {completionMode: Indexed, parallelism: 2, template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}}',
      ),
    },
    right: {
      'one index': job('completionMode: Indexed'),
      indexes: job(
        'completionMode: Indexed, completions: 3, parallelism: 2, backoffLimitPerIndex: 1, maxFailedIndexes: 1',
      ),
      'a failure policy': job(
        'podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}',
      ),
      'not in': job(
        'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: NotIn, values: [0]}}]}',
      ),
      'no limits': job(
        'completions: 0, parallelism: 0, backoffLimit: 0, ttlSecondsAfterFinished: 0',
      ),
    },
  },
  'workloads/autoscaler': {
    wrong: {
      'no replicas': autoscaler('maxReplicas: 0'),
      'more at least than at most': autoscaler('minReplicas: 3, maxReplicas: 2'),
      'a negative minimum': autoscaler('minReplicas: -1, maxReplicas: 2'),
      'another source': metric(
        'type: Resource, pods: {metric: {name: a}, target: {type: AverageValue, averageValue: 1}}',
      ),
      'two sources': metric(
        'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}, pods: {metric: {name: a}, target: {type: AverageValue, averageValue: 1}}',
      ),
      'no value': metric('type: Resource, resource: {name: cpu, target: {type: Utilization}}'),
      'two values': metric(
        'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80, averageValue: 1}}',
      ),
      'the value of a Pod': metric(
        'type: Pods, pods: {metric: {name: a}, target: {type: Value, value: 1}}',
      ),
      'zero percent': metric(
        'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 0}}',
      ),
      'a value of zero': metric(
        'type: External, external: {metric: {name: a}, target: {type: Value, value: 0}}',
      ),
      'a window that is too long': autoscaler(
        'maxReplicas: 2, behavior: {scaleDown: {stabilizationWindowSeconds: 3601}}',
      ),
      'no policies': autoscaler('maxReplicas: 2, behavior: {scaleDown: {policies: []}}'),
      'a period that is too long': autoscaler(
        'maxReplicas: 2, behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 1801}]}}',
      ),
      'a target with a slash': object(
        'autoscaling/v2/HorizontalPodAutoscaler',
        'spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a/b}}',
      ),
    },
    right: {
      equal: autoscaler('minReplicas: 2, maxReplicas: 2'),
      CPU: metric(
        'type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}',
      ),
      'a queue': metric(
        'type: External, external: {metric: {name: a, selector: {matchLabels: {a: b}}}, target: {type: AverageValue, averageValue: 30}}',
      ),
      behavior: autoscaler(
        'maxReplicas: 2, behavior: {scaleDown: {selectPolicy: Disabled}, scaleUp: {stabilizationWindowSeconds: 0}}',
      ),
      'the first version': object(
        'autoscaling/v1/HorizontalPodAutoscaler',
        `spec: {${TARGET}, maxReplicas: 2, targetCPUUtilizationPercentage: 80}`,
      ),
    },
  },
  'workloads/disruption-budget': {
    wrong: {
      both: budget('minAvailable: 1, maxUnavailable: 1'),
      'a part of a percent': budget('minAvailable: 50.5%'),
      'more than all': budget('maxUnavailable: 101%'),
      'a number as a text': budget('minAvailable: "1"'),
      negative: budget('maxUnavailable: -1'),
    },
    right: {
      none: budget(''),
      percent: budget('maxUnavailable: 100%'),
      zero: budget('minAvailable: 0'),
    },
  },
};
