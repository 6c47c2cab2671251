import os from 'node:os';
import { Failure } from '../../finding/failure.ts';
import type { Finding } from '../../finding/finding.ts';
import { count, summarize } from '../../finding/report/text.ts';
import { quoteFindings } from '../../locate/quote-findings.ts';
import { AcceptingComments } from '../../policy/accept-by-comment.ts';
import { setSeverities } from '../../policy/set-severities.ts';
import { readImportLock } from '../../sources/import-lock.ts';
import { DEFAULT_KUBERNETES } from '../../sources/pinned-modules.ts';
import { checkFormat, type FilesOptions } from '../../tanka/format.ts';
import { lintFiles } from '../../tanka/lint.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import { generate } from '../generate.ts';
import { importLibraries } from '../import.ts';
import { openProject, running, type Project } from '../project.ts';
import { readSources } from '../read-sources.ts';
import { ensureLibraries } from '../restore.ts';
import { validateProject, type ValidateResult } from '../validate.ts';
import { changedFiles, type ChangedFiles } from './changed-files.ts';
import type { CiResult, CiStep, CiStepName } from './ci-result.ts';
import { EnvironmentDiffs } from './environment-diffs.ts';
import { checkExport, type ExportStepOptions } from './export-step.ts';
import { jsonnetFiles } from './jsonnet-files.ts';
import { rangeEnvironments } from './range-environments.ts';
import { runStep, type StepEnd } from './run-step.ts';

/** What to check. */
export interface CiOptions extends ExportStepOptions {
  /** Checks what these commits changed, as `changedFiles` reads it; absent: everything. */
  readonly range?: string;
  /** Compares the manifests with those of the start of the range. @default false */
  readonly diffs?: boolean;
  /** Told when a step begins. */
  readonly onStep?: (name: CiStepName) => void;
}

/**
 * All that a project is held to before a change of it is merged: that generated files and imported libraries are what they are
 * made from, the format and the lint of its Jsonnet, its environments, and the export of them. A step that fails does not keep the others from
 * being done.
 *
 * With a range, format and lint look at the files that changed, and those environments are validated that depend on one. The
 * export is held to all of them.
 *
 * @throws Failure as `openProject` and `changedFiles`; `usage` for `diffs` without a range; `interrupted` on abort.
 */
export async function ci(options: CiOptions = {}): Promise<CiResult> {
  const project = await openProject(options);
  const { range } = options;
  if (range === undefined && options.diffs === true)
    throw new Failure(
      'usage',
      'there is nothing to compare the manifests with: no range was given',
      {
        hint: 'Such as --range origin/main...HEAD.',
      },
    );
  const changed =
    range === undefined ? undefined : await changedFiles(project.root, range, options.signal);
  return new CiRun(project, options, changed).run();
}

class CiRun {
  readonly #project: Project;
  readonly #options: CiOptions;
  readonly #changed: ChangedFiles | undefined;
  readonly #steps: CiStep[] = [];
  #found: readonly Finding[] = [];
  #accepted = 0;
  #validated: Pick<ValidateResult, 'environments' | 'failures' | 'kubernetes'>;
  #diffs: CiResult['diffs'];

  constructor(project: Project, options: CiOptions, changed: ChangedFiles | undefined) {
    this.#project = project;
    this.#options = options;
    this.#changed = changed;
    const kubernetes = options.kubernetes ?? project.config.kubernetes ?? DEFAULT_KUBERNETES;
    this.#validated = { environments: [], failures: [], kubernetes };
  }

  async run(): Promise<CiResult> {
    await this.#step('generate', () => this.#generate());
    await this.#step('import', () => this.#import());
    const files = await this.#files();
    await this.#step('format', () => this.#format(files));
    await this.#step('lint', () => this.#lint(files));
    await this.#step('validate', () => this.#validate());
    await this.#step('export', () => this.#export());
    const base = this.#changed?.base;
    return {
      root: this.#project.root,
      ...this.#validated,
      steps: this.#steps,
      problems: this.#problems(),
      files: await quoteFindings(this.#found, []),
      accepted: this.#accepted,
      ...(this.#diffs === undefined ? {} : { diffs: this.#diffs }),
      ...(base === undefined ? {} : { base }),
    };
  }

  /** What keeps several steps from being done is told of the first. */
  #problems(): CiResult['problems'] {
    const told = new Set(this.#validated.failures.map(({ failure }) => failure.message));
    return this.#steps.flatMap(({ name, failure }) => {
      if (failure === undefined || told.has(failure.message)) return [];
      told.add(failure.message);
      return [{ step: name, failure }];
    });
  }

