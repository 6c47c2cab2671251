import { bindingsOf } from '../../model/binding.ts';
import type { Family } from '../../model/family.ts';
import { generatedBanner, type OutputFile, sha256Of } from '../file.ts';

/**
 * The table of all annotation and label keys that the families declare, as a TypeScript module.
 *
 * @param path where the file goes, relative to the project.
 */
export function emitBindings(families: readonly Family[], path: string): OutputFile {
  const prefixes = families.flatMap((family) => family.prefixes);
  const text = `// ${generatedBanner('all declarations', sha256Of(families))}

/** Prefixes of annotation keys that belong to one controller; closed: all keys under it are known. */
export const KEY_PREFIXES = ${JSON.stringify(prefixes, null, 2)} as const;

/** The annotation and label keys that controllers read. */
export const BINDINGS = ${JSON.stringify(bindingsOf(families), null, 2)} as const;
`;
  return { path, text };
}
