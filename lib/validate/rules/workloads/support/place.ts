import type { Path } from '../../../../finding/finding.ts';
import { isRecord } from '../../../../manifest/is-record.ts';
import type { Manifest } from '../../../../manifest/parse-manifests.ts';
import { isSecretPath } from '../../../../manifest/secret-paths.ts';
import type { RuleFinding } from '../../rule.ts';

type Fields = Readonly<Record<string, unknown>>;
type More = Pick<RuleFinding, 'hint' | 'expected'>;

/** A place in an object and what stands there, null being absent. Paths are made only for findings, since most places are right. */
export class Place {
  readonly on: Manifest;
  /** Undefined when nothing stands there. */
  readonly value: unknown;
  // Not private by `#`: those cost, and there are some hundred thousand places.
  private readonly parent: Place | undefined;
  private readonly step: string | number;

  private constructor(on: Manifest, value: unknown, step: string | number, parent?: Place) {
    this.on = on;
    this.value = value ?? undefined;
    this.step = step;
    this.parent = parent;
  }

  /** @param path from the root of the object; the place is the object itself without one. */
  static of(on: Manifest, path: Path = []): Place {
    let place = new Place(on, on.value, '');
    for (const step of path) place = place.at(step);
    return place;
  }

  /** The place of a member, or of an item. */
  at(step: string | number): Place {
    const { value } = this;
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    const inner = isThere ? (value as Record<string | number, unknown>)[step] : undefined;
    return new Place(this.on, inner, step, this);
  }

  /** A place several members further in. */
  in(...steps: readonly string[]): Place {
    let place = this.at(steps[0] ?? '');
    for (let index = 1; index < steps.length; index++) place = place.at(steps[index] ?? '');
    return place;
  }

  get path(): Path {
    return this.parent === undefined ? [] : [...this.parent.path, this.step];
  }

  get isSet(): boolean {
    return this.value !== undefined;
  }

  /** The members; none when it is no object. */
  get fields(): Fields {
    return isRecord(this.value) ? this.value : NOTHING;
  }

  /** Whether a member is there and not null. */
  has(step: string): boolean {
    return (this.fields[step] ?? undefined) !== undefined;
  }

  /** Undefined for all but strings. */
  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** Undefined for all but numbers. */
  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  /** Whether it is absent or the empty string, which the API server takes for the same. */
  get isEmpty(): boolean {
    return this.value === undefined || this.value === '';
  }

  /** The items that are objects; none when it is no array. */
  get items(): readonly Place[] {
    if (!Array.isArray(this.value)) return NO_PLACES;
    const places: Place[] = [];
    for (let index = 0; index < this.value.length; index++)
      if (isRecord(this.value[index])) places.push(this.at(index));
    return places;
  }

  /** The items that are strings. */
  get texts(): readonly Place[] {
    if (!Array.isArray(this.value)) return NO_PLACES;
    const places: Place[] = [];
    for (let index = 0; index < this.value.length; index++)
      if (typeof this.value[index] === 'string') places.push(this.at(index));
    return places;
  }

  /** The members that are there. */
  get members(): readonly Member[] {
    if (!isRecord(this.value)) return NO_MEMBERS;
    const members: Member[] = [];
    for (const key of Object.keys(this.value)) {
      const place = this.at(key);
      if (place.isSet) members.push({ key, place });
    }
    return members;
  }

  /** The value is wrong. It is shown when it is a scalar and no secret. */
  wrong(message: string, more: More = {}): RuleFinding {
    const { on, path, value } = this;
    const isShown =
      value !== undefined && typeof value !== 'object' && !isSecretPath(on.value, path);
    return { on, path, fault: 'value', ...(isShown && { value }), message, ...more };
  }

  /** It should not be there. */
  extra(message: string, more: More = {}): RuleFinding {
    return { on: this.on, path: this.path, fault: 'key', message, ...more };
  }

  /** It should be there; what is there is empty at most. */
  missing(message: string, more: More = {}): RuleFinding {
    return {
      on: this.on,
      path: this.path,
      fault: this.isSet ? 'value' : 'missing',
      message,
      ...more,
    };
  }
}

/** A member of an object, with its name. */
interface Member {
  readonly key: string;
  readonly place: Place;
}

const NOTHING: Fields = {};
const NO_PLACES: readonly Place[] = [];
const NO_MEMBERS: readonly Member[] = [];
