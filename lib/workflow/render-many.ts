import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { Failure } from '../finding/failure.ts';
import { findEnvironment, type EnvironmentPlace } from '../tanka/find-environment.ts';
import { showBatch } from '../tanka/show-batch.ts';
import { checkSpec } from '../tanka/spec-json.ts';
import type { ChosenEnvironment } from './chosen-environments.ts';
import { findLocator } from './locate.ts';
import { running, type Project } from './project.ts';
import { render, type EnvironmentOptions, type Rendered } from './show.ts';

/** From how many environments on one process for all of them costs less than one of tk for each. */
const FEWEST = 10;
/** One process renders faster than one thread validates; an evaluator makes it some times slower. */
const MOST_PROCESSES = 4;
/** Each process parses the libraries once more, which costs as much as some ten environments. */
const SHARE = 50;

type RenderOptions = Pick<EnvironmentOptions, 'args' | 'signal' | 'onProgress'>;

/**
 * Renders environments of an open project whose libraries are linked, a few at a time. Static environments come from one
 * process that parses the libraries once; what fails there, or depends on more than the files, `tk show` renders.
 *
 * @param use what to do with each environment; what it is given renders it, and throws as `render`.
 * @returns what `use` gave, in the order of the environments.
 * @throws what `use` throws first; Failure `interrupted` when the signal was aborted.
 */
export async function renderMany<T>(
  project: Project,
  environments: readonly ChosenEnvironment[],
  options: RenderOptions,
  use: (environment: ChosenEnvironment, render: () => Promise<Rendered>) => Promise<T>,
): Promise<T[]> {
  const batches = await openBatches(project, environments, options);
  const renderOne = async (environment: ChosenEnvironment): Promise<Rendered> =>
    (await batches.rendered(environment)) ?? renderByTk(project, environment, options);
  try {
    return await pMap(
      environments,
      async (environment) => use(environment, async () => renderOne(environment)),
      { concurrency: os.availableParallelism() },
    );
  } finally {
    await batches.close();
  }
}

async function renderByTk(
  project: Project,
  { path: environment, name }: ChosenEnvironment,
  options: RenderOptions,
): Promise<Rendered> {
  return render(
    project,
    environment,
    name === undefined ? options : { ...options, args: { ...options.args, name } },
  );
}

interface Batches {
  /** @returns undefined where tk has to be asked. */
  rendered(environment: ChosenEnvironment): Promise<Rendered | undefined>;
  close(): Promise<void>;
}

const NONE: Batches = {
  rendered: async () => undefined,
  close: async () => undefined,
};

async function openBatches(
  project: Project,
  environments: readonly ChosenEnvironment[],
  options: RenderOptions,
): Promise<Batches> {
  // Another tk may render otherwise; and tk alone knows what is left out for a target or a name.
  const isPlain = options.args?.name === undefined && (options.args?.targets ?? []).length === 0;
  if (!project.hasPinnedTk || !isPlain || environments.length < FEWEST) return NONE;
  const places = await staticPlaces(project, environments);
  const locator = places.size < FEWEST ? undefined : await findLocator(running(options));
  if (locator === undefined) return NONE;
  const all = [...places];
  const count = processes(all.length);
  const shares = Array.from({ length: count }, (_, share) =>
    all.filter((_entry, index) => index % count === share),
  );
  const queues = shares.map((share) => new Queue(project, locator, share, options));
  const queueOf = new Map(
    shares.flatMap((share, index) => share.map(([one]) => [one, queues[index]])),
  );
  return {
    rendered: async (environment) => {
      const place = places.get(environment);
      const yaml = await queueOf.get(environment)?.take(environment);
      return place === undefined || yaml === undefined ? undefined : whole(place, yaml);
    },
    close: async () => {
      await Promise.all(queues.map(async (queue) => queue.close()));
    },
  };
}

function processes(environments: number): number {
  const most = Math.min(MOST_PROCESSES, os.availableParallelism() - 1);
  return Math.max(1, Math.min(most, Math.floor(environments / SHARE)));
}

async function staticPlaces(
  project: Project,
  environments: readonly ChosenEnvironment[],
): Promise<Map<ChosenEnvironment, EnvironmentPlace>> {
  const places = new Map<ChosenEnvironment, EnvironmentPlace>();
  for (const environment of environments) {
    if (environment.name !== undefined) continue;
    const place = await findOrNone(project.root, environment.path);
    if (place !== undefined && existsSync(path.join(place.base, 'spec.json')))
      places.set(environment, place);
  }
  return places;
}

/** What is not there is said when its turn comes. */
async function findOrNone(
  root: string,
  environment: string,
): Promise<EnvironmentPlace | undefined> {
  try {
    return await findEnvironment(root, environment);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** An empty environment, and one whose spec.json has mistakes, is for tk to report. */
async function whole(place: EnvironmentPlace, yaml: Buffer): Promise<Rendered | undefined> {
  if (yaml.length === 0) return undefined;
  const findings = await checkSpec(path.join(place.base, 'spec.json'), place.environment);
  return { place, yaml, stderr: '', findings };
}

/** The output of one process, read only as far as somebody asks. */
class Queue {
  readonly #lines: AsyncGenerator<Buffer | undefined>;
  readonly #waiting: ChosenEnvironment[];
  readonly #read = new Map<ChosenEnvironment, Buffer | undefined>();
  #turn: Promise<void> = Promise.resolve();

  constructor(
    project: Project,
    locator: string,
    share: readonly (readonly [ChosenEnvironment, EnvironmentPlace])[],
    { args, signal }: RenderOptions,
  ) {
    const { timeoutMs } = project.config;
    this.#waiting = share.map(([environment]) => environment);
    this.#lines = showBatch({
      locator,
      root: project.root,
      mains: share.map(([, place]) => place.main),
      ...(project.evaluator === undefined ? {} : { evaluator: project.evaluator }),
      ...(args === undefined ? {} : { args }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** @returns undefined also for what the process ended before. */
  async take(environment: ChosenEnvironment): Promise<Buffer | undefined> {
    // One reads at a time, so that each line is that of the first that waits.
    const turn = this.#turn.then(async () => this.#readUntil(environment));
    this.#turn = turn.catch(() => undefined);
    await turn;
    const yaml = this.#read.get(environment);
    this.#read.delete(environment);
    return yaml;
  }

  async #readUntil(environment: ChosenEnvironment): Promise<void> {
    while (!this.#read.has(environment)) {
      const next = await this.#lines.next();
      const first = this.#waiting.shift();
      if (next.done === true || first === undefined) return;
      this.#read.set(first, next.value);
    }
  }

  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }
}
