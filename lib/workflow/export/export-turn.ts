import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { inTurn } from '../../disk/in-turn.ts';
import { mendSwap, swapPlaces } from '../../export/swap-tree.ts';
import { Failure } from '../../finding/failure.ts';
import type { ProjectOptions } from '../project.ts';

/**
 * The folder of an export, through links: what takes the place of a link would not be where it leads.
 *
 * @throws Failure `usage` for a link to nothing.
 */
export function exportPlace({
  cwd = process.cwd(),
  out,
}: {
  readonly cwd?: string;
  readonly out: string;
}): string {
  const given = path.resolve(cwd, out);
  try {
    return realpathSync(given);
  } catch (cause) {
    if (isLink(given))
      throw new Failure('usage', `${given} is a link that leads to nothing`, {
        hint: 'Make the folder that it leads to, or remove the link.',
        cause,
      });
    return given;
  }
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * Runs what writes an export, while no other one writes there; what one that was killed left is brought to an end first.
 *
 * @param out absolute path.
 * @param options.check nothing is written: it need not wait for its turn.
 * @throws Failure `usage` when another export writes there now; whatever `write` throws.
 */
export async function inExportTurn<Result>(
  out: string,
  { check = false, onProgress }: ProjectOptions & { readonly check?: boolean },
  write: () => Promise<Result>,
): Promise<Result> {
  if (check) return write();
  const { turn } = swapPlaces(out);
  const busy = (): Failure =>
    new Failure('usage', `another tankard export is writing to ${out}`, {
      hint: `Nothing was written. Run it again when that one is done; if none runs, delete ${turn}.`,
    });
  return inTurn(turn, busy, async () => {
    if (mendSwap(out)) onProgress?.(`put ${out} in its place, where an export was killed`);
    return write();
  });
}
