import { createHash } from 'node:crypto';
import { dump } from 'js-yaml';
import { FINDING_CODES } from '../../finding/codes.ts';
import { bindingsOf, type Binding } from '../../model/binding.ts';
import type { Definition, Family, MixinFunction } from '../../model/family.ts';
import { generatedBanner, type OutputFile, sha256Of } from '../file.ts';
import { manifestChecks } from './manifest-checks.ts';
import { block, code, escapeText, table } from './markdown.ts';
import { parameterTable } from './parameter-table.ts';

/** What evaluating the declared expressions gave, each by its text. */
export interface ReferenceResults {
  readonly examples: ReadonlyMap<string, unknown>;
  /** The message with which each mistake is refused. */
  readonly mistakes: ReadonlyMap<string, string>;
}

/** Where the pages go, and what they say beside the declarations. */
export interface ReferenceTarget {
  /** Relative to the project. */
  readonly directory: string;
  readonly results: ReferenceResults;
  /** Whether `tankard validate` knows the annotation and label keys of these families. */
  readonly checksManifests: boolean;
}

/**
 * The reference: one Markdown page a family, one of all finding codes, and an index.
 *
 * @throws Error when the results lack an example or a mistake.
 */
export function emitReference(families: readonly Family[], target: ReferenceTarget): OutputFile[] {
  const { directory, results } = target;
  const bindings = target.checksManifests ? bindingsOf(families) : [];
  return [
    ...families.map((family) => ({
      path: `${directory}/${family.name}.md`,
      text: familyPage(family, results, bindings),
    })),
    { path: `${directory}/findings.md`, text: findingsPage() },
    { path: `${directory}/README.md`, text: indexPage(families) },
  ];
}

function page(banner: string, ...blocks: readonly string[]): string {
  return `<!-- ${banner} -->\n\n${blocks.join('\n\n')}\n`;
}

function indexPage(families: readonly Family[]): string {
  const rows = families.map((family) => [
    `[\`${family.name}\`](${family.name}.md)`,
    firstSentence(family.description),
  ]);
  return page(
    generatedBanner('all declarations', sha256Of(families)),
    '# Reference',
    "In Jsonnet each family is a field of the library's `main.libsonnet`.",
    table(['Family', 'What it is'], rows),
    'What Tankard can find: [findings](findings.md).',
  );
}

function findingsPage(): string {
  const rows = Object.entries(FINDING_CODES).map(([name, { severity, title }]) => [
    code(name),
    severity,
    title,
  ]);
  const sha256 = createHash('sha256').update(JSON.stringify(FINDING_CODES)).digest('hex');
  return page(
    generatedBanner('lib/finding/codes.ts', sha256),
    '# Findings',
    'An error makes `tankard validate` exit 1 and stops `tankard apply`; a warning does not.',
    table(['Code', 'Severity', 'Meaning'], rows),
  );
}

function familyPage(
  family: Family,
  results: ReferenceResults,
  bindings: readonly Binding[],
): string {
  return page(
    generatedBanner(family.file, family.sha256),
    `# ${family.name}`,
    escapeText(family.description),
    ...family.definitions.flatMap((definition) => definitionBlocks(family, definition, results)),
    ...mistakeBlocks(family, results),
    ...manifestChecks(family, bindings),
    '## Sources',
    family.sources.map((source) => `- ${escapeText(source)}`).join('\n'),
  );
}

function definitionBlocks(
  family: Family,
  definition: Definition,
  { examples }: ReferenceResults,
): string[] {
  const { parameters } = definition;
  return [
    `## ${family.name}.${definition.name}`,
    escapeText(definition.description),
    newFirst(definition.functions)
      .map((fn) => functionLine(family, definition, fn))
      .join('\n'),
    ...(parameters.length === 0 ? [] : [parameterTable(definition)]),
    definition.examples.length === 1
      ? 'An example, and what it renders:'
      : 'Examples, each with what it renders:',
    ...definition.examples.flatMap((example) => [
      block('jsonnet', example),
      renderedBlock(resultOf(example, examples)),
    ]),
  ];
}

/** A string as it is, all else as YAML. Values that are secret elsewhere are public here: they stand in the example. */
function renderedBlock(value: unknown): string {
  if (typeof value === 'string') return block('text', value);
  return block('yaml', dump(value, { lineWidth: -1, noRefs: true, noArrayIndent: true }));
}

function mistakeBlocks(family: Family, { mistakes }: ReferenceResults): string[] {
  const all = family.definitions.flatMap((definition) => definition.mistakes);
  if (all.length === 0) return [];
  return [
    '## Mistakes it catches',
    'Each ends the evaluation with the message below it; `tankard validate` reports it as [`jsonnet/assert`](findings.md), at the line of your Jsonnet.',
    ...all.flatMap(({ title, example }) => [
      `### ${escapeText(title.charAt(0).toUpperCase() + title.slice(1))}`,
      block('jsonnet', example),
      block('text', resultOf(example, mistakes)),
    ]),
  ];
}

function resultOf<Result>(example: string, results: ReadonlyMap<string, Result>): Result {
  if (!results.has(example)) throw new Error(`not evaluated: ${example}`);
  return results.get(example) as Result;
}

/** `new` is what most readers look for. */
function newFirst(functions: readonly MixinFunction[]): MixinFunction[] {
  const isOther = ({ name }: MixinFunction): number => Number(name !== 'new');
  return functions.toSorted((left, right) => isOther(left) - isOther(right));
}

function functionLine(family: Family, definition: Definition, fn: MixinFunction): string {
  const args = fn.parameters.map((one) =>
    one.default === undefined
      ? one.parameter.name
      : `${one.parameter.name}=${JSON.stringify(one.default)}`,
  );
  const signature = `${family.name}.${definition.name}.${fn.name}(${args.join(', ')})`;
  return `- \`${signature}\`: ${escapeText(fn.description)}`;
}

function firstSentence(text: string): string {
  return escapeText(text.split(/(?<=[.:]) /)[0]?.replace(/:$/, '.') ?? text);
}
