import path from 'node:path';
import type { EnvironmentResult } from '../finding/environment-result.ts';
import type { Finding } from '../finding/finding.ts';
import { AcceptingComments } from '../policy/accept-by-comment.ts';
import { readSources } from './read-sources.ts';

/**
 * Leaves out the findings that a comment in the Jsonnet accepts, and reports comments that accept nothing.
 *
 * @param options.isAll all environments of the project are there: else a comment in a file that several may import is
 *   not called unused.
 * @param options.isWhole all that the environments render was checked: else no comment is called unused.
 */
export async function acceptByComments(
  results: readonly EnvironmentResult[],
  {
    root,
    isAll,
    isWhole,
  }: { readonly root: string; readonly isAll: boolean; readonly isWhole: boolean },
): Promise<readonly EnvironmentResult[]> {
  const folders = results.map((result) => path.join(root, result.path));
  const located = results.flatMap(({ findings }) =>
    findings.flatMap((one) => one.location?.file ?? []),
  );
  const library = path.join(root, 'lib');
  const sources = await readSources(isAll ? [...folders, library] : folders, located);
  const comments = new AcceptingComments(sources);
  const judged = results.map((result) => {
    const { findings, accepted } = comments.accept(result.findings);
    return { ...result, findings, accepted: [...result.accepted, ...accepted] };
  });
  const isRendered = results.every(
    ({ manifests, findings }) => manifests > 0 || findings.length === 0,
  );
  const problems = comments.problems(
    (file) => isWhole && isRendered && (isAll || folders.some((folder) => isInside(file, folder))),
  );
  return problems.length === 0 ? judged : withProblems(judged, problems, root);
}

/** A comment is a finding of the environment in whose folder it stands, else of the first. */
function withProblems(
  results: readonly EnvironmentResult[],
  problems: readonly Finding[],
  root: string,
): EnvironmentResult[] {
  const owner = ({ location }: Finding): EnvironmentResult | undefined =>
    results.find((result) => isInside(location?.file ?? '', path.join(root, result.path))) ??
    results[0];
  return results.map((result) => ({
    ...result,
    findings: [
      ...result.findings,
      ...problems
        .filter((problem) => owner(problem) === result)
        .map((problem) => ({ ...problem, environment: result.path })),
    ],
  }));
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(`${folder}${path.sep}`);
}
