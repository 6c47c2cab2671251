import { createHash } from 'node:crypto';
import path from 'node:path';
import type { LockedImport } from '../../sources/locked-import.ts';
import { argumentCode, type TankaArguments } from '../../tanka/arguments.ts';
import { findEnvironment, type EnvironmentPlace } from '../../tanka/find-environment.ts';
import { ROOT_FILES } from '../../tanka/project.ts';
import { ImportGraph } from '../../watch/import-graph.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import type { Project } from '../project.ts';
import { ChartInputs } from './chart-inputs.ts';
import { programIdentity } from './program-identity.ts';
import { tankardIdentity } from './tankard-identity.ts';

/** Raised when what goes into a key changes its meaning. */
const FORMAT = 1;

/** What decides, besides the files of the project, what becomes of an environment. */
export interface InputKeyOptions {
  /** Passed on to tk. */
  readonly args?: TankaArguments;
  /** Minor version of Kubernetes that is validated against, as `Upstream.kubernetes` has it. */
  readonly kubernetes: string;
  /** What the project imports, as `ensureLibraries` gives it. */
  readonly imports: ReadonlyMap<string, LockedImport>;
  /** Absolute path of the baseline. */
  readonly baseline?: string;
  /** Absolute paths of folders that the command itself writes: they are no input of charts. */
  readonly outputs?: readonly string[];
  /** What else the caller's result depends on, such as its own options. */
  readonly also?: unknown;
  readonly signal?: AbortSignal;
}

/** The keys of environments: two runs with the same key have the same result. */
export interface InputKeys {
  /**
   * The key of an environment, from the files as they are when it is first asked for.
   *
   * @returns sha256 in hex; undefined when the result may depend on what cannot be known: Kustomize, which reads remote bases,
   *   a chart outside the project, a file that cannot be read, an environment that is not there.
   */
  keyOf(environment: ChosenEnvironment): Promise<string | undefined>;
  /**
   * Asks the disk again, after rendering: a result belongs to its key only when nothing was written meanwhile.
   *
   * @returns those whose inputs were written since their key was asked for, be they as before now, or that have no key.
   */
  changedSince(environments: readonly ChosenEnvironment[]): Promise<ChosenEnvironment[]>;
}

/**
 * Prepares the keys of a project's environments. All files are read by content, never judged by their time: that takes
 * 0.1 s for thousands of them, and is never wrong.
 *
 * @throws Failure `tool` when tk or the evaluator cannot be read; `interrupted` on abort.
 */
export async function openInputKeys(
  project: Project,
  options: InputKeyOptions,
): Promise<InputKeys> {
  const common = await commonInputs(project, options);
  const first = new Reading(project, options, common);
  return {
    keyOf: async (environment) => (await first.stateOf(environment))?.key,
    changedSince: async (environments) => {
      const second = new Reading(project, options, common);
      const isSame = sha256(await commonInputs(project, options)) === sha256(common);
      const changed: ChosenEnvironment[] = [];
      for (const environment of environments) {
        const [before, now] = [await first.stateOf(environment), await second.stateOf(environment)];
        const isChanged =
          before === undefined || before.key !== now?.key || before.stamp !== now.stamp;
        if (isChanged || !isSame) changed.push(environment);
      }
      return changed;
    },
  };
}

/** What all environments have in common, as text. */
async function commonInputs(
  { root, config, tk, evaluator }: Project,
  { args = {}, kubernetes, imports, baseline, also, signal }: InputKeyOptions,
): Promise<string> {
  const graph = new ImportGraph(root);
  const contentOf = (file: string): string => graph.content(file).hash ?? 'missing';
  return JSON.stringify({
    format: FORMAT,
    // Paths are in findings, and Jsonnet can ask for its own by std.thisFile.
    root: [root, graph.link(root)],
    tankard: tankardIdentity(),
    node: process.version,
    tk: await programIdentity(tk, signal),
    evaluator: evaluator === undefined ? null : await programIdentity(evaluator, signal),
    variables: variables(),
    args: { ...args, name: undefined },
    rootFiles: ROOT_FILES.map((name) => contentOf(path.join(root, name)) !== 'missing'),
    kubernetes,
    unknownKinds: [...config.unknownKinds].sort(),
    gateways: config.gateways,
    rules: config.rules,
    imports: [...imports],
    lock: contentOf(path.join(root, 'tankard.lock')),
    baseline: baseline === undefined ? null : [baseline, contentOf(baseline)],
    also: also ?? null,
  });
}

/** Variables that change what tk, an evaluator or helm do. */
const VARIABLE = /^(TANKA_|JSONNET|JRSONNET|HELM_)/;

function variables(): [string, string | undefined][] {
  const names = Object.keys(process.env).filter((name) => VARIABLE.test(name));
  return names.sort().map((name) => [name, process.env[name]]);
}

interface State {
  readonly key: string;
  /** Of the inputs, with the times of their last writing. */
  readonly stamp: string;
}

/** One reading of the project's files. */
class Reading {
  readonly #project: Project;
  readonly #common: string;
  readonly #args: TankaArguments;
  readonly #code: readonly string[];
  readonly #graph: ImportGraph;
  readonly #charts: ChartInputs;
  readonly #states = new Map<string, Promise<State | undefined>>();

  constructor(project: Project, options: InputKeyOptions, common: string) {
    this.#project = project;
    this.#common = sha256(common);
    this.#args = options.args ?? {};
    this.#code = argumentCode(this.#args);
    this.#graph = new ImportGraph(project.root);
    this.#charts = new ChartInputs(project.root, options);
  }

  stateOf(environment: ChosenEnvironment): Promise<State | undefined> {
    const id = JSON.stringify([environment.path, environment.name]);
    const known = this.#states.get(id) ?? this.#read(environment);
    this.#states.set(id, known);
    return known;
  }

  async #read(environment: ChosenEnvironment): Promise<State | undefined> {
    const place = await placeOf(this.#project.root, environment.path);
    if (place === undefined) return undefined;
    const { base, main } = place;
    const reach = this.#graph.reach({ base, main, code: this.#code });
    const spec = this.#graph.content(path.join(base, 'spec.json'));
    if (!reach.isReadable || !spec.isReadable) return undefined;
    const charts = await this.#charts.of(reach);
    if (charts === undefined) return undefined;
    return {
      key: sha256(
        JSON.stringify([
          this.#common,
          ...this.#own(place, environment),
          spec.hash,
          reach.digest,
          charts.digest,
        ]),
      ),
      stamp: [spec.stamp, reach.stamp, charts.stamp].join('\n'),
    };
  }

  #own({ base, argument }: EnvironmentPlace, { name }: ChosenEnvironment): unknown[] {
    return [argument, this.#graph.link(base), name ?? this.#args.name ?? null];
  }
}

/** @returns undefined when there is no such environment. */
async function placeOf(root: string, environment: string): Promise<EnvironmentPlace | undefined> {
  try {
    return await findEnvironment(root, environment);
  } catch {
    // Rendering says what is wrong with it.
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
