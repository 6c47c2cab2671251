import { nearestName } from '../../../finding/nearest-name.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { areUnique } from './support/checks.ts';
import { descendingFault } from './support/forms.ts';
import { containerRule, type OwnPod } from './support/own-pods.ts';
import { Place } from './support/place.ts';
import { claimTemplateNames } from './volume.ts';

/**
 * A container mounts a volume that the Pod does not have, or two at one path.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateVolumeMounts, ValidateVolumeDevices.
 */
export const volumeMount: Rule = containerRule(
  'workloads/volume-mount',
  function* ({ place, pod }) {
    const mounts = place.at('volumeMounts').items;
    const devices = place.at('volumeDevices').items;
    if (mounts.length + devices.length === 0) return;
    const volumes = volumesOf(pod);
    // The schema says that they stand in the wrong place.
    if (volumes.size === 0 && hasVolumesElsewhere(pod)) return;
    for (const mount of mounts) {
      yield* isKnown(mount.at('name'), volumes);
      yield* mountFaults(mount, place);
    }
    for (const device of devices) yield* deviceFaults(device, volumes);
    const paths = [
      ...mounts.map((mount) => mount.at('mountPath')),
      ...devices.map((device) => device.at('devicePath')),
    ];
    yield* areUnique(
      paths.map((path) => ({ key: path.text || undefined, place: path })),
      (path) => `two volumes are mounted at ${path}`,
    );
  },
  {
    about: ['volumeMounts', 'volumeDevices'],
    mayBeWrong: ({ fields, pod }) =>
      fields['volumeDevices'] !== undefined ||
      !arePlain(fields['volumeMounts'], pod.fields['volumes']),
  },
);

/** Only mounts of volumes of the Pod, each at its own path, of which nothing else is said. */
function arePlain(mounts: unknown, volumes: unknown): boolean {
  if (!Array.isArray(mounts)) return true;
  if (!Array.isArray(volumes)) return false;
  const paths = new Set<string>();
  for (const mount of mounts as readonly unknown[]) {
    if (!isRecord(mount) || typeof mount['mountPath'] !== 'string') return false;
    for (const field in mount) if (!PLAIN.has(field)) return false;
    if (mount['mountPath'] === '' || !isNamed(mount['name'], volumes)) return false;
    paths.add(mount['mountPath']);
  }
  return paths.size === mounts.length;
}

const PLAIN = new Set(['name', 'mountPath', 'readOnly']);

function isNamed(name: unknown, volumes: readonly unknown[]): boolean {
  for (const volume of volumes) if (isRecord(volume) && volume['name'] === name) return true;
  return false;
}

function hasVolumesElsewhere({ source: { manifest, path }, containers }: OwnPod): boolean {
  const places = [Place.of(manifest, ['spec']), Place.of(manifest, path)];
  return [...places, ...containers.map(({ place }) => place)].some((place) => place.has('volumes'));
}

/** By name, whether it can be a block device. */
function volumesOf(pod: OwnPod): ReadonlyMap<string, boolean> {
  const volumes = new Map<string, boolean>();
  for (const volume of pod.spec.at('volumes').items) {
    const name = volume.at('name').text;
    if (name !== undefined)
      volumes.set(name, volume.has('persistentVolumeClaim') || volume.has('ephemeral'));
  }
  for (const name of claimTemplateNames(pod)) volumes.set(name, true);
  return volumes;
}

function* isKnown(name: Place, volumes: ReadonlyMap<string, boolean>): Iterable<RuleFinding> {
  const { text } = name;
  if (text === undefined || volumes.has(text)) return;
  const meant = nearestName(text, [...volumes.keys()]);
  const names = [...volumes.keys()].join(', ');
  yield name.wrong(`the Pod has no volume ${text === '' ? 'without a name' : text}`, {
    expected: names === '' ? 'a volume of the Pod, which has none' : `one of ${names}`,
    hint: meant === undefined ? 'Add the volume to the spec of the Pod.' : `Did you mean ${meant}?`,
  });
}

function* mountFaults(mount: Place, container: Place): Iterable<RuleFinding> {
  const path = mount.at('mountPath');
  if (path.value === '') yield path.missing('mountPath is empty');
  for (const field of ['subPath', 'subPathExpr']) {
    const inner = mount.at(field);
    const fault = inner.text === undefined ? undefined : descendingFault(inner.text);
    if (fault !== undefined) yield inner.wrong(`${field} "${inner.text}" ${fault}`);
  }
  if (!mount.at('subPath').isEmpty && !mount.at('subPathExpr').isEmpty)
    yield mount.at('subPathExpr').extra('the mount has subPath, and subPathExpr too');
  const isPrivileged = container.in('securityContext', 'privileged').value === true;
  if (mount.fields['mountPropagation'] === 'Bidirectional' && !isPrivileged)
    yield mount
      .at('mountPropagation')
      .wrong('mountPropagation Bidirectional needs a privileged container');
  const recursive = mount.at('recursiveReadOnly').text;
  if ((recursive === 'Enabled' || recursive === 'IfPossible') && mount.fields['readOnly'] !== true)
    yield mount
      .at('recursiveReadOnly')
      .wrong(`recursiveReadOnly ${recursive} needs readOnly: true`);
}

function* deviceFaults(
  device: Place,
  volumes: ReadonlyMap<string, boolean>,
): Iterable<RuleFinding> {
  const name = device.at('name');
  yield* isKnown(name, volumes);
  if (name.text !== undefined && volumes.get(name.text) === false)
    yield name.wrong(
      `the volume ${name.text} is no PersistentVolumeClaim, so it is no block device`,
    );
  const path = device.at('devicePath');
  if (path.value === '') yield path.missing('devicePath is empty');
  if (path.text?.split('/').includes('..') === true) yield path.wrong('devicePath has ".."');
}
