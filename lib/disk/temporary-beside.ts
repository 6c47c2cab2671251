import { randomBytes } from 'node:crypto';
import path from 'node:path';

/**
 * A path in the same folder that nothing has yet, and that no tool takes for a project's file.
 *
 * @param target of a file or a folder; absolute.
 */
export function temporaryBeside(target: string): string {
  const unique = randomBytes(6).toString('hex');
  return path.join(path.dirname(target), `.${path.basename(target)}.${unique}.tmp`);
}
