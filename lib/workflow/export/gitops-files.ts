import type { ExportConfig } from '../../config/load-config.ts';
import { argoCdFiles } from '../../export/argocd.ts';
import type { ExportFile } from '../../export/export-file.ts';
import { fluxFiles } from '../../export/flux.ts';
import type { GitOpsEnvironment } from '../../export/gitops-environment.ts';

/** Which controllers read an export. */
export interface GitOpsOptions {
  /** Adds a Kustomization of Flux for each environment. @default false */
  readonly flux?: boolean;
  /** Adds an Application of Argo CD for each environment. @default false */
  readonly argocd?: boolean;
}

/**
 * What an export adds for controllers.
 *
 * @returns the files of each environment, by its folder.
 * @throws Failure `usage` as `fluxFiles` and `argoCdFiles`.
 */
export function gitOpsFiles(
  environments: readonly GitOpsEnvironment[],
  settings: ExportConfig = {},
  { flux = false, argocd = false }: GitOpsOptions = {},
): ReadonlyMap<string, readonly ExportFile[]> {
  const kinds = [
    ...(flux ? [fluxFiles(environments, settings.flux)] : []),
    ...(argocd ? [argoCdFiles(environments, settings.argocd)] : []),
  ];
  return new Map(
    environments.map(({ folder }, index) => [folder, kinds.flatMap((files) => files[index] ?? [])]),
  );
}
