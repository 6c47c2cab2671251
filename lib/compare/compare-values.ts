import type { Path } from '../finding/finding.ts';
import { isRecord } from '../manifest/is-record.ts';
import type { SecretTexts } from '../manifest/secret-texts.ts';
import { hideSecrets, isSecretScalar } from './hide-secrets.ts';
import { isEqual } from './is-equal.ts';
import { keyedItems, type KeyedItem, type KeyedItems } from './list-keys.ts';
import { listGaps } from './list-gaps.ts';
import { mergeOrder } from './merge-order.ts';
import { pairItems } from './pair-items.ts';
import type { ChangeStep, ValueChange } from './resource-change.ts';

/**
 * The lists of Kubernetes' own kinds that are told apart by a key, and in which the order has no meaning. In other lists
 * it may: init containers run in it, a variable refers to those before it, the first route of a VirtualService that
 * matches wins.
 */
const UNORDERED: ReadonlySet<string> = new Set([
  'conditions',
  'hostAliases',
  'imagePullSecrets',
  'ownerReferences',
  'ports',
  'resourceClaims',
  'secrets',
  'subjects',
  'topologySpreadConstraints',
  'volumeDevices',
  'volumeMounts',
  'volumes',
]);

/** One of the two sides of a comparison. */
interface Side {
  readonly manifest: unknown;
  readonly path: Path;
  readonly value: unknown;
}

/** A place in both sides; undefined where it is not there. */
interface Both {
  readonly shown: readonly ChangeStep[];
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

/**
 * Compares two manifests of one resource value by value.
 *
 * @param texts what is secret wherever it stands; asked only when something differs.
 * @returns the differences, in the order of the members' names and of the lists' items.
 */
export function compareValues(
  before: unknown,
  after: unknown,
  texts: () => SecretTexts,
): ValueChange[] {
  const changes: ValueChange[] = [];
  const comparison = new ValueComparison(changes, texts);
  comparison.compare({
    shown: [],
    before: { manifest: before, path: [], value: before },
    after: { manifest: after, path: [], value: after },
  });
  return changes;
}

class ValueComparison {
  readonly #changes: ValueChange[];
  readonly #texts: () => SecretTexts;

  constructor(changes: ValueChange[], texts: () => SecretTexts) {
    this.#changes = changes;
    this.#texts = texts;
  }

  compare(both: Both): void {
    const { before, after } = both;
    if (before === undefined || after === undefined) this.#report(both);
    else if (isEqual(before.value, after.value)) return;
    else if (isRecord(before.value) && isRecord(after.value)) this.#compareMembers(both);
    else if (Array.isArray(before.value) && Array.isArray(after.value)) this.#compareLists(both);
    else this.#report(both);
  }

  #compareMembers({ shown, before, after }: Both): void {
    const names = new Set([...namesOf(before), ...namesOf(after)]);
    for (const name of [...names].sort())
      this.compare({
        shown: [...shown, name],
        before: inside(before, name),
        after: inside(after, name),
      });
  }

  #compareLists(both: Both): void {
    const keyed = keyedItems(itemsOf(both.before), itemsOf(both.after));
    if (keyed === undefined) this.#compareItems(both);
    else this.#compareKeyed(both, keyed);
  }

  #compareKeyed(both: Both, keyed: { before: KeyedItems; after: KeyedItems }): void {
    const earlier = [...keyed.before.keys()];
    const later = [...keyed.after.keys()];
    this.#compareOrder(both, {
      before: earlier.filter((key) => keyed.after.has(key)),
      after: later.filter((key) => keyed.before.has(key)),
      keyed,
    });
    for (const key of mergeOrder(earlier, later)) {
      const one = keyed.before.get(key);
      const other = keyed.after.get(key);
      const before = one && inside(both.before, one.index);
      const after = other && inside(both.after, other.index);
      const step = this.#stepOf((other ?? one) as KeyedItem, (after ?? before) as Side);
      this.compare({ shown: [...both.shown, step], before, after });
    }
  }

  /** The key of an item, or its index when the key would say something secret. */
  #stepOf({ step, index }: KeyedItem, { manifest, path }: Side): ChangeStep {
    const isSecret = Object.entries(step.keys).some(([name, value]) =>
      isSecretScalar({ manifest, path: [...path, name], value }, this.#texts()),
    );
    return isSecret ? index : step;
  }

  #compareOrder(
    both: Both,
    order: {
      readonly before: readonly string[];
      readonly after: readonly string[];
      readonly keyed: { before: KeyedItems; after: KeyedItems };
    },
  ): void {
    const name = both.shown.at(-1);
    if (typeof name === 'string' && UNORDERED.has(name)) return;
    if (isEqual(order.before, order.after)) return;
    const label = (items: KeyedItems, side: Side | undefined, key: string): ChangeStep => {
      const item = items.get(key) as KeyedItem;
      return this.#stepOf(item, inside(side, item.index) as Side);
    };
    this.#changes.push({
      kind: 'changed',
      path: both.shown,
      before: order.before.map((key) => label(order.keyed.before, both.before, key)),
      after: order.after.map((key) => label(order.keyed.after, both.after, key)),
      isOrder: true,
      secret: false,
    });
  }

  #compareItems(both: Both): void {
    const earlier = itemsOf(both.before);
    const later = itemsOf(both.after);
    const gaps = listGaps(earlier.map(canonical), later.map(canonical));
    for (const gap of gaps)
      for (const pair of pairItems(earlier, later, gap))
        this.compare({
          shown: [...both.shown, (pair.after ?? pair.before) as number],
          before: pair.before === undefined ? undefined : inside(both.before, pair.before),
          after: pair.after === undefined ? undefined : inside(both.after, pair.after),
        });
  }

  #report({ shown, before, after }: Both): void {
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    const old = before && hideSecrets(before, this.#texts());
    const young = after && hideSecrets(after, this.#texts());
    const isSecret = (before && !old) === true || (after && !young) === true;
    this.#changes.push({
      kind,
      path: shown,
      ...(old && !isSecret && { before: old.value }),
      ...(young && !isSecret && { after: young.value }),
      secret: isSecret,
    });
  }
}

function namesOf(side: Side | undefined): string[] {
  return Object.keys(side?.value as object);
}

function itemsOf(side: Side | undefined): readonly unknown[] {
  return side?.value as readonly unknown[];
}

function inside(side: Side | undefined, step: string | number): Side | undefined {
  const { manifest, path, value } = side as Side;
  if (!Object.hasOwn(value as object, step)) return undefined;
  return {
    manifest,
    path: [...path, step],
    value: (value as Readonly<Record<string | number, unknown>>)[step],
  };
}

/** A text that two values share only if they are the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
