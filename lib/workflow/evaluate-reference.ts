import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import type { ReferenceResults } from '../emit/docs/emit-reference.ts';
import type { OutputFile } from '../emit/file.ts';
import { Failure } from '../finding/failure.ts';
import type { Definition, Family, Mistake } from '../model/family.ts';
import {
  evaluatePrograms,
  type Evaluation,
  type EvaluationOptions,
  type Evaluations,
} from '../tanka/evaluate.ts';

/** A Jsonnet library that was made from declarations, in memory. */
export interface Library {
  readonly library: readonly OutputFile[];
  /** Its folder, as the paths of its files have it. */
  readonly directory: string;
  /** The import path of check.libsonnet in its files. */
  readonly check: string;
}

/**
 * Evaluates the examples and the mistakes of declarations with tk, against the library as it was just made, whatever
 * lies on disk.
 *
 * @param options how tk is run.
 * @throws Failure `usage` that names the declaration when an example fails, or the mixins accept a mistake or refuse
 *   it for another reason; else as `evaluatePrograms`.
 */
export async function evaluateReference(
  families: readonly Family[],
  library: Library,
  options: Pick<EvaluationOptions, 'tk' | 'timeoutMs' | 'signal'>,
): Promise<ReferenceResults> {
  const { files, main } = await libraryFiles(library);
  const run: Run = (expressions) =>
    evaluatePrograms(expressions, {
      ...options,
      files,
      header: `local tankard = import '${main}';\n`,
      purpose: 'evaluating the examples of the declarations',
    });
  const examples = placesOf(families, (definition) => definition.examples);
  const mistakes = placesOf(families, (definition) => definition.mistakes);
  const { evaluations, keep } = await run([
    arrayOf(examples),
    ...mistakes.map(({ value }) => value.example),
  ]);
  const [together, ...refusals] = evaluations;
  const results = {
    examples: await exampleValues(examples, together, run),
    mistakes: new Map(mistakes.map((place, at) => messageOf(place, refusals[at] as Evaluation))),
  };
  await keep();
  return results;
}

/** Evaluates expressions in which `tankard` is the library. */
type Run = (expressions: readonly string[]) => Promise<Evaluations>;

/** The library as files of a project, with the check.libsonnet of this package where the files import it from. */
async function libraryFiles({
  library,
  directory,
  check,
}: Library): Promise<{ files: Map<string, string>; main: string }> {
  const checkFile = path.join(packageRoot(), 'jsonnet', 'tankard', 'check.libsonnet');
  // An import is looked for beside the importing file first; a path that leads upwards stays inside the project.
  const upwards = check.split('/').filter((segment) => segment === '..').length;
  const folder = ['library', ...Array.from({ length: upwards }, () => 'below')].join('/');
  const files = new Map([
    [path.posix.join(folder, check), await readFile(checkFile, 'utf8')],
    ...library.map((file): [string, string] => {
      const name = path.posix.relative(directory, file.path);
      return [path.posix.join(folder, name), file.text];
    }),
  ]);
  return { files, main: `${folder}/main.libsonnet` };
}

/** An example or a mistake, and where it is declared. */
interface Place<Value> {
  readonly family: Family;
  readonly definition: Definition;
  readonly value: Value;
}

function placesOf<Value>(
  families: readonly Family[],
  valuesOf: (definition: Definition) => readonly Value[],
): Place<Value>[] {
  return families.flatMap((family) =>
    family.definitions.flatMap((definition) =>
      valuesOf(definition).map((value) => ({ family, definition, value })),
    ),
  );
}

/** All examples as one expression, since most of a run is starting tk. Each ends its own comments. */
function arrayOf(examples: readonly Place<string>[]): string {
  return `[${examples.map(({ value }) => `(${value}\n)`).join(',\n')}]`;
}

/**
 * The value of each example.
 *
 * @param together what all of them gave as one array.
 */
async function exampleValues(
  examples: readonly Place<string>[],
  together: Evaluation | undefined,
  run: Run,
): Promise<Map<string, unknown>> {
  const values = Array.isArray(together?.value) ? (together.value as unknown[]) : [];
  // Otherwise one of them failed, or is not one expression: which one, only evaluating each alone tells.
  if (values.length === examples.length)
    return new Map(examples.map(({ value }, index) => [value, values[index]]));
  const { evaluations } = await run(examples.map(({ value }) => value));
  return new Map(
    examples.map((place, index) => {
      const { value, error } = evaluations[index] as Evaluation;
      if (error === undefined) return [place.value, value];
      throw new Failure(
        'usage',
        `${placeOf(place)}: an example cannot be evaluated: ${error}${indented(place.value)}`,
        { hint: 'An example is a Jsonnet expression that has the library as `tankard`.' },
      );
    }),
  );
}

/** The message with which a function of the definition refuses a mistake. */
function messageOf(place: Place<Mistake>, { error }: Evaluation): [string, string] {
  const { family, definition, value } = place;
  const { title, example } = value;
  const owner = `${family.name}.${definition.name}`;
  const isRefusal = definition.functions.some(
    (fn) => error?.startsWith(`${owner}.${fn.name}: `) === true,
  );
  if (error !== undefined && isRefusal) return [example, error];
  const what =
    error === undefined
      ? `is accepted by the mixins`
      : `fails for another reason than a check of ${owner}: ${error}`;
  throw new Failure(
    'usage',
    `${placeOf(place)}: the mistake "${title}" ${what}${indented(example)}`,
    {
      hint: 'x-tankard-mistakes shows what a function of the definition refuses, with the message that it gives.',
    },
  );
}

function placeOf({ family, definition }: Place<unknown>): string {
  return `${family.file}: ${definition.name}`;
}

function indented(expression: string): string {
  return expression
    .split('\n')
    .map((line) => `\n  ${line}`)
    .join('');
}
