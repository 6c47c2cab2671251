import path from 'node:path';

import { Failure } from '../finding/failure.ts';

/** Arguments of tk that select and parametrise an environment; each is a tk flag of the same name. */
export interface TankaArguments {
  /** `Kind/name` expressions, as `-t`; applied by tk after evaluation. */
  readonly targets?: readonly string[];
  /** Each `key=value`, as in all that follow. */
  readonly extStr?: readonly string[];
  readonly extCode?: readonly string[];
  /** Each `key=filename`. */
  readonly extStrFile?: readonly string[];
  readonly extCodeFile?: readonly string[];
  readonly tlaStr?: readonly string[];
  readonly tlaCode?: readonly string[];
  readonly tlaStrFile?: readonly string[];
  readonly tlaCodeFile?: readonly string[];
  /** Name of one inline environment among several in a main.jsonnet. */
  readonly name?: string;
}

const FLAGS = [
  ['extStr', '--ext-str'],
  ['extCode', '--ext-code'],
  ['extStrFile', '--ext-str-file'],
  ['extCodeFile', '--ext-code-file'],
  ['tlaStr', '--tla-str'],
  ['tlaCode', '--tla-code'],
  ['tlaStrFile', '--tla-str-file'],
  ['tlaCodeFile', '--tla-code-file'],
] as const;

/**
 * The flags that `tk` takes for `args`, each as one word, so that no value can pass for a flag.
 *
 * @throws Failure `usage` for a name that tk cannot look for.
 */
export function tankaFlags(args: TankaArguments): string[] {
  // tk puts the name unquoted into a Jsonnet string between single quotes.
  if (args.name !== undefined && /['\\\n]/.test(args.name))
    throw new Failure(
      'usage',
      `the name of an environment cannot be ${JSON.stringify(args.name)}`,
      {
        hint: 'tk finds no names with a quote, a backslash or a line break in them.',
      },
    );
  const selection = [
    ...(args.name === undefined ? [] : [`--name=${args.name}`]),
    ...(args.targets ?? []).map((target) => `--target=${target}`),
  ];
  return [...selection, ...evaluationFlags(args)];
}

/** Those of `tankaFlags` that change the evaluation; `tk env list` takes no others. */
export function evaluationFlags(args: TankaArguments): string[] {
  return FLAGS.flatMap(([key, flag]) => (args[key] ?? []).map((value) => `${flag}=${value}`));
}

type Codes = Record<string, string>;

/**
 * External variables and top-level arguments as Jsonnet code by name, as tk itself turns its flags into code.
 *
 * @param root what relative file names are relative to: tk's working directory.
 */
export function codeArguments(
  args: TankaArguments,
  root: string,
): { readonly extCode: Codes; readonly tlaCode: Codes } {
  const file = (name: string): string => JSON.stringify(path.resolve(root, name));
  const collect = (
    strings: readonly string[] = [],
    codes: readonly string[] = [],
    stringFiles: readonly string[] = [],
    codeFiles: readonly string[] = [],
  ): Codes =>
    Object.fromEntries([
      ...strings.map((one) => pair(one, (value) => JSON.stringify(value))),
      ...codes.map((one) => pair(one, (value) => value)),
      ...stringFiles.map((one) => pair(one, (value) => `importstr ${file(value)}`)),
      ...codeFiles.map((one) => pair(one, (value) => `import ${file(value)}`)),
    ]);
  return {
    extCode: collect(args.extStr, args.extCode, args.extStrFile, args.extCodeFile),
    tlaCode: collect(args.tlaStr, args.tlaCode, args.tlaStrFile, args.tlaCodeFile),
  };
}

/**
 * The Jsonnet in external variables and top-level arguments, with files as imports. tk looks for what it imports in its
 * working directory first, then as for any file.
 */
export function argumentCode(args: TankaArguments): string[] {
  const codes = [...(args.extCode ?? []), ...(args.tlaCode ?? [])];
  const strings = [...(args.extStrFile ?? []), ...(args.tlaStrFile ?? [])];
  const files = [...(args.extCodeFile ?? []), ...(args.tlaCodeFile ?? [])];
  return [
    ...codes.map((one) => pair(one, (value) => value)),
    ...strings.map((one) => pair(one, (value) => `importstr ${JSON.stringify(value)}`)),
    ...files.map((one) => pair(one, (value) => `import ${JSON.stringify(value)}`)),
  ].map(([, code]) => code);
}

/** tk refuses an argument without a sign, so that none comes here. */
function pair(argument: string, code: (value: string) => string): [string, string] {
  const sign = argument.indexOf('=');
  return [argument.slice(0, sign), code(argument.slice(sign + 1))];
}
