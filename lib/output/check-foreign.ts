import { Failure } from '../finding/failure.ts';

/** A folder that is to be replaced as a whole. */
export interface Replaceable {
  /** As the user knows it. */
  readonly folder: string;
  /** Files in it that are not Tankard's, sorted. */
  readonly foreign: readonly string[];
  /** The command that writes it, such as `tankard docs`. */
  readonly command: string;
  readonly hint: string;
}

/**
 * @throws Failure `usage` when a folder holds files of the user's, which replacing it would delete.
 */
export function checkForeign({ folder, foreign, command, hint }: Replaceable): void {
  const [first, ...more] = foreign;
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  throw new Failure(
    'usage',
    `${folder} holds files that ${command} did not write: ${first}${others}`,
    { hint },
  );
}
