import type { Finding } from '../../finding/finding.ts';
import type { PreviewUpdate } from '../preview-session.ts';

/** Nothing came of a save, or nothing was found in a first render. */
export function isQuiet({ problem, isMended, changes, found, gone }: PreviewUpdate): boolean {
  return problem === undefined && !isMended && changes.length + found.length + gone.length === 0;
}

/**
 * What a save did to an environment, whatever the environment and its namespaces are called: a library that several
 * import does the same to them all.
 *
 * @returns equal texts for updates of one save that tell the same; undefined where Secrets changed, since what they were and
 *   are is not compared.
 */
export function updateKind(update: PreviewUpdate): string | undefined {
  const { isFirst, files, problem, isMended, changes, found, gone } = update;
  if (changes.some(({ values }) => values.some(({ secret }) => secret))) return undefined;
  return JSON.stringify([
    isFirst,
    files,
    problem && 'findings' in problem ? problem.findings.map(anywhere) : problem,
    isMended,
    changes.map(anywhere),
    found.map(anywhere),
    gone.map(anywhere),
  ]);
}

/** Without what tells apart where the same thing is rendered. */
function anywhere<Item extends Partial<Pick<Finding, 'environment' | 'resource'>>>(one: Item) {
  const { environment: _, resource, ...rest } = one;
  return { ...rest, resource: resource && { ...resource, namespace: undefined } };
}
