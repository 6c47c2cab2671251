import fc from 'fast-check';
import type { Path } from '../../lib/finding/finding.ts';
import type {
  ArrayNode,
  Json,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  StringNode,
} from '../../lib/model/node.ts';
import { CUSTOM_RESOURCE_FORMATS, plainFormat } from '../../lib/model/custom-resource-formats.ts';
import { toJavaScriptPattern } from '../../lib/model/re2-pattern.ts';
import { QUANTITY_FORMAT, STRING_FORMATS } from '../../lib/model/string-formats.ts';
import { branchLists } from './conditions.ts';
import { DEEPEST, type InstanceGenerator, uniqueKey } from './instances.ts';
import { WRONG_TEXTS } from './wrong-texts.ts';

/** A value with at most one defect. */
export interface Instance {
  readonly value: Json;
  /** Absent: there is none. */
  readonly defect?: { readonly sort: string; readonly path: Path };
}

/** A place where one defect of a sort can be made. */
interface Site {
  readonly sort: string;
  readonly path: Path;
  /** What to put there; undefined removes what is there. */
  readonly change: fc.Arbitrary<Json | undefined>;
}

/** Not always a defect: a text that one dialect of regular expressions may take and another refuse. */
export const ANY_TEXT = 'any-text';

/** Limits beyond are not exceeded: the instances would be too long. */
const MOST = 100;

/** What stands where a value stands: decides how a wrong value there is called. */
type Place = 'field' | 'item' | 'map-value';

/** Where the finder is. */
interface At {
  readonly path: Path;
  /** Whether it is inside of Kubernetes' own definitions, of which list types say nothing about validity. */
  readonly builtIn: boolean;
}

/** Instances with exactly one defect, each sort as likely as any other where several are possible. */
export function instancesWithDefect(
  valid: fc.Arbitrary<Json>,
  { root, builtIn }: { readonly root: ObjectNode; readonly builtIn: boolean },
  generator: InstanceGenerator,
): fc.Arbitrary<Instance> {
  return valid.chain((value) => {
    const sites = new DefectFinder(generator).sites(value, root, builtIn);
    const sorts = [...new Set(sites.map(({ sort }) => sort))];
    const bySort = sorts.map((sort) => sites.filter((site) => site.sort === sort));
    return fc
      .constantFrom(...bySort)
      .chain((ofSort) => fc.constantFrom(...ofSort))
      .chain(({ sort, path, change }) =>
        change.map((wrong) => ({ value: changedAt(value, path, wrong), defect: { sort, path } })),
      );
  });
}

/** A copy with another value at a path, or without any. */
function changedAt(value: Json, path: Path, wrong: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return wrong ?? null;
  if (Array.isArray(value)) {
    if (rest.length === 0 && wrong === undefined) return value.toSpliced(Number(step), 1);
    const items = [...(value as Json[])];
    items[Number(step)] = changedAt(items[Number(step)] ?? null, rest, wrong);
    return items;
  }
  const members = new Map(Object.entries(value as { [key: string]: Json }));
  if (rest.length === 0 && wrong === undefined) members.delete(String(step));
  else members.set(String(step), changedAt(members.get(String(step)) ?? null, rest, wrong));
  return Object.fromEntries(members);
}

/** Walks a value beside its node and lists what could be wrong in it. */
class DefectFinder {
  readonly #generator: InstanceGenerator;

  constructor(generator: InstanceGenerator) {
    this.#generator = generator;
  }

  sites(value: Json, root: ObjectNode, builtIn: boolean): Site[] {
    // What tells which kind it is cannot be wrong: no judge would know the schema.
    return [...this.#inside(value, root, { path: [], builtIn })].filter(
      ({ path }) => path.length > 1 || (path[0] !== 'apiVersion' && path[0] !== 'kind'),
    );
  }

