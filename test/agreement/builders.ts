import { isJsonSchema } from '../../lib/model/json-schema.ts';
import { membersOf, type Member } from '../../lib/model/library/members.ts';
import type { Json, ObjectNode } from '../../lib/model/node.ts';
import type { Case, Verdict } from './judge.ts';
import { evaluate, type LibraryKind, type LibraryProject } from './library.ts';

/**
 * What a setter leaves out, as that of k8s-libsonnet does: a ConfigMap without data has no field for it.
 * Source: jsonnet-libs/k8s libs/k8s/custom/core/core.libsonnet, configMap.withData.
 */
const EMPTY_IS_ABSENT = new Set(['core.v1.configMap data']);

type Members = { readonly [property: string]: Json };

/** One call of a setter. */
interface SetterCall {
  /** Such as `spec.withReplicas`: what its messages start with, the kind before it or not. */
  readonly function: string;
  /** Such as `k['spec']['withReplicas'](3)`, for an object that is called `k`: a field may have the name of a keyword. */
  readonly expression: string;
  /** What it sets, from the root of the object. */
  readonly path: readonly string[];
  /** Whether one item stands for an array of it. */
  readonly takesItem: boolean;
}

/** Calls of setters that together make an object, apart from its apiVersion, kind and status, and from empty objects. */
function settersFor(value: Json, { object, api }: LibraryKind): SetterCall[] {
  const { node, definition, field } = object;
  const ancestors = new Set(definition === undefined ? [] : [definition]);
  const start = { names: [field], path: [], ancestors, isResource: true };
  return [...callsIn(value as Members, node as ObjectNode, { ...start, api, id: object.id })];
}

interface Place {
  readonly api: LibraryKind['api'];
  readonly id: string;
  readonly names: readonly string[];
  readonly path: readonly string[];
  readonly ancestors: ReadonlySet<string>;
  readonly isResource: boolean;
}

function* callsIn(value: Members, node: ObjectNode, place: Place): Generator<SetterCall> {
  for (const member of membersOf(node, place.api, place)) {
    const inner = Object.hasOwn(value, member.property) ? value[member.property] : undefined;
    if (inner === undefined || isLeftOut(inner, member, place)) continue;
    const at = {
      ...place,
      names: [...place.names, member.name],
      path: [...place.path, member.property],
    };
    if (member.type === 'setter') yield setterCall(member, inner, at);
    else if (member.writes === 'field' && isJsonSchema(inner))
      yield* callsIn(inner, member.node, { ...at, ...below(member, place) });
  }
}

function isLeftOut(value: Json, { property }: Member, { id, path }: Place): boolean {
  const isEmpty = JSON.stringify(value) === '{}';
  return isEmpty && EMPTY_IS_ABSENT.has([id, ...path, property].join(' '));
}

function below(
  { definition }: Member,
  { ancestors }: Place,
): Pick<Place, 'ancestors' | 'isResource'> {
  const inner = definition === undefined ? ancestors : new Set([...ancestors, definition]);
  return { ancestors: inner, isResource: false };
}

function setterCall(
  member: Member,
  value: Json,
  { names, path }: Pick<Place, 'names' | 'path'>,
): SetterCall {
  const [, ...rest] = names;
  return {
    function: rest.join('.'),
    expression: `k${rest.map((name) => `['${name}']`).join('')}(${JSON.stringify(value)})`,
    path,
    takesItem: member.node.type === 'array',
  };
}

/** What the calls for a value make. */
function settable(calls: readonly SetterCall[], value: Json): Json {
  const result: { [property: string]: unknown } = {};
  for (const { path } of calls) {
    let from = value as Members;
    let into = result;
    for (const step of path.slice(0, -1)) {
      from = from[step] as Members;
      into = (into[step] ??= {}) as { [property: string]: unknown };
    }
    const last = path.at(-1) as string;
    into[last] = from[last];
  }
  return result as Json;
}

/** A case with the one call that has its defect in the argument. */
interface DefectiveCall<Judged extends Case> {
  readonly judged: Judged;
  readonly call: SetterCall;
}

/**
 * Of the cases with a defect, those that a setter gets to see, at most so many of each sort. What has no setter, such as
 * a status or a misspelt field, is left out, and so is one item for an array, which setters take.
 */
export function callsWithDefect<Judged extends Case>(
  project: LibraryProject,
  cases: readonly Judged[],
  most: number,
): DefectiveCall<Judged>[] {
  const counts = new Map<string, number>();
  return cases.flatMap((judged) => {
    const { defect, kind, value } = judged;
    if (defect === undefined || (counts.get(defect.sort) ?? 0) >= most) return [];
    const calls = settersFor(value, placeOf(project, kind.name));
    const call = calls.find(({ path }) => path.every((step, i) => defect.path[i] === step));
    const isWhole = call?.path.length === defect.path.length;
    if (call === undefined || (isWhole && call.takesItem)) return [];
    counts.set(defect.sort, (counts.get(defect.sort) ?? 0) + 1);
    return [{ judged, call }];
  });
}

/** What the setter says to the defect in its argument. @throws Error when it fails in another way. */
export async function judgeBySetter(
  tk: string,
  project: LibraryProject,
  { judged, call }: DefectiveCall<Case>,
): Promise<Verdict> {
  const program = `${localObject(project, judged.kind.name)}${call.expression}`;
  const { error } = await evaluate(tk, project, program);
  if (error?.includes(`${call.function}: `) === false) throw new Error(error);
  return error;
}

/**
 * What the library makes of valid objects of a kind: each from a chain of setters, and whole.
 *
 * @throws Error when one is refused.
 */
export async function buildObjects(
  tk: string,
  project: LibraryProject,
  cases: readonly Case[],
): Promise<{ readonly built: unknown; readonly wanted: unknown }[]> {
  const name = cases[0]?.kind.name ?? '';
  const calls = cases.map(({ value }) => settersFor(value, placeOf(project, name)));
  const chains = calls.map((own) => ['{}', ...own.map(({ expression }) => expression)].join(' + '));
  const wholes = cases.map((one) => `k.fromObject(${JSON.stringify(one.value)})`);
  const program = `${localObject(project, name)}[\n${[...chains, ...wholes].join(',\n')}\n]`;
  const { value, error } = await evaluate(tk, project, program);
  if (error !== undefined) throw new Error(`${name}: ${error}`);
  const wanted = cases.map((one, index) => settable(calls[index] ?? [], one.value));
  return [...wanted, ...cases.map((one) => one.value)].map((one, index) => ({
    built: (value as unknown[])[index],
    wanted: one,
  }));
}

function localObject(project: LibraryProject, name: string): string {
  const { library, object } = placeOf(project, name);
  return `local k = (import '${library}/main.libsonnet').${object.id};\n`;
}

function placeOf({ kinds }: LibraryProject, name: string): LibraryKind {
  const place = kinds.get(name);
  if (place === undefined) throw new Error(`no library has ${name}`);
  return place;
}
