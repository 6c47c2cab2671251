import path from 'node:path';
import type { Fault, Finding, Location, Position } from '../finding/finding.ts';
import { guessPositions } from './guess-positions.ts';
import { readAnswer, type LocatedPositions } from './read-answer.ts';
import { runLocator } from './run-locator.ts';

/** What the locator needs to know about the environment whose findings it locates. */
export interface LocateOptions {
  /** The project root, absolute. */
  readonly root: string;
  /** The environment's folder or entrypoint file, absolute. */
  readonly environmentPath: string;
  /** External variables, as Jsonnet code by name; what `--ext-str` gives is quoted already. */
  readonly extCode: Record<string, string>;
  /** Top-level arguments, as Jsonnet code by name. */
  readonly tlaCode: Record<string, string>;
  /** The name of an inline environment. */
  readonly name?: string;
  /** Absolute folders; files that resolve to a path below one are library code and are never named. */
  readonly libraryDirs: readonly string[];
  /** The built `tools/locate`, absolute; undefined where there is none. */
  readonly locator: string | undefined;
  /** Stops the locator; what is not located then is near. */
  readonly signal?: AbortSignal;
}

/** A finding as the locator is asked about it: its place in the list, and nothing of its value. */
interface Query {
  readonly id: number;
  /** Absent where the path leads from the root of what the program gives. */
  readonly resource?: Finding['resource'];
  readonly path: readonly (string | number)[];
  readonly fault: Fault | 'evaluation';
}

/**
 * Gives findings on rendered manifests their place in the Jsonnet, and those of checks that stopped the evaluation the
 * place of the value that was refused, with the call among the related ones. All are asked for in one run of the
 * locator; when it is absent, fails, takes longer than 30 s or answers nonsense, the places are near ones
 * found by a text search of the entrypoint. So are those of findings beyond the first 20 under one parent.
 *
 * @returns the findings in the same order. One that the locator can say nothing about is unchanged.
 */
export async function locateFindings(
  findings: readonly Finding[],
  options: LocateOptions,
): Promise<Finding[]> {
  const queries = findings.flatMap((finding, id) => queryOf(finding, id));
  if (queries.length === 0) return [...findings];
  const located = await askLocator(sampled(queries), options);
  const unplaced = queries
    .filter(({ id }) => !located.has(id))
    .flatMap(({ id }) => findings[id] ?? [])
    .filter(({ location }) => location === undefined);
  const near = await guessPositions(unplaced, options.environmentPath);
  const asked = new Set(queries.map(({ id }) => id));
  return findings.map((finding, id) => {
    if (!asked.has(id)) return finding;
    const found = located.get(id);
    const location = found ? locationOf(found, options.root) : near.get(finding);
    return location === undefined ? finding : { ...finding, location: joined(location, finding) };
  });
}

/**
 * At most this many findings under one parent are asked for. Mistakes by the hundred in one place are made by one
 * expression, which the first few tell as well as all, and proving nothing a hundred times takes half a minute.
 */
const SAMPLE = 20;

function sampled(queries: readonly Query[]): Query[] {
  const seen = new Map<string, number>();
  return queries.filter(({ resource, path: at }) => {
    const parent = JSON.stringify([resource ?? null, at.slice(0, -1)]);
    const count = (seen.get(parent) ?? 0) + 1;
    seen.set(parent, count);
    return count <= SAMPLE;
  });
}

/** Whether the locator can say more about the place of a finding than the finding does. */
export function isLocatable(finding: Finding): boolean {
  return queryOf(finding, 0).length > 0;
}

function queryOf(finding: Finding, id: number): Query[] {
  const { code, resource, path: at = [], fault = 'value', location } = finding;
  if (code === 'jsonnet/assert' || code === 'jsonnet/evaluation')
    return [{ id, path: at, fault: 'evaluation' }];
  if (code === 'environment/not-a-manifest' && at.length > 0) return [{ id, path: at, fault }];
  if (location !== undefined || resource === undefined) return [];
  return [{ id, resource, path: at, fault }];
}

/** At most this many further places are named. */
const RELATED = 4;

/** A place that the locator found, with those that the finding had among the related ones. */
function joined(found: Location, { location: before }: Finding): Location {
  if (before === undefined || before.certainty === 'near') return found;
  const { certainty, related = [], ...place } = found;
  const { certainty: _, related: others = [], ...call } = before;
  const further = [...related, call, ...others].filter(
    (one, index, all) =>
      !isSamePlace(one, place) && all.findIndex((other) => isSamePlace(other, one)) === index,
  );
  return { ...place, certainty, related: further.slice(0, RELATED) };
}

function isSamePlace(left: Position, right: Position): boolean {
  return left.file === right.file && left.line === right.line && left.column === right.column;
}

/** @returns the positions by the index of the finding; empty when the locator could not be asked. */
async function askLocator(
  queries: readonly Query[],
  options: LocateOptions,
): Promise<Map<number, LocatedPositions>> {
  if (options.locator === undefined) return new Map();
  const request = {
    path: options.environmentPath,
    extCode: options.extCode,
    tlaCode: options.tlaCode,
    name: options.name ?? '',
    libraryDirs: options.libraryDirs,
    findings: queries,
  };
  const answer = await runLocator(options.locator, request, options);
  return answer === undefined ? new Map() : readAnswer(answer);
}

function locationOf({ certainty, positions }: LocatedPositions, root: string): Location {
  const [first, ...related] = positions.map((position) => normalised(position, root));
  return { ...(first as Position), certainty, ...(related.length > 0 && { related }) };
}

function normalised(position: Position, root: string): Position {
  return { ...position, file: path.resolve(root, position.file) };
}
