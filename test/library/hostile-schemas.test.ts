import { afterAll, describe, expect, it } from 'vitest';
import { libraryOf, valueOf, writeLibrary } from './hostile/emitted-library.ts';
import { ODD_SCHEMA_CRDS } from './hostile/odd-schemas.ts';

const { files } = await libraryOf(ODD_SCHEMA_CRDS);
const disk = await writeLibrary(files);
afterAll(() => disk.remove());

const START = 'local k = lib.schemas.v1;\n';

/** The value of a program in which `k` has the kinds. */
async function value(program: string): Promise<unknown> {
  return valueOf(await disk.tanka(START + program));
}

/** The first line of the error of a program in which `k` has the kinds; undefined when there is none. */
async function refusal(program: string): Promise<string | undefined> {
  return (await disk.tanka(START + program)).error?.split('\n')[0];
}

/** A level inside a level, so many times. */
function deep(levels: number, leaf: unknown, around: (inner: unknown) => unknown): unknown {
  let inner = leaf;
  for (let level = 0; level < levels; level += 1) inner = around(inner);
  return inner;
}

const around = {
  field: (inner: unknown) => ({ inner }),
  list: (inner: unknown) => [inner],
  map: (inner: unknown) => ({ any: inner }),
  items: (inner: unknown) => [{ inner, other: 'text' }],
};

describe('what nests', () => {
  it.each([
    ['Deep', 'spec', around.field],
    ['DeepLists', 'spec', around.list],
    ['DeepMaps', 'spec', around.map],
    ['DeepItems', 'items', around.items],
  ] as const)('%s: 60 levels are checked to their end', async (kind, place, wrap) => {
    const object = (leaf: unknown): object => {
      const inner = deep(60, leaf, wrap);
      const spec = place === 'items' ? { inner } : inner;
      return { apiVersion: 'schemas.example.com/v1', kind, metadata: { name: 'a' }, spec };
    };
    const call = (leaf: unknown): string =>
      `k.${kind[0]?.toLowerCase()}${kind.slice(1)}.fromObject(${JSON.stringify(object(leaf))})`;
    expect(await value(call('text'))).toEqual(object('text'));
    expect(await refusal(call(1))).toMatch(
      /fromObject: object\.spec.* must be a string, got number 1$/,
    );
  });

  it('60 objects are merged by the function of the innermost one', async () => {
    const path = `.inner`.repeat(59);
    expect(await value(`k.deep.spec${path}.withInner('a')`)).toEqual({
      spec: deep(60, 'a', around.field),
    });
  });

  it('lists of lists and maps of lists are checked to their end', async () => {
    expect(await value('k.lists.spec.withOfLists([[{ a: 1 }]])')).toEqual({
      spec: { ofLists: [[{ a: 1 }]] },
    });
    expect(await refusal('k.lists.spec.withOfLists([[{ a: 1.5 }]])')).toContain(
      'lists.spec.withOfLists: ofLists[0][0].a must be an integer, got number 1.5',
    );
    expect(await refusal(`k.lists.spec.withMapOfLists({ x: [{ b: [{ d: '' }] }] })`)).toContain(
      'mapOfLists.x[0].b[0] has no field "d"',
    );
  });

  it('places that are written alike have types of their own', async () => {
    const good = `k.dotted.spec.withAB([{ text: 'a' }]) + k.dotted.spec.a.withB([{ number: 1 }])`;
    expect(await value(good)).toEqual({
      spec: { 'a.b': [{ text: 'a' }], a: { b: [{ number: 1 }] } },
    });
    expect(await refusal('k.dotted.spec.a.withB([{ text: 1 }])')).toContain('has no field "text"');
  });
});

