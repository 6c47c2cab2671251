import { existsSync } from 'node:fs';
import path from 'node:path';
import { compareManifests } from '../../compare/compare-manifests.ts';
import type { ResourceChange } from '../../compare/resource-change.ts';
import { Failure } from '../../finding/failure.ts';
import { compareFindings } from '../../finding/finding-changes.ts';
import type { Finding } from '../../finding/finding.ts';
import { showEnvironment } from '../../finding/report/text.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import { MAIN_FILE } from '../../tanka/find-main-directories.ts';
import { checkRendering } from '../check-rendering.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import { HeadBase } from '../preview/head-rendering.ts';
import type { Project } from '../project.ts';
import { type EnvironmentRendering, isBroken, type ValidateResult } from '../validate.ts';

/** What a change does to the manifests of one environment. Values of Secrets are not in it. */
export interface CommitDiff {
  /** The path, with the name of an inline environment as it is given on the command line. */
  readonly environment: string;
  readonly changes: readonly ResourceChange[];
  /** Findings that the manifests did not have before, and those that they no longer have. */
  readonly found: readonly Finding[];
  readonly gone: readonly Finding[];
  /** Why nothing is known; then the others are empty. */
  readonly problem?: string;
}

/** What the environments are compared with. */
export interface DiffOptions {
  /** The whole hash of the commit. */
  readonly base: string;
  readonly args?: TankaArguments;
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** Compares environments, as they are validated, with what a commit renders of them. */
export class EnvironmentDiffs {
  readonly #project: Project;
  readonly #options: DiffOptions;
  readonly #base: HeadBase;
  readonly #diffs = new Map<string, CommitDiff>();

  constructor(project: Project, options: DiffOptions) {
    this.#project = project;
    this.#options = options;
    const { base: commit, args, onProgress } = options;
    this.#base = new HeadBase(project, {
      commit,
      ...(args === undefined ? {} : { args }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }

  /** Compares what an environment renders now. Both sides are held to the schemas and rules of now. */
  async add(environment: ChosenEnvironment, now: EnvironmentRendering): Promise<void> {
    if (isBroken(now)) return;
    await this.#compare(environment, async (before) => {
      const { manifests, yaml } = before;
      const checked = await checkRendering(
        { place: { environment: environment.path }, yaml, findings: [] },
        this.#project,
        { upstream: now.upstream, earlier: { yaml, manifests } },
      );
      const { found, gone } = compareFindings(checked.findings, now.result.findings);
      return {
        changes: compareManifests(manifests, now.manifests),
        found,
        gone: manifests.length === 0 ? [] : gone,
      };
    });
  }

  /**
   * Adds the environments that a change removed: those of a main.jsonnet that is gone, and inline ones that it no longer makes.
   *
   * @param files that changed, absolute.
   * @param chosen the environments that depend on them.
   */
  async addRemoved(files: readonly string[], chosen: readonly ChosenEnvironment[]): Promise<void> {
    const { root, config } = this.#project;
    const folder = path.join(root, config.environments ?? 'environments');
    const mains = files.filter(
      (file) => path.basename(file) === MAIN_FILE && file.startsWith(folder + path.sep),
    );
    const changed = mains.map((file) =>
      path.relative(root, path.dirname(file)).split(path.sep).join('/'),
    );
    const inline = chosen.flatMap((one) => (one.name === undefined ? [] : [one.path]));
    const kept = new Set(chosen.map(showEnvironment));
    for (const one of new Set([...changed, ...inline])) {
      // What is no longer inline is compared by its path.
      if (kept.has(showEnvironment({ path: one }))) continue;
      for (const before of await this.#environmentsIn(one))
        if (!kept.has(showEnvironment(before)))
          await this.#compare(before, async ({ manifests }) =>
            Promise.resolve({ changes: compareManifests(manifests, []), found: [], gone: [] }),
          );
    }
  }

  async #environmentsIn(folder: string): Promise<readonly ChosenEnvironment[]> {
    try {
      return await this.#base.environmentsIn(folder, this.#options.signal);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'interrupted') throw error;
      // Where nothing is left of it, nothing else would say so.
      return existsSync(path.join(this.#project.root, folder, MAIN_FILE)) ? [] : [{ path: folder }];
    }
  }

  /**
   * All that was compared, and why the others were not.
   *
   * @returns sorted by environment; those in which nothing differs too.
   */
  all({ environments, failures }: Pick<ValidateResult, 'environments' | 'failures'>): CommitDiff[] {
    const reported = new Map(environments.map((one) => [showEnvironment(one), one.findings]));
    const known = [...this.#diffs.values()].map((diff): CommitDiff => {
      const findings = reported.get(diff.environment) ?? [];
      // What was there before, among those that are reported: comments and the baseline accept some.
      const before = new Set(compareFindings(findings, diff.found).gone);
      return { ...diff, found: findings.filter((finding) => !before.has(finding)) };
    });
    const broken = environments
      .filter((one) => !this.#diffs.has(showEnvironment(one)))
      .map((one) =>
        nothing(showEnvironment(one), one.findings[0]?.message ?? 'it does not render'),
      );
    const failed = failures.map((one) => nothing(showEnvironment(one), one.failure.message));
    return [...known, ...broken, ...failed].sort((left, right) =>
      left.environment < right.environment ? -1 : 1,
    );
  }

  /** Removes the files of the commit. */
  async close(): Promise<void> {
    await this.#base.close();
  }

  async #compare(
    environment: ChosenEnvironment,
    compare: (
      before: Pick<EnvironmentRendering, 'manifests' | 'yaml'>,
    ) => Promise<Pick<CommitDiff, 'changes' | 'found' | 'gone'>>,
  ): Promise<void> {
    const id = showEnvironment(environment);
    try {
      const { rendering } = await this.#base.render(environment, this.#options.signal);
      this.#diffs.set(id, { environment: id, ...(await compare(rendering)) });
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'interrupted') throw error;
      this.#diffs.set(id, nothing(id, error.message));
    }
  }
}

function nothing(environment: string, problem: string): CommitDiff {
  return { environment, changes: [], found: [], gone: [], problem };
}
