import { parseImportSource } from '../sources/import-source.ts';
import { camelLower } from '../model/library/names.ts';

/** How programs use a library. */
export interface LibraryUse {
  /** The variable that examples call it by. */
  readonly variable: string;
  /** The path that is imported. */
  readonly path: string;
  /** Whether it is the Kubernetes that `k.libsonnet` stands for. */
  readonly isDefault: boolean;
}

/**
 * How a library is imported, as documentation shows it.
 *
 * @param source canonical text, as in tankard.yaml.
 * @param aliased name of the library that lib/k.libsonnet leads to, as `readAliased` has it.
 */
export function libraryUse(name: string, source: string, aliased: string | undefined): LibraryUse {
  const parsed = parseImportSource(source);
  if (parsed.type !== 'kubernetes')
    return { variable: camelLower(name), path: `${name}/main.libsonnet`, isDefault: false };
  const isDefault = name === aliased;
  const path = isDefault ? 'k.libsonnet' : `${name}/main.libsonnet`;
  return { variable: 'k', path, isDefault };
}