  *#value(value: Json, node: Node, at: At & { place: Place }): Generator<Site> {
    const resolved = this.#generator.resolve(node);
    const { path, place } = at;
    const isNullable = node.nullable === true || resolved.nullable === true;
    if (!isNullable && resolved.type !== 'any' && resolved.type !== 'union')
      yield { sort: nullSort(at), path, change: fc.constant(null) };
    if (value === null) return;
    const wrong = wrongTypes(resolved, value);
    const sort = place === 'field' ? 'wrong-type' : `wrong-${place}`;
    if (wrong.length > 0) yield { sort, path, change: fc.constantFrom(...wrong) };
    yield* this.#inside(value, resolved, { path, builtIn: at.builtIn || node.type === 'ref' });
  }

  *#inside(value: Json, node: Node, at: At): Generator<Site> {
    const { path } = at;
    switch (node.type) {
      case 'object':
        yield* this.#object(value as { [key: string]: Json }, node, at);
        break;
      case 'map':
        yield* this.#map(value as { [key: string]: Json }, node, at);
        break;
      case 'array':
        yield* this.#array(value as Json[], node, at);
        break;
      case 'string':
        yield* stringSites(node, path);
        break;
      case 'number':
      case 'integer':
        yield* numberSites(node, path);
        break;
      case 'int-or-string':
        yield { sort: 'fraction:int-or-string', path, change: fc.constant(1.5) };
        yield* stringSites({ ...node, type: 'string' }, path);
        break;
      case 'quantity':
        yield* stringSites({ type: 'string', format: QUANTITY_FORMAT }, path);
        break;
      case 'boolean':
      case 'union':
      case 'any':
      case 'ref':
        break;
    }
  }

  *#object(value: { [key: string]: Json }, node: ObjectNode, at: At): Generator<Site> {
    const { path } = at;
    const known = Object.keys(node.properties);
    if (node.closed) {
      // kubeconform reads the identity of an object without looking at capitals.
      const near = nearNames(known).filter(
        (name) => !known.includes(name) && !/^(?:apiVersion|kind|metadata)$/i.test(name),
      );
      const names = ['extra', 'constructor', '__proto__', 'a.b', '$ref', ''];
      yield { sort: 'unknown-field', path: [...path, pick(near, path)], change: fc.constant('x') };
      yield { sort: 'odd-field', path: [...path, pick(names, path)], change: fc.constant('x') };
    }
    for (const name of node.required)
      if (Object.hasOwn(value, name) && node.properties[name]?.default === undefined)
        yield missing([...path, name], at);
    yield* this.#conditions(value, node, path);
    const more = known.find((name) => !Object.hasOwn(value, name));
    if (more !== undefined && Object.keys(value).length === node.maxProperties) {
      const change = this.#generator.values(node.properties[more] as Node, DEEPEST);
      yield { sort: 'too-many-properties', path: [...path, more], change };
    }
    for (const [name, member] of Object.entries(value)) {
      const property = node.properties[name];
      if (property !== undefined)
        yield* this.#value(member, property, { ...at, path: [...path, name], place: 'field' });
    }
  }

  /** Of alternatives that exclude each other, one more than may be there, or none. */
  *#conditions(value: { [key: string]: Json }, node: ObjectNode, path: Path): Generator<Site> {
    for (const list of branchLists(node.junctors)) {
      const present = list.filter(
        (names) => names.length > 0 && names.every((name) => name in value),
      );
      for (const [name] of list.filter((names) => names.length === 1 && !present.includes(names))) {
        const property = node.properties[name ?? ''];
        if (present.length === 0 || property === undefined) continue;
        const change = this.#generator.values(property, DEEPEST);
        yield { sort: 'two-of-one', path: [...path, name as string], change };
      }
      const wantsOne = list.every((names) => names.length > 0);
      if (wantsOne && present.length === 1 && present[0]?.length === 1)
        yield {
          sort: 'none-of-one',
          path: [...path, ...present[0]],
          change: fc.constant(undefined),
        };
    }
  }

  *#map(value: { [key: string]: Json }, node: MapNode, at: At): Generator<Site> {
    const { path } = at;
    for (const [key, member] of Object.entries(value))
      yield* this.#value(member, node.values, { ...at, path: [...path, key], place: 'map-value' });
    if (node.maxProperties !== undefined && node.maxProperties < MOST)
      yield {
        sort: 'too-many-properties',
        path,
        change: fc.constant(
          Object.fromEntries(
            Array.from({ length: node.maxProperties + 1 }, (_, index) => [
              `k${index}`,
              Object.values(value)[0] ?? 'x',
            ]),
          ),
        ),
      };
  }

  *#array(value: readonly Json[], node: ArrayNode, at: At): Generator<Site> {
    const { path } = at;
    for (const [index, item] of value.entries())
      yield* this.#value(item, node.items, { ...at, path: [...path, index], place: 'item' });
    yield* listSites(value, node, at);
  }
}

