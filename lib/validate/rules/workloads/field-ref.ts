import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { hasOne } from './support/checks.ts';
import { keyFault } from '../../metadata/name-form.ts';
import { descendingFault } from './support/forms.ts';
import { type OwnContainer, type OwnPod, podRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const OF_METADATA = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const IN_ENV = [
  ...OF_METADATA,
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
  // An old name of spec.nodeName.
  'spec.host',
];
const IN_FILES = [...OF_METADATA, 'metadata.annotations', 'metadata.labels'];
const RESOURCE = /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-.*)$/;

/**
 * What the downward API does not have.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateObjectFieldSelector, validateContainerResourceFieldSelector,
 * validateDownwardAPIVolumeFile.
 */
export const fieldRef: Rule = podRule(
  'workloads/field-ref',
  function* ({ spec, containers }) {
    for (const { place } of containers)
      for (const variable of place.at('env').items) {
        if (!variable.has('valueFrom')) continue;
        const from = variable.at('valueFrom');
        yield* fieldFaults(from.at('fieldRef'), IN_ENV, 'an environment variable');
        yield* resourceFaults(from.at('resourceFieldRef'), { isFile: false });
      }
    for (const volume of spec.at('volumes').items) {
      yield* fileFaults(volume.at('downwardAPI'));
      for (const source of volume.in('projected', 'sources').items)
        yield* fileFaults(source.at('downwardAPI'));
    }
  },
  { mayBeWrong: (pod) => hasFiles(pod) || pod.containers.some(hasRareReference) },
);

function hasFiles({ fields: { volumes } }: OwnPod): boolean {
  if (!Array.isArray(volumes)) return false;
  return volumes.some(
    (volume: unknown) =>
      isRecord(volume) &&
      (volume['downwardAPI'] !== undefined || volume['projected'] !== undefined),
  );
}

/** Other than to the usual fields. */
function hasRareReference({ fields: { env } }: OwnContainer): boolean {
  if (!Array.isArray(env)) return false;
  return env.some((variable: unknown) => {
    const from = isRecord(variable) ? variable['valueFrom'] : undefined;
    if (!isRecord(from)) return false;
    const { fieldRef: reference } = from;
    const isUsual = !isRecord(reference) || IN_ENV.includes(String(reference['fieldPath']));
    return !isUsual || from['resourceFieldRef'] !== undefined;
  });
}

function* fileFaults(source: Place): Iterable<RuleFinding> {
  for (const file of source.at('items').items) {
    const path = file.at('path');
    if (path.value === '') yield path.missing('the path of the file is empty');
    const fault = path.text === undefined ? undefined : descendingFault(path.text);
    if (fault !== undefined) yield path.wrong(`the path of the file ${fault}`);
    yield* hasOne(file, ['fieldRef', 'resourceFieldRef'], { what: 'the file of the downward API' });
    yield* fieldFaults(file.at('fieldRef'), IN_FILES, 'a file');
    yield* resourceFaults(file.at('resourceFieldRef'), { isFile: true });
  }
}

function* fieldFaults(
  reference: Place,
  allowed: readonly string[],
  where: string,
): Iterable<RuleFinding> {
  const path = reference.at('fieldPath');
  const { text } = path;
  if (text === undefined) return;
  if (text === '') yield path.missing('fieldPath is empty');
  const [, map, key] = /^(.*)\['(.*)'\]$/.exec(text) ?? [];
  const isEntry = map === 'metadata.labels' || map === 'metadata.annotations';
  if (isEntry && key !== undefined) {
    const fault = keyFault(map === 'metadata.annotations' ? key.toLowerCase() : key);
    if (fault !== undefined) yield path.wrong(`the key "${key}" in fieldPath ${fault}`);
  } else if (text !== '' && !allowed.includes(text))
    yield path.wrong(`${where} cannot have the field ${text} of the Pod`, {
      expected: `${allowed.filter((field) => field !== 'spec.host').join(', ')}, or metadata.labels['KEY'], metadata.annotations['KEY']`,
    });
}

function* resourceFaults(reference: Place, { isFile }: { isFile: boolean }): Iterable<RuleFinding> {
  if (!reference.isSet) return;
  const resource = reference.at('resource');
  const container = reference.at('containerName');
  if (isFile && container.isEmpty)
    yield container.missing('containerName is missing: a file belongs to no container by itself');
  if (resource.text !== undefined && !RESOURCE.test(resource.text))
    yield resource.wrong(`no container has the resource "${resource.text}"`, {
      expected: 'limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-SIZE',
    });
}
