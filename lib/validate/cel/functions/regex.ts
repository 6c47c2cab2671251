import type { RE2JS } from 're2js';
import { Arguments, type CallContext, type FunctionTable } from '../call.ts';
import { CelError, type Value } from '../value.ts';

/** A regular expression is met, and `loadRegex` was not called yet. */
export class RegexNotLoaded extends Error {}

/** How much a regular expression weighs, for each four characters of it. Source: the API server's cost of matches. */
const PATTERN_CHARACTERS_IN_A_STEP = 4;

/** Patterns that a rule puts together from values could be without end. */
const MOST_KEPT = 1000;

let engine: typeof RE2JS | undefined;
const compiled = new Map<string, RE2JS | CelError>();

/** Loads RE2: regular expressions take linear time in it, and mean what they mean in Go. */
export async function loadRegex(): Promise<void> {
  engine ??= (await import('re2js')).RE2JS;
}

/** `matches`, as method and as function, and Kubernetes' `find` and `findAll`. */
export const REGEX_METHODS: FunctionTable = {
  matches(values, context) {
    const args = new Arguments('matches', values, [2]);
    return pattern(args.text(1), args.text(0), context).test(args.text(0));
  },
  find(values, context) {
    const args = new Arguments('find', values, [2]);
    return matchesOf(pattern(args.text(1), args.text(0), context), args.text(0), 1)[0] ?? '';
  },
  findAll(values, context): Value {
    const args = new Arguments('findAll', values, [2, 3]);
    const most = args.count === 3 ? args.index(2) : -1;
    const found = pattern(args.text(1), args.text(0), context);
    return matchesOf(found, args.text(0), most < 0 ? Infinity : most);
  },
};

function pattern(source: string, text: string, { budget }: CallContext): RE2JS {
  budget.spend((1 + text.length / 10) * (1 + source.length / PATTERN_CHARACTERS_IN_A_STEP));
  const known = compiled.get(source) ?? compile(source);
  if (compiled.size > MOST_KEPT) compiled.clear();
  compiled.set(source, known);
  if (known instanceof CelError) throw known;
  return known;
}

function compile(source: string): RE2JS | CelError {
  if (engine === undefined) throw new RegexNotLoaded();
  try {
    return engine.compile(source);
  } catch (error) {
    return new CelError((error as Error).message);
  }
}

function matchesOf(regex: RE2JS, text: string, most: number): string[] {
  const matcher = regex.matcher(text);
  const found: string[] = [];
  let end = -1;
  while (found.length < most && matcher.find()) {
    const match = matcher.group() ?? '';
    // As in Go, an empty match right behind another one is none.
    if (match !== '' || matcher.start() !== end) found.push(match);
    end = matcher.end();
  }
  return found;
}
