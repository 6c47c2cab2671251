import { existsSync, readFileSync, statSync } from 'node:fs';
import type { FindingCode } from '../finding/codes.ts';
import type { Finding, Location, Position } from '../finding/finding.ts';
import type { ErrorContext } from './error-context.ts';
import { nearInMain } from './near-in-main.ts';
import { isLibraryFile, libraryDirectories } from './project.ts';
import {
  type SourceFrame,
  type StackTrace,
  parseLeadingPosition,
  parseStackTrace,
} from './stack-trace.ts';
import { suggestField } from './suggest-field.ts';

/** How many further places a finding names. */
const RELATED = 4;

/**
 * The finding for an evaluation that failed. It is located at the innermost frame that is not a library's, since
 * that is the line the user can change; the frame that raised the error is among the related places.
 *
 * @param text what follows `evaluating jsonnet: `.
 * @returns undefined when the text has no known form.
 */
export function evaluationFinding(text: string, context: ErrorContext): Finding | undefined {
  const runtime = /^RUNTIME ERROR: ([\s\S]*)$/.exec(text)?.[1];
  if (runtime === undefined) return staticFinding(text, context, []);
  const trace = parseStackTrace(runtime);
  const frames = trace.frames.filter(isInFile);
  // A syntax error of an imported file: the frames are those of the import.
  const inner = staticFinding(trace.message, context, frames);
  if (inner !== undefined) return inner;
  return {
    ...base(isAssert(trace, frames) ? 'jsonnet/assert' : 'jsonnet/evaluation', context),
    message: trace.message,
    ...(trace.path === undefined || trace.path.length === 0 ? {} : { path: trace.path }),
    ...hintFor(trace, context),
    location: locate(frames, context) ?? nearInMain(context.main, trace.path ?? []),
  };
}

function base(
  code: FindingCode,
  context: ErrorContext,
): Pick<Finding, 'code' | 'severity' | 'environment'> & { code: FindingCode } {
  return { code, severity: 'error', environment: context.environment };
}

/** Messages of the static analysis: the file was parsed, but makes no sense. Source: go-jsonnet, static_analyzer.go. */
const ANALYSIS = /^(?:Unknown variable: |Can't use (?:self|super) outside of an object)/;

function staticFinding(
  text: string,
  context: ErrorContext,
  frames: readonly SourceFrame[],
): Finding | undefined {
  const found = parseLeadingPosition(text);
  if (found === undefined) return undefined;
  const { frame, message } = found;
  const code = ANALYSIS.test(message) ? 'jsonnet/evaluation' : 'jsonnet/syntax';
  // `<top-level-arg:a>` and `<extvar:a>`: the code stands on the command line.
  if (frame.file.startsWith('<'))
    return { ...base(code, context), message: `${frame.file.slice(1, -1)}: ${message}` };
  if (!isInFile(frame)) return undefined;
  const related = distinct(frames).slice(0, RELATED);
  return { ...base(code, context), message, location: withRelated(frame, 'exact', related) };
}

/** Whether a frame is in a file: not in the standard library, an argument or the snippets that tk evaluates. */
function isInFile(frame: SourceFrame): boolean {
  if (frame.file.startsWith('<')) return false;
  return existsSync(frame.file) && statSync(frame.file).isFile();
}

function locate(frames: readonly SourceFrame[], context: ErrorContext): Location | undefined {
  const libraries = libraryDirectories(context.root, context.base);
  const [cause] = frames;
  if (cause === undefined) return undefined;
  const user = frames.filter((frame) => !isLibraryFile(frame.file, libraries));
  const [first] = user;
  // Only library code took part that is still on the stack: the user's line is not known.
  if (first === undefined)
    return withRelated(cause, 'near', distinct(frames).slice(1, 1 + RELATED));
  const others = distinct([cause, ...user]).filter((place) => !isSame(place, first));
  return withRelated(first, 'exact', others.slice(0, RELATED));
}

function withRelated(
  frame: SourceFrame,
  certainty: Location['certainty'],
  related: readonly Position[],
): Location {
  return { ...position(frame), certainty, ...(related.length === 0 ? {} : { related }) };
}

function position({ file, line, column }: SourceFrame): Position {
  return { file, line, column };
}

function distinct(frames: readonly SourceFrame[]): Position[] {
  const places = frames.map(position);
  return places.filter(
    (place, index) => places.findIndex((other) => isSame(place, other)) === index,
  );
}

function isSame(left: Position, right: Position): boolean {
  return left.file === right.file && left.line === right.line && left.column === right.column;
}

/**
 * tk does not say what raised an error; the source at the first frame does: an assert, or in a function that an assert
 * calls an `error`, as the types of imported libraries are checked.
 */
function isAssert(trace: StackTrace, frames: readonly SourceFrame[]): boolean {
  if (trace.message === 'Object assertion failed.') return true;
  const [cause, caller] = frames;
  if (cause === undefined) return false;
  const [, raised] = lineAround(cause);
  if (/^assert\b/.test(raised)) return true;
  return (
    caller !== undefined && /^error\b/.test(raised) && /^\s*assert\b/.test(lineAround(caller)[0])
  );
}

/** The line of a frame, before and from its column. */
function lineAround({ file, line, column }: SourceFrame): [before: string, after: string] {
  const bytes = Buffer.from(readFileSync(file, 'utf8').split('\n')[line - 1] ?? '');
  return [
    bytes.subarray(0, column - 1).toString('utf8'),
    bytes.subarray(column - 1).toString('utf8'),
  ];
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /^couldn't open import "tankard\//,
    'Add to the dependencies of jsonnetfile.json: ' +
      '{ "source": { "local": { "directory": "node_modules/tankard/jsonnet/tankard" } }, "version": "" }',
  ],
  [
    /^couldn't open import "k(?:8s-\d\.\d+\/main)?\.libsonnet"/,
    'Import the library of Kubernetes: `tankard import k8s@MINOR`, such as k8s@1.34.',
  ],
  [
    /^couldn't open import "[^"/]+\/main\.libsonnet"/,
    'An imported library is named in tankard.yaml and made by `tankard import NAME`; others are fetched into vendor/ by ' +
      '`jb install`.',
  ],
  [
    /^couldn't open import /,
    'Check the path; libraries of jsonnetfile.json are fetched into vendor/ by `jb install`.',
  ],
  [
    /^Undefined external variable: /,
    'Pass it with --ext-str NAME=VALUE or --ext-code NAME=JSONNET.',
  ],
  [
    /^couldn't manifest function as JSON/,
    'Call the function with its arguments, or hide the field with ::.',
  ],
  [
    /^max stack frames exceeded/,
    'Look for a function or a field that calls itself without end. An argument of a typed function is checked when it is ' +
      'given, and cannot be read from the object that is being made: give such a value a local.',
  ],
];

function hintFor(trace: StackTrace, { root }: ErrorContext): { hint?: string } {
  const unknown = /^Field does not exist: (.+)$/.exec(trace.message)?.[1];
  const meant = unknown === undefined ? undefined : suggestField(unknown, root);
  if (meant !== undefined) return { hint: `Did you mean ${meant}?` };
  if (trace.isTopLevelCall)
    return {
      hint: 'main.jsonnet is a function: pass its parameters with --tla-str or --tla-code.',
    };
  const hint = HINTS.find(([pattern]) => pattern.test(trace.message))?.[1];
  return hint === undefined ? {} : { hint };
}
