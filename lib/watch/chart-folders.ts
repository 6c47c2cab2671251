import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The file that makes a folder a Helm chart. */
const CHART_FILE = 'Chart.yaml';
/** The files that make a folder one for Kustomize. Source: Kustomize, `konfig.RecognizedKustomizationFileNames`. */
const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/** Any of them: what must appear in a folder for Tanka to render it. */
export const MARKER_FILES: readonly string[] = [CHART_FILE, ...KUSTOMIZATION_FILES];

/**
 * What a Kustomize folder takes from outside itself, such as a base: what its kustomization names with `../`.
 *
 * @param folder absolute path.
 * @returns absolute paths of files and folders, which need not exist; none when there is no kustomization.
 */
export function kustomizeReferences(folder: string): string[] {
  const texts = KUSTOMIZATION_FILES.map((name) => readIfThere(path.join(folder, name)));
  return texts
    .flatMap((text) => [...text.matchAll(/(?<![^\s"'=:[,])\.\.\/[^\s"'#,\]]*/g)])
    .map(([reference]) => path.join(folder, reference));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
