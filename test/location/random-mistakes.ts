import { jsonnetTokens, type Token } from './jsonnet-tokens.ts';
import type { Place } from '../mistakes/edit.ts';

/** A mistake that was made at random: the files after it, the line, and what was done. */
export interface RandomMistake {
  readonly title: string;
  /** What was changed: a value, or the name of a field; `gone` where the field was taken away. */
  readonly changed: 'value' | 'name' | 'gone';
  /** The name of the field before the change, or the wrong value, without quotes. */
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly place: Place;
}

interface Spot {
  readonly file: string;
  readonly token: Token;
}

/**
 * Mistakes at random, the same for the same seed: strings, numbers and field names are made wrong, either with a text
 * that stands nowhere else or with one of another place, and fields are taken away.
 */
export function randomMistakes(
  files: Readonly<Record<string, string>>,
  seed: number,
  count: number,
): RandomMistake[] {
  const random = generator(seed);
  const spots = Object.entries(files)
    .filter(([file]) => /\.(?:lib|j)sonnet$/.test(file) && !file.startsWith('vendor/'))
    .flatMap(([file, text]) => jsonnetTokens(text).map((token): Spot => ({ file, token })));
  return Array.from({ length: count }, () => {
    const spot = pick(spots, random);
    return mistakeAt(spot, { files, spots, random });
  });
}

interface Context {
  readonly files: Readonly<Record<string, string>>;
  readonly spots: readonly Spot[];
  readonly random: () => number;
}

function mistakeAt({ file, token }: Spot, context: Context): RandomMistake {
  const text = context.files[file] ?? '';
  const removed = token.kind === 'field' && context.random() < 0.4 && fieldEnd(text, token);
  const [end, to] = removed ? [removed, ''] : [token.end, wrong(token, context)];
  const changed = text.slice(0, token.start) + to + text.slice(end);
  const line = lineAt(text, removed ? token.brace : token.start);
  const isField = token.kind === 'field';
  return {
    changed: isField ? (removed ? 'gone' : 'name') : 'value',
    text: unquoted(isField ? token.text : to),
    title: `${file}:${lineAt(text, token.start)}: ${token.text} -> ${to || 'nothing'}`,
    files: { ...context.files, [file]: changed },
    place: { file, line },
  };
}

/** The end of a field that is written on one line, with its comma; false when it runs over several. */
function fieldEnd(text: string, { start }: Token): number | false {
  const rest = text.slice(start);
  const [line] = /^.*\n/.exec(rest) ?? [''];
  const whole = /^[^{}()[\]]*,\n$/.test(line) && /\n\s*$/.test(text.slice(0, start));
  return whole && start + line.length - 1;
}

function wrong({ kind, text }: Token, { spots, random }: Context): string {
  if (kind === 'field') return `'${unquoted(text)}Xq'`;
  // Half of them are literals of other places, so that the wrong value occurs elsewhere too.
  const others = spots.filter(({ token }) => token.kind !== 'field' && token.text !== text);
  if (random() < 0.5 && others.length > 0) return pick(others, random).token.text;
  if (kind === 'number') return "'wrong'";
  return random() < 0.5 ? '4711' : `'${unquoted(text)} Xq'`;
}

function unquoted(text: string): string {
  return text.replaceAll(/^['"]|['"]$/g, '');
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function pick<T>(some: readonly T[], random: () => number): T {
  return some[Math.floor(random() * some.length)] as T;
}

/** Source: mulberry32, public domain. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
