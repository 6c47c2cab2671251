import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, isBetween } from './support/checks.ts';
import { descendingFault } from './support/forms.ts';
import { podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const MOST_ID = 2 ** 31 - 1;

const OF_PODS = ['securityContext', 'shareProcessNamespace', 'hostPID', 'hostIPC', 'hostUsers'];

/**
 * Security settings that contradict each other, and ids that there are not.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateSecurityContext, validatePodSpecSecurityContext.
 */
export const securityContext: Rule = podRule(
  'workloads/security-context',
  function* (pod) {
    const { spec, containers } = pod;
    yield* sharedFaults(spec.at('securityContext'), ['runAsUser', 'runAsGroup', 'fsGroup']);
    yield* sysctlFaults(spec.in('securityContext', 'sysctls'));
    if (spec.fields['shareProcessNamespace'] === true && spec.fields['hostPID'] === true)
      yield spec
        .at('shareProcessNamespace')
        .wrong('shareProcessNamespace and hostPID are both true, and exclude each other');
    if (spec.fields['hostUsers'] === false)
      for (const field of ['hostPID', 'hostIPC'])
        if (spec.fields[field] === true)
          yield spec.at(field).wrong(`${field} is true, and hostUsers false`);
    for (const { place } of containers) {
      const context = place.at('securityContext');
      if (!context.isSet) continue;
      yield* sharedFaults(context, ['runAsUser', 'runAsGroup']);
      yield* privilegeFaults(context);
      if (context.fields['procMount'] === 'Unmasked' && spec.fields['hostUsers'] !== false)
        yield context.at('procMount').wrong('procMount Unmasked needs hostUsers: false');
    }
  },
  {
    reads: ({ fields, containers }) => [
      OF_PODS.map((field) => fields[field]),
      containers.map((container) => container.fields['securityContext']),
    ],
  },
);

function* sharedFaults(context: Place, ids: readonly string[]): Iterable<RuleFinding> {
  for (const field of ids) yield* isBetween(context.at(field), field, { from: 0, to: MOST_ID });
  yield* profileFaults(context.at('seccompProfile'), 'seccompProfile');
  yield* profileFaults(context.at('appArmorProfile'), 'appArmorProfile');
}

function* profileFaults(profile: Place, what: string): Iterable<RuleFinding> {
  if (!profile.isSet) return;
  const file = profile.at('localhostProfile');
  const type = profile.at('type').text;
  if (type === 'Localhost') {
    if (file.isEmpty)
      yield file.missing(`${what} is of type Localhost, and names no localhostProfile`);
    const fault = file.text === undefined ? undefined : descendingFault(file.text);
    if (fault !== undefined && what === 'seccompProfile')
      yield file.wrong(`localhostProfile ${fault}`);
  } else if (type !== undefined && file.isSet)
    yield file.extra(`localhostProfile is for the type Localhost, and ${what} is ${type}`);
}

function* privilegeFaults(context: Place): Iterable<RuleFinding> {
  const escalation = context.at('allowPrivilegeEscalation');
  if (escalation.value !== false) return;
  if (context.fields['privileged'] === true)
    yield escalation.wrong('allowPrivilegeEscalation is false, and privileged true');
  for (const capability of context.in('capabilities', 'add').texts)
    if (capability.text === 'CAP_SYS_ADMIN')
      yield escalation.wrong(
        'allowPrivilegeEscalation is false, and the capability CAP_SYS_ADMIN is added',
      );
}

const SYSCTL = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

function* sysctlFaults(sysctls: Place): Iterable<RuleFinding> {
  const names = sysctls.items.map((item) => item.at('name'));
  for (const name of names)
    if (name.text !== undefined && (name.text.length > 253 || !SYSCTL.test(name.text)))
      yield name.wrong(`"${name.text}" is no name of a sysctl`);
  const keyed = names.map((place) => ({ key: place.text, place }));
  yield* areUnique(keyed, (name) => `the sysctl ${name} is set twice`);
}
