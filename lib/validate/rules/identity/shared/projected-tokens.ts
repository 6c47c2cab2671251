import type { Path } from '../../../../finding/finding.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import { recordAt, type PodSource } from '../../../rendered/pods.ts';
import { itemsOf } from './containers.ts';
import { textIn } from './service-account.ts';

/** A token of the ServiceAccount that a volume of a Pod projects. */
export interface ProjectedToken {
  /** Where it stands in the manifest. */
  readonly path: Path;
  /** The name of its volume. */
  readonly volume: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The tokens that the volumes of a Pod project. */
export function projectedTokens(pod: PodSource): ProjectedToken[] {
  const { volumes } = pod.spec;
  if (!Array.isArray(volumes) || !volumes.some(isProjected)) return [];
  return itemsOf(pod.spec['volumes']).flatMap(({ item: volume, index }) =>
    itemsOf(recordAt(volume, ['projected'])['sources']).flatMap(({ item: source, index: at }) => {
      const value = source['serviceAccountToken'];
      if (!isRecord(value)) return [];
      const path = [
        ...pod.path,
        'spec',
        'volumes',
        index,
        'projected',
        'sources',
        at,
        'serviceAccountToken',
      ];
      return [{ path, volume: textIn(volume, 'name') ?? '', value }];
    }),
  );
}

function isProjected(volume: unknown): boolean {
  return isRecord(volume) && volume['projected'] !== undefined;
}
