import path from 'node:path';
import type { ExportConfig } from '../../config/load-config.ts';
import type { ExportOptions } from './export.ts';

/** How tankard.yaml says that the project is exported. */
export interface ConfiguredExport extends Pick<
  ExportOptions,
  'flux' | 'argocd' | 'includeSecrets'
> {
  /** Absolute path; absent without `export.output`. */
  readonly out?: string;
}

/**
 * The export that the project has in its repository, made alike by everybody: a controller that has settings gets its objects.
 *
 * @param root project root, absolute.
 */
export function configuredExport(
  root: string,
  { output, flux, argocd, includeSecrets = false }: ExportConfig = {},
): ConfiguredExport {
  return {
    ...(output === undefined ? {} : { out: path.resolve(root, output) }),
    flux: flux !== undefined,
    argocd: argocd !== undefined,
    includeSecrets,
  };
}