describe('unions', () => {
  it('each branch has its own items', async () => {
    const program = `[k.unions.spec.withLists([{ a: 'x' }]), k.unions.spec.withLists([{ b: 1 }]),
      k.unions.spec.withObjects({ kind: 'b', items: [{ b: 1 }] })]`;
    expect(await value(program)).toEqual([
      { spec: { lists: [{ a: 'x' }] } },
      { spec: { lists: [{ b: 1 }] } },
      { spec: { objects: { kind: 'b', items: [{ b: 1 }] } } },
    ]);
    const mixed = `k.unions.spec.withObjects({ kind: 'a', items: [{ b: 1 }] })`;
    expect(await refusal(mixed)).toContain(
      'unions.spec.withObjects: objects has none of the 2 types',
    );
  });

  it('conditions hold for whole objects, and parts are set one by one', async () => {
    const whole = (ofRequired: string): string =>
      `k.unions.fromObject(k.unions.new('a') + { spec: { ofRequired: ${ofRequired} } })`;
    expect(await refusal(whole(`{ a: '', b: '' }`))).toContain('must have exactly one of a, b');
    expect(await refusal(whole('{}'))).toContain('must have exactly one of a, b');
    expect(await value(`${whole(`{ a: 'x' }`)}.spec`)).toEqual({ ofRequired: { a: 'x' } });
    expect(await value(`k.unions.spec.ofRequired.withA('x')`)).toEqual({
      spec: { ofRequired: { a: 'x' } },
    });
  });

  it.each([
    [`withUntyped({ a: 1 })`, { untyped: { a: 1 } }],
    [`withTyped('a')`, { typed: 'a' }],
    [`withEmpty(1)`, { empty: 1 }],
    [`withNull(1)`, { null: 1 }],
    [`withBooleans(1)`, { booleans: 1 }],
    [`withNested(1)`, { nested: 1 }],
    [`withSeveral(true)`, { several: true }],
    [`withOrNull(null)`, { orNull: null }],
    [`withJustNull(null)`, { justNull: null }],
    [`withMadeUp(1)`, { madeUp: 1 }],
    [`withReference(1)`, { reference: 1 }],
    [`withRemote(1)`, { remote: 1 }],
    [`typesInConditions.withA(null)`, { typesInConditions: { a: null } }],
  ])('%s', async (call, spec) => {
    expect(await value(`k.unions.spec.${call}`)).toEqual({ spec });
  });

  it('types in conditions that Jsonnet does not have', async () => {
    const whole = `k.unions.fromObject(k.unions.new('a') + { spec: { typesInConditions: { a: 1 } } })`;
    expect(await value(`${whole}.spec`)).toEqual({ typesInConditions: { a: 1 } });
  });
});

