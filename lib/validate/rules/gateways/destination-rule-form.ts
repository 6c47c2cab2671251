import { domainProblem } from '../../rendered/host-names.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import { isSet, objectsAt, textsAt } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Rule } from '../rule.ts';
import { labelProblems, refusals, subsetProblems, wrong, type Refused } from './refused.ts';

/** The host, a subset or the namespaces of a DestinationRule have a form that Istio refuses. */
export const destinationRuleForm: Rule = {
  code: 'gateways/destination-rule-form',
  *check(objects) {
    for (const on of objects.of(ISTIO, 'DestinationRule'))
      for (const found of refusals('DestinationRule', problems(on))) yield { on, ...found };
  },
};

/** Source: istio/istio, pkg/config/validation, ValidateDestinationRule. */
function* problems({ value, resource }: Manifest): Generator<Refused> {
  const { host, workloadSelector } = recordAt(value, ['spec']);
  const problem = typeof host === 'string' ? domainProblem(host) : undefined;
  if (problem !== undefined)
    yield wrong(
      ['spec', 'host'],
      host,
      `the host ${problem}`,
      'the name of a Service, or *.SUFFIX',
    );
  for (const { path, value: subset } of objectsAt(value, ['spec', 'subsets'])) {
    yield* subsetProblems([...path, 'name'], subset['name']);
    yield* labelProblems([...path, 'labels'], subset['labels']);
  }
  if (!isSet(workloadSelector)) return;
  const other = textsAt(value, ['spec', 'exportTo']).find(
    (one) => one.value !== '.' && one.value !== resource.namespace,
  );
  if (other !== undefined)
    yield wrong(other.path, other.value, 'a rule for some workloads stays in its namespace', '.');
}
