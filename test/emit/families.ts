import path from 'node:path';
import { packageRoot } from '../../lib/disk/package-root.ts';
import type { Family } from '../../lib/model/family.ts';
import { loadFamilies } from '../../lib/model/load-families.ts';

let loaded: Promise<Family[]> | undefined;

/** The families that Tankard declares. */
export function ownFamilies(): Promise<Family[]> {
  loaded ??= loadFamilies(path.join(packageRoot(), 'lib/schemas'), packageRoot());
  return loaded;
}