/** What can be wrong with a list as a whole. */
function* listSites(value: readonly Json[], node: ArrayNode, at: At): Generator<Site> {
  const [first] = value;
  if (first === undefined) return;
  const { path } = at;
  const { minItems = 0, maxItems = Infinity } = node;
  const repeated = repeatedSort(node, { ...at, first });
  if (repeated !== undefined)
    yield { sort: repeated, path: [...path, value.length], change: fc.constant(first) };
  if (minItems > 0)
    yield { sort: 'too-few-items', path, change: fc.constant(value.slice(0, minItems - 1)) };
  if (maxItems < MOST && repeated === undefined) {
    const many = Array.from({ length: maxItems + 1 }, () => first);
    yield { sort: 'too-many-items', path, change: fc.constant(many) };
  }
}

/** What is required in `kinds.ts` and read as its zero value when it is absent. */
const ZERO_WHEN_ABSENT = /^spec\.(?:limits|versions\.\d+\.served)$/;

function missing(path: Path, { builtIn }: At): Site {
  const isZero = builtIn && ZERO_WHEN_ABSENT.test(path.join('.'));
  return { sort: `missing-required${isZero ? ':zero' : ''}`, path, change: fc.constant(undefined) };
}

/** What a null is called. Kubernetes decodes an item of its own lists into the zero value of its type. */
function nullSort({ place, builtIn }: At & { place: Place }): string {
  return place === 'item' && builtIn ? 'null-item:built-in' : `null-${place}`;
}

/** What an item that is there twice is called; undefined when it may be. */
function repeatedSort(
  node: ArrayNode,
  { builtIn, first }: At & { first: Json },
): string | undefined {
  const { uniqueKeys = [] } = node;
  if (node.uniqueItems === true) return 'duplicate-item';
  if (uniqueKeys.some((unique) => uniqueKey(first, unique) !== undefined))
    return 'duplicate-key:validated';
  const suffix = builtIn ? ':built-in' : '';
  if (node.listType === 'set') return `duplicate-item${suffix}`;
  return node.listType === 'map' ? `duplicate-key${suffix}` : undefined;
}

function* stringSites(node: StringNode, path: Path): Generator<Site> {
  const { format = '', minLength = 0, maxLength } = node;
  if (node.enum !== undefined) {
    const near = nearNames(node.enum.map(String)).filter(
      (text) => node.enum?.includes(text) === false,
    );
    const empty = node.emptyIsAbsent === true ? [] : [''];
    yield { sort: 'not-in-enum', path, change: fc.constantFrom('x', ...empty, ...near) };
    return;
  }
  const pattern = node.pattern === undefined ? undefined : toJavaScriptPattern(node.pattern);
  if (pattern !== undefined) {
    yield* notMatching(new RegExp(pattern, 'u'), { sort: 'pattern', path });
    yield { sort: ANY_TEXT, path, change: fc.constantFrom(...WRONG_TEXTS) };
  }
  yield* formatSites(format, path);
  if (minLength > 0)
    yield { sort: 'too-short', path, change: fc.constant('a'.repeat(minLength - 1)) };
  if (maxLength !== undefined)
    yield {
      sort: 'too-long',
      path,
      change: fc.constantFrom('a'.repeat(maxLength + 1), '😀'.repeat(maxLength + 1)),
    };
}

