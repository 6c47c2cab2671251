import type { RuleFinding } from '../../rule.ts';
import { isPort, portNameFault } from './forms.ts';
import type { Place } from './place.ts';

type Found = Iterable<RuleFinding>;

/** A text has a form. Nothing is said of what is absent, empty or no text. */
export function* hasForm(
  place: Place,
  what: string,
  faultOf: (text: string) => string | undefined,
): Found {
  const { text } = place;
  if (text === undefined || text === '') return;
  const fault = faultOf(text);
  if (fault !== undefined) yield place.wrong(`the ${what} "${text}" ${fault}`);
}

/** A text is there and has a form. */
export function* isNamed(
  place: Place,
  what: string,
  faultOf: (text: string) => string | undefined,
): Found {
  if (place.isEmpty) yield place.missing(`the ${what} is missing`);
  else yield* hasForm(place, what, faultOf);
}

/** A number lies in a range. Nothing is said of what is absent or no number. */
export function* isBetween(
  place: Place,
  what: string,
  range: { readonly from: number; readonly to?: number },
): Found {
  const { number } = place;
  const { from, to = Infinity } = range;
  if (number === undefined || (number >= from && number <= to)) return;
  const expected = to === Infinity ? `${from} or more` : `${from} to ${to}`;
  yield place.wrong(`${what} is ${number}, and must be ${expected}`, { expected });
}

/** Each of the members is a number that is not negative. */
export function* areCounts(parent: Place, fields: readonly string[]): Found {
  for (const field of fields) yield* isBetween(parent.at(field), field, { from: 0 });
}

/** Exactly one of the members is there. */
export function* hasOne(
  parent: Place,
  fields: readonly string[],
  words: { readonly what: string; readonly hint?: string },
): Found {
  const present = fields.filter((field) => parent.has(field));
  if (present.length === 1) return;
  const more = words.hint === undefined ? {} : { hint: words.hint };
  if (present.length > 1)
    yield parent
      .at(present[1] ?? '')
      .extra(`${words.what} has ${present.join(' and ')}, and may have only one of them`, more);
  else yield parent.wrong(`${words.what} has none of ${fields.join(', ')}`, more);
}

/**
 * A value is not one that the schema lists and the API server refuses all the same. What the schema does not list is its finding.
 *
 * @param words.expected what it takes, in words.
 */
export function* isNot(
  place: Place,
  refused: readonly string[],
  words: { readonly what: string; readonly expected: string },
): Found {
  const { text } = place;
  if (text === undefined || !refused.includes(text)) return;
  yield place.wrong(`${words.what} is ${text}, and must be ${words.expected}`, {
    expected: words.expected,
  });
}

/** A port by its number, or by its name. Nothing is said of what is absent. */
export function* isPortOrName(place: Place, what: string): Found {
  const { text, number } = place;
  if (number !== undefined && !isPort(number))
    yield place.wrong(`${what} is ${number}, and must be 1 to 65535`, { expected: '1 to 65535' });
  if (text === undefined) return;
  const fault = portNameFault(text);
  if (fault === undefined) return;
  const hint = /^\d+$/.test(text)
    ? { hint: 'Write the number without quotes: a text is the name of a port.' }
    : {};
  yield place.wrong(`${what} "${text}" ${fault}`, hint);
}

/** A number, or a percentage as a text; at most 100 % unless `isUnbounded`. */
export function* isCountOrPercent(place: Place, what: string, { isUnbounded = false } = {}): Found {
  yield* isBetween(place, what, { from: 0 });
  const { text } = place;
  if (text === undefined) return;
  if (!/^\d+%$/.test(text))
    yield place.wrong(`${what} is "${text}", and must be a number or a percentage such as "25%"`);
  else if (!isUnbounded && Number.parseInt(text, 10) > 100)
    yield place.wrong(`${what} is ${text}, and must be 100% at most`);
}

/** The same key comes twice: a finding for each but the first. */
export function* areUnique(
  places: Iterable<{ readonly key: string | undefined; readonly place: Place }>,
  message: (key: string) => string,
): Found {
  const seen = new Set<string>();
  for (const { key, place } of places) {
    if (key === undefined) continue;
    if (seen.has(key)) yield place.wrong(message(key));
    seen.add(key);
  }
}
