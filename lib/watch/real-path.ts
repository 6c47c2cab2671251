import { realpathSync } from 'node:fs';

/** A path without links; as it is where nothing is there. */
export function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