  async #step(name: CiStepName, step: () => Promise<StepEnd>): Promise<void> {
    this.#options.onStep?.(name);
    this.#steps.push(await runStep(name, step));
  }

  async #generate(): Promise<StepEnd> {
    const { root, config } = this.#project;
    if (config.generate === undefined)
      return { isNothing: true, detail: 'tankard.yaml has no generate' };
    const { files, changes } = await generate({ root, check: true, ...running(this.#options) });
    const detail = count(files, 'generated file');
    const [first] = changes;
    if (first === undefined) return { detail };
    const hint = 'Run `tankard generate`, and commit what it writes.';
    const message = `${changes.length} of ${files} generated files are stale, such as ${first.path}`;
    return { detail: message, failure: new Failure('stale', message, { hint }) };
  }

  async #import(): Promise<StepEnd> {
    const { root, config } = this.#project;
    if (config.imports.size === 0 && readImportLock(root).size === 0)
      return { isNothing: true, detail: 'tankard.yaml has no imports' };
    const { libraries, stale } = await importLibraries({
      cwd: root,
      check: true,
      ...running(this.#options),
    });
    const [first] = stale;
    const number = libraries.length;
    if (first === undefined)
      return { detail: `${number} imported ${number === 1 ? 'library' : 'libraries'}` };
    const more = stale.length === 1 ? '' : ` (and ${stale.length - 1} more)`;
    const hint = 'Run `tankard import`, and commit what it writes.';
    return {
      detail: `${first}${more}`,
      failure: new Failure('stale', stale.join('\n'), { hint }),
    };
  }

  /** With a range, those that it changed. */
  async #files(): Promise<string[]> {
    const files = await jsonnetFiles(this.#project.root, this.#options.signal);
    const changed = this.#changed && new Set(this.#changed.files);
    return changed === undefined ? files : files.filter((file) => changed.has(file));
  }

  async #format(files: readonly string[]): Promise<StepEnd> {
    if (files.length === 0) return this.#noFiles();
    const findings = await this.#judge(await checkFormat(files, this.#filesOptions()), files);
    return { detail: this.#filesDetail(files), findings };
  }

  async #lint(files: readonly string[]): Promise<StepEnd> {
    const broken = new Set(
      this.#found
        .filter(({ code }) => code === 'jsonnet/syntax')
        .map(({ location }) => location?.file),
    );
    const whole = files.filter((file) => !broken.has(file));
    if (whole.length === 0) return this.#noFiles();
    const { root, config } = this.#project;
    // tk follows imports into them.
    await ensureLibraries({ root, config, ...running(this.#options) });
    const findings = await this.#judge(await lintFiles(whole, this.#filesOptions()), whole);
    return { detail: this.#filesDetail(whole), findings };
  }

  #noFiles(): StepEnd {
    const range = this.#changed?.range;
    const which = range === undefined ? 'there is no Jsonnet' : `${range} changed no Jsonnet`;
    return { isNothing: true, detail: which };
  }

  #filesDetail(files: readonly string[]): string {
    const range = this.#changed?.range;
    return `${count(files.length, 'file')}${range === undefined ? '' : ` that ${range} changed`}`;
  }

  #filesOptions(): FilesOptions {
    const { root, tk, config } = this.#project;
    const { timeoutMs } = config;
    const { signal } = this.#options;
    return {
      root,
      tk,
      concurrency: os.availableParallelism(),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  /** Severities of tankard.yaml, and comments that accept. What is wrong with a comment, `validate` says. */
  async #judge(
    findings: readonly Finding[],
    files: readonly string[],
  ): Promise<readonly Finding[]> {
    const set = setSeverities(findings, this.#project.config.rules);
    const comments = new AcceptingComments(await readSources([], files));
    const judged = comments.accept(set);
    this.#found = [...this.#found, ...judged.findings];
    this.#accepted += judged.accepted.length;
    return judged.findings;
  }

  async #validate(): Promise<StepEnd> {
    const { args, signal } = this.#options;
    const { chosen, total, reason } = await rangeEnvironments(this.#project, this.#changed, {
      ...(args === undefined ? {} : { args }),
      ...(signal === undefined ? {} : { signal }),
    });
    const diffs = this.#openDiffs();
    try {
      await diffs?.addRemoved(this.#changed?.files ?? [], chosen);
      const result = await validateProject(this.#project, this.#options, {
        chosen,
        isAll: chosen.length === total,
        ...(diffs && { onRendered: (environment, now) => diffs.add(environment, now) }),
      });
      this.#validated = result;
      this.#diffs = diffs?.all(result);
      return this.#validateEnd(result, reason);
    } finally {
      await diffs?.close();
    }
  }

  /** What stops it is told once, also when a range left it out of what was validated. */
  async #export(): Promise<StepEnd> {
    const { end, stopped } = await checkExport(this.#project, this.#options);
    if (stopped !== undefined) {
      const { environments, failures } = this.#validated;
      this.#validated = {
        ...this.#validated,
        environments: [...environments, ...others(stopped.environments, environments)],
        failures: [...failures, ...others(stopped.failures, failures)],
      };
    }
    return end;
  }

  #openDiffs(): EnvironmentDiffs | undefined {
    const { diffs, args, signal } = this.#options;
    if (diffs !== true || this.#changed === undefined) return undefined;
    return new EnvironmentDiffs(this.#project, {
      base: this.#changed.base,
      ...running(this.#options),
      ...(args === undefined ? {} : { args }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #validateEnd({ environments, failures }: ValidateResult, reason: string): StepEnd {
    const { manifests } = summarize(environments);
    const findings = environments.flatMap((one) => one.findings);
    const [first] = failures;
    if (first !== undefined)
      return {
        detail: `${first.path}: ${first.failure.message}`,
        findings,
        failure: first.failure,
      };
    if (environments.length === 0) return { isNothing: true, detail: reason };
    return { detail: `${reason}; ${count(manifests, 'manifest')}`, findings };
  }
}

function others<Of extends ChosenEnvironment>(
  environments: readonly Of[],
  known: readonly ChosenEnvironment[],
): Of[] {
  return environments.filter(
    (one) => !known.some(({ path, name }) => path === one.path && name === one.name),
  );
}