/** What only the rules of custom resources refuse has a sort of its own: libraries go by those of Kubernetes' own kinds. */
function* formatSites(format: string, path: Path): Generator<Site> {
  const name = plainFormat(format);
  const own = STRING_FORMATS[name === 'datetime' ? 'date-time' : name];
  const custom = CUSTOM_RESOURCE_FORMATS[format];
  const isOwn = (text: string): boolean => own?.test(text) === false;
  const isCustom = (text: string): boolean => custom?.test(text) === false;
  const wrong = WRONG_TEXTS.filter(
    (text) => isOwn(text) && (custom === undefined || isCustom(text)),
  );
  const onlyCustom = WRONG_TEXTS.filter((text) => isCustom(text) && !isOwn(text));
  if (wrong.length > 0) yield { sort: `format:${name}`, path, change: fc.constantFrom(...wrong) };
  if (onlyCustom.length > 0)
    yield { sort: `format:${name}:custom`, path, change: fc.constantFrom(...onlyCustom) };
}

function* notMatching(pattern: RegExp, site: Omit<Site, 'change'>): Generator<Site> {
  const wrong = WRONG_TEXTS.filter((text) => !pattern.test(text));
  if (wrong.length > 0) yield { ...site, change: fc.constantFrom(...wrong) };
}

function* numberSites(node: NumericNode, path: Path): Generator<Site> {
  if (node.type === 'integer')
    yield { sort: 'fraction', path, change: fc.constantFrom(0.5, 1.25, -1e-9) };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node;
  const beyond = [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
  ];
  if (beyond.length > 0) yield { sort: 'out-of-range', path, change: fc.constantFrom(...beyond) };
  else if (node.format === 'int32')
    yield { sort: 'out-of-range:int32', path, change: fc.constantFrom(2 ** 31, -(2 ** 31) - 1) };
  else if (node.format === 'int64')
    yield { sort: 'out-of-range:int64', path, change: fc.constantFrom(2 ** 64, -(2 ** 64)) };
  if (node.multipleOf !== undefined)
    yield { sort: 'not-a-multiple', path, change: fc.constant(node.multipleOf / 2) };
}

/** Values of every other type, with what people write by mistake: a text for a number, one item for a list. */
function wrongTypes(node: Node, value: Json): Json[] {
  const others: { readonly [type in Node['type']]: readonly Json[] } = {
    object: ['x', 3, true, [], [value]],
    map: ['x', 3, true, [], [value]],
    array: [
      'x',
      3,
      true,
      {},
      ...((value as Json[])[0] === undefined ? [] : [(value as Json[])[0] as Json]),
    ].filter((wrong) => !Array.isArray(wrong)),
    string: [3, 1.5, true, {}, [], [value]],
    number: ['3', '', true, {}, []],
    integer: ['3', '', '1.5', true, {}, []],
    boolean: ['true', 'false', 'yes', '', 0, 1, {}, []],
    'int-or-string': [true, false, {}, [], [value]],
    quantity: [true, {}, [], [value]],
    union: [],
    any: [],
    ref: [],
  };
  return [...others[node.type]];
}

/** Names as they are mistyped. */
function nearNames(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `${name}s`,
    name.slice(0, -1),
    name.slice(0, 1).toUpperCase() + name.slice(1),
    name.toLowerCase(),
    name.slice(1, 2) + name.slice(0, 1) + name.slice(2),
  ]);
}

/** One of several, another for each place. */
function pick(names: readonly string[], path: Path): string {
  const key = Array.from(path.join('/')).reduce(
    (sum, char) => (sum * 31 + char.charCodeAt(0)) % 65_521,
    7,
  );
  return names[key % names.length] ?? 'extra';
}
