import path from 'node:path';
import { inTurn } from '../disk/in-turn.ts';
import { Failure } from '../finding/failure.ts';

/** Holds the process id of the import that writes; relative to the project root. */
const TURN_FILE = '.tankard/import.pid';

/**
 * Runs what writes the files of a project, while no other import does.
 *
 * @param root project root, absolute.
 * @throws Failure `usage` when another import writes now, or the project cannot be written; whatever `write` throws.
 */
export async function inImportTurn(root: string, write: () => Promise<void>): Promise<void> {
  await inTurn(path.join(root, TURN_FILE), busy, write);
}

function busy(): Failure {
  return new Failure('usage', 'another tankard import is writing to this project', {
    hint: `Nothing was written. Run it again when that one is done; if none runs, delete ${TURN_FILE}.`,
  });
}
