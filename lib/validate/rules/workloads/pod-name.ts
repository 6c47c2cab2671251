import type { Rule } from '../rule.ts';
import { hasForm } from './support/checks.ts';
import { dnsLabelFault, subdomainFault } from './support/forms.ts';
import { podRule } from './support/own-pods.ts';

const NAMES = ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'];
const LABELS = ['hostname', 'subdomain'];

/**
 * Names in the spec of a Pod that nothing can have.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidatePodSpec.
 */
export const podName: Rule = podRule(
  'workloads/pod-name',
  function* ({ kind, spec }) {
    for (const field of NAMES) yield* hasForm(spec.at(field), field, subdomainFault);
    // A StatefulSet sets both itself.
    if (kind === 'StatefulSet') return;
    for (const field of LABELS) yield* hasForm(spec.at(field), field, dnsLabelFault);
  },
  { about: [...NAMES, ...LABELS] },
);
