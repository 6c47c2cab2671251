import type { Manifest } from '../manifest/parse-manifests.ts';
import { secretTexts, shareSecretTexts, type SecretTexts } from '../manifest/secret-texts.ts';
import { compareValues } from './compare-values.ts';
import { isEqual } from './is-equal.ts';
import { mergeOrder } from './merge-order.ts';
import type { ResourceChange } from './resource-change.ts';
import { resourceKeys } from './resource-key.ts';

/**
 * What differs between two renders of an environment. A resource is the same when `resourceKey` says so; one that is
 * rendered twice is matched in order. Values are compared by their path:
 * - the items of a list by the members that tell them apart, such as `name` (see `keyedItems`); an item that moved is a
 *   change of order, where order has a meaning;
 * - the items of other lists by their longest common subsequence, and in between by likeness;
 * - what was added or removed is one change, however much is inside.
 *
 * What may not be shown, by its place (see `isSecretScalarPath`) or because a Secret of either render has it as a value, is
 * not in the result: a scalar is marked as secret, inside of other values it is replaced by `<redacted>`.
 *
 * @param more manifests with further Secrets, whose values are hidden too: kubectl masks those of the Secrets that it compares.
 * @returns the resources that differ, in the order of `after`; those that were removed stand behind what they stood
 *   behind.
 */
export function compareManifests(
  before: readonly Manifest[],
  after: readonly Manifest[],
  more: readonly Manifest[] = [],
): ResourceChange[] {
  const earlier = byKey(before);
  const later = byKey(after);
  const pairs = mergeOrder([...earlier.keys()], [...later.keys()]).map((key): Pair => {
    const [one, other] = [earlier.get(key), later.get(key)];
    return { before: one, after: other, isSame: one && other && isEqual(one.value, other.value) };
  });
  let known: SecretTexts | undefined;
  const texts = (): SecretTexts => (known ??= textsOf(pairs, more));
  return pairs
    .filter(({ isSame }) => isSame !== true)
    .flatMap((pair) => compareResource(pair, texts));
}

/** A resource on both sides; undefined where it is not rendered. */
interface Pair {
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
  readonly isSame: boolean | undefined;
}

function byKey(manifests: readonly Manifest[]): Map<string, Manifest> {
  const keys = resourceKeys(manifests.map(({ resource }) => resource));
  return new Map(manifests.map((manifest, index) => [keys[index] as string, manifest]));
}

/** Without the variables of containers: a `default` among them would hide the namespace everywhere. */
function textsOf(pairs: readonly Pair[], more: readonly Manifest[]): SecretTexts {
  for (const { before, after, isSame } of pairs)
    if (before && after && isSame) shareSecretTexts(before.value, after.value);
  const manifests = [
    ...pairs.flatMap(({ before, after }) => [before?.value, after?.value]),
    ...more.map(({ value }) => value),
  ];
  return secretTexts(manifests, { variables: false });
}

function compareResource({ before, after }: Pair, texts: () => SecretTexts): ResourceChange[] {
  if (after === undefined)
    return before ? [{ kind: 'removed', resource: before.resource, values: [] }] : [];
  const { resource } = after;
  if (before === undefined) return [{ kind: 'added', resource, values: [] }];
  const values = compareValues(before.value, after.value, texts);
  // The order of a list in which it has no meaning may be all that differs.
  return values.length === 0 ? [] : [{ kind: 'changed', resource, values }];
}
