import path from 'node:path';
import { findMainDirectories } from './find-main-directories.ts';
import { nearestName } from '../finding/nearest-name.ts';

/** How many environments a hint lists when none of them is near. */
const LISTED = 8;

/** A hint for a name of an environment that there is not: the nearest one, else those that exist. */
export async function suggestEnvironments(root: string, environment: string): Promise<string> {
  const known = findMainDirectories(root, 'environments');
  if (known.length === 0)
    return 'There are no environments: make one with `tk env add environments/NAME`.';
  const wanted = environment.split(path.sep).join('/').replace(/\/+$/, '');
  const near = nearest(wanted, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  const more = known.length > LISTED ? `, and ${known.length - LISTED} more` : '';
  return `There are: ${known.slice(0, LISTED).join(', ')}${more}.`;
}

function nearest(wanted: string, known: readonly string[]): string | undefined {
  // A user may give the last part alone.
  const byLastPart = known.find(
    (name) => path.posix.basename(name) === path.posix.basename(wanted),
  );
  if (byLastPart !== undefined) return byLastPart;
  const whole = nearestName(wanted, known);
  if (whole !== undefined) return whole;
  const last = nearestName(
    path.posix.basename(wanted),
    known.map((name) => path.posix.basename(name)),
  );
  return last === undefined ? undefined : known.find((name) => path.posix.basename(name) === last);
}