describe('values', () => {
  it.each([
    ["enums.spec.withMixed(['b'])", undefined],
    ['enums.spec.withMixed(null)', undefined],
    ['enums.spec.withMixed({ c: [null] })', undefined],
    [
      'enums.spec.withMixed(2)',
      'mixed must be null, true, false, 0, -1.5, 1000000000000000000000, "", "a"',
    ],
    ['enums.spec.withTypedMixed(null)', undefined],
    ['enums.spec.withNumbers(4)', 'numbers must be 1, 2 or 3, got number 4'],
    [`enums.spec.withOne('other')`, 'one must be "only", got string "other"'],
    [`enums.spec.withQuotes("it's")`, undefined],
    [`enums.spec.withQuotes('its')`, `quotes must be "it's", "\\"", "'\\""`],
    [`enums.spec.withNone('any')`, undefined],
    [`enums.spec.withNotAList('any')`, undefined],
    [`enums.spec.withConst('b')`, 'const must be "a", got string "b"'],
    [`enums.spec.withConstNull(1)`, 'constNull must be null'],
    [`enums.spec.withConstObject({ a: [1, null] })`, undefined],
    [`enums.spec.withConstNumber(5)`, 'constNumber must be 4'],
    [`limits.spec.withLookahead('no')`, undefined],
    [`limits.spec.withLookahead(1)`, 'lookahead must be a string, got number 1'],
    [`limits.spec.withBackReference('aa')`, undefined],
    [`limits.spec.withNeither('any')`, undefined],
    [`limits.spec.withManyTimes('any')`, undefined],
    [`limits.spec.withNoPattern('any')`, undefined],
    [`limits.spec.withListOfLookahead(['any'])`, undefined],
    [`limits.spec.withConditional('any')`, undefined],
    [`limits.spec.withIntOrLookahead('any')`, undefined],
    [`limits.spec.withOnlyRe2('a\\nb1١')`, undefined],
    [`limits.spec.withOnlyRe2('ab')`, 'onlyRe2 must be a string that matches'],
    [`limits.spec.withQuotes("'\\"\\\\\\n")`, undefined],
    [`limits.spec.withIntOrString('50%')`, undefined],
    [
      `limits.spec.withIntOrString('half')`,
      'must be an integer or a string that matches ^[0-9]+%?$, got',
    ],
    [`limits.spec.withIntOrString(1.5)`, 'must be an integer or a string'],
    [`limits.spec.withIntAnyOf(0)`, 'must be an integer at least 1'],
    [`limits.spec.withExcluded(0)`, 'must be a number more than 0, got number 0'],
    [`limits.spec.withNoMultiple(3)`, undefined],
    [`limits.spec.withTenths(0.3)`, undefined],
    [`limits.spec.withTenths(0.35)`, 'must be a number a multiple of'],
    [`limits.spec.withSized({})`, 'sized must have at least 1 fields'],
    [`limits.spec.withSizedMixin({})`, undefined],
    [`limits.spec.withLong(['a', 'a'])`, 'long has the same item twice'],
    [`limits.spec.withLengths('😀')`, 'must be a string of 2 to 4 characters'],
    [`limits.spec.withLengths('😀😀😀😀')`, undefined],
    [`limits.spec.formats.withToString('any')`, undefined],
    [`nullables.spec.withText(null)`, undefined],
    [`nullables.spec.withMap({ a: null })`, undefined],
    [`nullables.spec.withList([null])`, undefined],
    [`nullables.spec.withEnum(null)`, undefined],
    [`malformed.spec.withA(1)`, undefined],
    [`malformed.spec.l.withConstructor('a')`, undefined],
    [`malformed.spec.withM('a')`, undefined],
    [`open.spec.withWhole({ any: [1] })`, undefined],
    [`open.spec.withUntyped(1)`, undefined],
    [`open.spec.withClosed({ any: 1 })`, 'closed has no field "any"; it has none'],
    [`open.spec.withTrueMap({ any: 1 })`, undefined],
    [`lists.spec.withSet(['a', 'a'])`, 'set has the same item twice'],
    [
      `lists.spec.withKeyed([{ name: 'a' }, { name: 'a', port: 80 }])`,
      'keyed has two items with the same',
    ],
    [`lists.spec.withKeyed([{ name: 'a' }, { name: 'a', port: 81 }])`, undefined],
    [`lists.spec.withKeyedAny([1, { name: 'a' }])`, undefined],
    [`lists.spec.withTuple(['a', {}])`, undefined],
    [`lists.spec.withNoItems([1])`, undefined],
  ])('%s', async (call, wanted) => {
    const said = await refusal(`k.${call}`);
    if (wanted === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(wanted);
  });
});

describe('mistakes of other generators', () => {
  it('a function replaces, its mixin adds', async () => {
    const set = `k.lists.spec.withSet('a') + k.lists.spec.withSet(['b'])`;
    expect(await value(set)).toEqual({ spec: { set: ['b'] } });
    expect(await value(`${set} + k.lists.spec.withSetMixin('c')`)).toEqual({
      spec: { set: ['b', 'c'] },
    });
  });

  it('an open object stays open, whatever it names', async () => {
    const spec = {
      whole: { x: 1 },
      withFields: { a: 'a', more: [1] },
      embedded: { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, more: {} },
      embeddedFields: { apiVersion: 'v1', kind: 'A', spec: { a: 'a' } },
      trueMap: { any: 1 },
    };
    const whole = (own: object): string =>
      `k.open.fromObject(k.open.new('a') + { spec: ${JSON.stringify(own)} })`;
    expect(await value(`${whole(spec)}.spec`)).toEqual(spec);
    expect(await refusal(whole({ withFields: { a: 1 } }))).toContain('.spec.withFields.a must be');
    expect(await refusal(whole({ embedded: { kind: 'A' } }))).toContain(
      'needs the field "apiVersion"',
    );
    expect(await refusal(whole({ embeddedFields: { ...spec.embeddedFields, more: 1 } }))).toContain(
      'has no field "more"',
    );
  });

  it('an open object may need a field that it does not name', async () => {
    const whole = (needsMore: string): string =>
      `k.open.fromObject(k.open.new('a') + { spec: { needsMore: ${needsMore} } })`;
    expect(await value(`${whole('{ more: 1 }')}.spec`)).toEqual({ needsMore: { more: 1 } });
    expect(await refusal(whole('{}'))).toContain('needs the field "more"');
  });

  it('null is there where it is a value of its own, and absent elsewhere', async () => {
    const whole = (spec: string): string =>
      `k.nullables.fromObject(k.nullables.new('a') + { spec: ${spec} })`;
    const spec = { text: null, inner: { a: null }, plain: null };
    expect(await value(`${whole(JSON.stringify(spec))}.spec`)).toEqual(spec);
    expect(await refusal(whole('{ inner: null }'))).toContain('needs the field "text"');
  });

  it('a kind without a schema has its constructors, and takes any field', async () => {
    const program = (kind: string): string =>
      `k.${kind}.fromObject(k.${kind}.new('a') + k.${kind}.metadata.withLabels({ x: 'y' }) + { any: [1] })`;
    expect(await value(`${program('nothing')}.any`)).toEqual([1]);
    expect(await refusal(`k.nothing.metadata.withLabels({ x: 1 })`)).toContain('must be a string');
    expect(await value(`k.anything.spec`).catch(String)).toContain('Field does not exist: spec');
    expect(await value(`k.anything.withSpec(1)`)).toEqual({ spec: 1 });
  });

  it('a cluster-scoped kind says so to tk, which else gives it a namespace', async () => {
    expect(await value(`k.global.new('a').metadata`)).toEqual({
      name: 'a',
      annotations: { 'tanka.dev/namespaced': 'false' },
    });
    expect(await value(`k.wide.new('a').metadata`)).toEqual({ name: 'a' });
  });

  it('what has a default is not required; what nobody can give is missing', async () => {
    const { error } = await disk.tanka(
      `${START}k.defaults.fromObject(k.defaults.new('a') + { spec: {} })`,
    );
    expect(error).toContain('object.spec needs the field "missing"');
  });
});
