import type { Rule } from '../rule.ts';
import { activeDeadline } from './active-deadline.ts';
import { affinity } from './affinity.ts';
import { autoscaler } from './autoscaler.ts';
import { autoscalerConflict } from './autoscaler-conflict.ts';
import { autoscalerTarget } from './autoscaler-target.ts';
import { containerImage } from './container-image.ts';
import { containerName } from './container-name.ts';
import { containerPort } from './container-port.ts';
import { customResourceDefinition } from './custom-resource-definition.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { disruptionBudgetUnmatched } from './disruption-budget-unmatched.ts';
import { dns } from './dns.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { env } from './env.ts';
import { fieldRef } from './field-ref.ts';
import { governingService } from './governing-service.ts';
import { hostAlias } from './host-alias.ts';
import { ingress } from './ingress.ts';
import { ingressBackend } from './ingress-backend.ts';
import { ingressBackendPort } from './ingress-backend-port.ts';
import { initContainer } from './init-container.ts';
import { job } from './job.ts';
import { labelSelector } from './label-selector.ts';
import { lifecycle } from './lifecycle.ts';
import { limitRange } from './limit-range.ts';
import { networkPolicy } from './network-policy.ts';
import { noContainers } from './no-containers.ts';
import { persistentVolume } from './persistent-volume.ts';
import { podName } from './pod-name.ts';
import { priorityClass } from './priority-class.ts';
import { probe } from './probe.ts';
import { replicas } from './replicas.ts';
import { resourceQuota } from './resource-quota.ts';
import { resources } from './resources.ts';
import { restartPolicy } from './restart-policy.ts';
import { role } from './role.ts';
import { roleBinding } from './role-binding.ts';
import { roleMissing } from './role-missing.ts';
import { runAsRoot } from './run-as-root.ts';
import { schedule } from './schedule.ts';
import { securityContext } from './security-context.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { serviceAddress } from './service-address.ts';
import { servicePort } from './service-port.ts';
import { serviceSelector } from './service-selector.ts';
import { serviceTargetPort } from './service-target-port.ts';
import { storageClass } from './storage-class.ts';
import { toleration } from './toleration.ts';
import { topologySpread } from './topology-spread.ts';
import { updateStrategy } from './update-strategy.ts';
import { volume } from './volume.ts';
import { volumeClaim } from './volume-claim.ts';
import { volumeMount } from './volume-mount.ts';
import { webhook } from './webhook.ts';

/** The rules of docs/rules/workloads. */
export const WORKLOADS_RULES: readonly Rule[] = [
  selectorMismatch,
  labelSelector,
  noContainers,
  containerName,
  containerImage,
  containerPort,
  env,
  fieldRef,
  volume,
  volumeMount,
  probe,
  lifecycle,
  resources,
  restartPolicy,
  activeDeadline,
  securityContext,
  runAsRoot,
  toleration,
  affinity,
  topologySpread,
  dns,
  hostAlias,
  initContainer,
  podName,
  replicas,
  updateStrategy,
  governingService,
  schedule,
  job,
  autoscaler,
  autoscalerConflict,
  autoscalerTarget,
  disruptionBudget,
  disruptionBudgetUnmatched,
  servicePort,
  serviceAddress,
  serviceSelector,
  serviceTargetPort,
  ingress,
  ingressBackend,
  ingressBackendPort,
  networkPolicy,
  endpointSlice,
  volumeClaim,
  persistentVolume,
  storageClass,
  resourceQuota,
  limitRange,
  priorityClass,
  role,
  roleBinding,
  roleMissing,
  webhook,
  customResourceDefinition,
];
