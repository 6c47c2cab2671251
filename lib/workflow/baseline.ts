import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import type { EnvironmentResult } from '../finding/environment-result.ts';
import { Failure } from '../finding/failure.ts';
import { acceptByBaseline, baselineText, parseBaseline } from '../policy/baseline.ts';

/** The file of findings that a project had when it adopted Tankard. */
export interface BaselineOptions {
  /** Findings in this file are not reported; relative to the working directory. */
  readonly baseline?: string;
  /** Writes what is found now into the file. @default false */
  readonly updateBaseline?: boolean;
}

/** What the baseline left. */
export interface BaselineOutcome {
  readonly environments: readonly EnvironmentResult[];
  /** How many findings of the baseline are gone, when there is one. */
  readonly gone?: number;
}

/**
 * Finds what cannot be done before anything is rendered.
 *
 * @throws Failure `usage` for `updateBaseline` without a file, or of a part of the project.
 */
export function checkBaselineOptions({
  baseline,
  updateBaseline = false,
  environments = [],
  args,
}: BaselineOptions & {
  readonly environments?: readonly string[];
  readonly args?: { readonly targets?: readonly string[] };
}): void {
  if (!updateBaseline) return;
  if (baseline === undefined)
    throw new Failure('usage', '--update-baseline needs --baseline FILE, the file to write');
  if (environments.length > 0 || (args?.targets ?? []).length > 0)
    throw new Failure('usage', '--update-baseline needs all environments, without -t', {
      hint: 'Else the findings of the others would be lost from the file.',
    });
}

/**
 * Leaves the findings of the baseline out of the results; or writes the baseline from them first.
 *
 * @param isPartial not the whole project was validated: nothing is said of what is gone, and nothing is written.
 * @throws Failure `usage` when the file is missing, is no baseline, or is to be written from a part of the project.
 */
export async function withBaseline(
  environments: readonly EnvironmentResult[],
  {
    baseline,
    updateBaseline = false,
    cwd,
    isPartial,
  }: BaselineOptions & {
    readonly cwd: string;
    readonly isPartial: boolean;
  },
): Promise<BaselineOutcome> {
  if (baseline === undefined) return { environments };
  const file = path.resolve(cwd, baseline);
  const findings = environments.flatMap((one) => one.findings);
  if (updateBaseline && isPartial)
    throw new Failure('usage', 'the baseline was not written: not all environments were rendered', {
      hint: 'Mend what keeps tk from rendering them first.',
    });
  const text = updateBaseline ? baselineText(findings) : await readBaseline(file);
  if (updateBaseline) await writeWhole(file, text);
  const judged = acceptByBaseline(findings, parseBaseline(text, file));
  const kept = new Set(judged.findings);
  const accepted = new Map(judged.accepted.map((one) => [one.finding, one]));
  return {
    environments: environments.map((environment) => ({
      ...environment,
      findings: environment.findings.filter((finding) => kept.has(finding)),
      accepted: [
        ...environment.accepted,
        ...environment.findings.flatMap((finding) => accepted.get(finding) ?? []),
      ],
    })),
    ...(isPartial ? {} : { gone: judged.gone }),
  };
}

async function readBaseline(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Failure('usage', `cannot read the baseline ${file}: ${(cause as Error).message}`, {
      hint: 'Make it with --update-baseline.',
      cause,
    });
  }
}
