import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique, hasForm, isBetween, isNamed } from './support/checks.ts';
import { descendingFault, dnsLabelFault } from './support/forms.ts';
import { type OwnPod, podRule } from './support/own-pods.ts';
import { Place } from './support/place.ts';
import { parseQuantity } from './support/quantity.ts';

/**
 * Volumes of Pods: their names, one source for each, and what the sources need.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateVolumes.
 */
export const volume: Rule = podRule(
  'workloads/volume',
  function* (pod) {
    const volumes = pod.spec.at('volumes').items;
    const claimed = claimTemplateNames(pod);
    for (const each of volumes) {
      const name = each.at('name');
      // A claim template takes the place of a volume of its name.
      if (name.text !== undefined && claimed.has(name.text)) continue;
      if (name.value === '') yield name.wrong('the volume has an empty name');
      yield* hasForm(name, 'volume name', dnsLabelFault);
      yield* sourceFaults(each);
    }
    const names = volumes.map((each) => ({
      key: each.at('name').text || undefined,
      place: each.at('name'),
    }));
    yield* areUnique(
      names.filter(({ key }) => key === undefined || !claimed.has(key)),
      (name) => `two volumes of the Pod are named ${name}`,
    );
  },
  { about: ['volumes'], mayBeWrong: ({ fields }) => !arePlain(fields['volumes']) },
);

/** Only volumes of the usual sources, each with its own name, of which nothing else is said. */
function arePlain(volumes: unknown): boolean {
  if (!Array.isArray(volumes)) return true;
  const names = new Set<string>();
  for (const each of volumes as readonly unknown[]) {
    if (!isRecord(each) || typeof each['name'] !== 'string') return false;
    if (dnsLabelFault(each['name']) !== undefined || !hasPlainSource(each)) return false;
    names.add(each['name']);
  }
  return names.size === volumes.length;
}

/** By source, the member that has to be there. */
const PLAIN: Readonly<Record<string, string | undefined>> = {
  configMap: 'name',
  secret: 'secretName',
  persistentVolumeClaim: 'claimName',
};

function hasPlainSource(each: Readonly<Record<string, unknown>>): boolean {
  let isFound = false;
  for (const field in each) {
    if (field === 'name') continue;
    const source = each[field];
    if (isFound || !isRecord(source) || !isPlainSource(source, field)) return false;
    isFound = true;
  }
  return isFound;
}

function isPlainSource(source: Readonly<Record<string, unknown>>, field: string): boolean {
  const needed = PLAIN[field];
  for (const member in source)
    if (member !== needed || typeof source[member] !== 'string' || source[member] === '')
      return false;
  return field === 'emptyDir' || (needed !== undefined && source[needed] !== undefined);
}

/** The names of the volumes that a StatefulSet makes for its Pods. */
export function claimTemplateNames({ kind, source }: OwnPod): ReadonlySet<string> {
  if (kind !== 'StatefulSet') return new Set();
  const templates = Place.of(source.manifest, ['spec', 'volumeClaimTemplates']).items;
  return new Set(templates.flatMap((template) => template.in('metadata', 'name').text ?? []));
}

function* sourceFaults(each: Place): Iterable<RuleFinding> {
  const sources = Object.keys(each.fields).filter((field) => field !== 'name' && each.has(field));
  if (sources.length > 1)
    yield each
      .at(sources[1] ?? '')
      .extra(`the volume has ${sources.join(' and ')}, and may have only one source`, {
        hint: 'Keep one of them. `+:` over a volume adds its source beside the one that was there.',
      });
  yield* pathFaults(each);
  const secret = each.at('secret');
  if (secret.isSet) yield* isNamed(secret.at('secretName'), 'secretName of the volume', noFault);
  yield* fileFaults(secret);
  const config = each.at('configMap');
  if (config.isSet)
    yield* isNamed(config.at('name'), 'name of the ConfigMap of the volume', noFault);
  yield* fileFaults(config);
  const claim = each.at('persistentVolumeClaim').at('claimName');
  if (claim.value === '') yield claim.missing('claimName of the volume is empty');
  for (const source of each.in('projected', 'sources').items) yield* projectedFaults(source);
  yield* modeFaults(each.in('projected', 'defaultMode'));
  const limit = parseQuantity(each.in('emptyDir', 'sizeLimit').value);
  if (limit !== undefined && limit < 0n)
    yield each.in('emptyDir', 'sizeLimit').wrong('the size limit of the volume is negative');
}

function noFault(): undefined {
  return undefined;
}

function* pathFaults(each: Place): Iterable<RuleFinding> {
  const hostPath = each.in('hostPath', 'path');
  if (hostPath.value === '') yield hostPath.missing('the path on the host is empty');
  if (hostPath.text?.split('/').includes('..') === true)
    yield hostPath.wrong('the path on the host has ".."');
  const share = each.in('nfs', 'path');
  if (share.text !== undefined && !share.text.startsWith('/'))
    yield share.wrong('the path of the NFS share is not absolute');
  const server = each.in('nfs', 'server');
  if (server.value === '') yield server.missing('the server of the NFS share is empty');
}

function* projectedFaults(source: Place): Iterable<RuleFinding> {
  const kinds = Object.keys(source.fields).filter((field) => source.has(field));
  if (kinds.length > 1)
    yield source
      .at(kinds[1] ?? '')
      .extra(`a source of the projected volume has ${kinds.join(' and ')}, and may have only one`);
  if (kinds.length === 0) yield source.wrong('a source of the projected volume is empty');
  for (const kind of ['secret', 'configMap']) {
    if (source.has(kind))
      yield* isNamed(
        source.in(kind, 'name'),
        `name of the ${kind} in the projected volume`,
        noFault,
      );
    yield* fileFaults(source.at(kind));
  }
}

function* fileFaults(source: Place): Iterable<RuleFinding> {
  yield* modeFaults(source.at('defaultMode'));
  for (const item of source.at('items').items) {
    const path = item.at('path');
    const fault = path.text === undefined ? undefined : descendingFault(path.text);
    if (path.value === '') yield path.missing('the path of the file is empty');
    else if (fault !== undefined) yield path.wrong(`the path of the file "${path.text}" ${fault}`);
    else if (path.text?.startsWith('..') === true)
      yield path.wrong('the path of the file begins with ".."');
    if (item.at('key').value === '') yield item.at('key').missing('the key of the file is empty');
    yield* modeFaults(item.at('mode'));
  }
}

function* modeFaults(mode: Place): Iterable<RuleFinding> {
  for (const finding of isBetween(mode, String(mode.path.at(-1)), { from: 0, to: 0o777 }))
    yield {
      ...finding,
      hint: 'Octal 0644 is 420 in Jsonnet and JSON; std.parseOctal("644") reads it.',
    };
}
