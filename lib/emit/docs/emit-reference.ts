import { createHash } from 'node:crypto';
import { FINDING_CODES } from '../../finding/codes.ts';
import type { Path } from '../../finding/finding.ts';
import type { Definition, Family, MixinFunction, Parameter } from '../../model/family.ts';
import type { Node } from '../../model/node.ts';
import { generatedBanner, type OutputFile, sha256Of } from '../file.ts';

/**
 * The reference: one Markdown page a family, one of all finding codes, and an index.
 *
 * @param directory where the pages go, relative to the project.
 */
export function emitReference(families: readonly Family[], directory: string): OutputFile[] {
  return [
    ...families.map((family) => ({
      path: `${directory}/${family.name}.md`,
      text: familyPage(family),
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

function familyPage(family: Family): string {
  return page(
    generatedBanner(family.file, family.sha256),
    `# ${family.name}`,
    escapeText(family.description),
    ...family.definitions.flatMap((definition) => definitionBlocks(family, definition)),
    '## Sources',
    family.sources.map((source) => `- ${escapeText(source)}`).join('\n'),
  );
}

function definitionBlocks(family: Family, definition: Definition): string[] {
  const parameters = definition.parameters;
  const example = ['```jsonnet', definition.examples.join('\n```\n\n```jsonnet\n'), '```'].join(
    '\n',
  );
  return [
    `## ${family.name}.${definition.name}`,
    escapeText(definition.description),
    definition.functions.map((fn) => functionLine(family, definition, fn)).join('\n'),
    ...(parameters.length === 0 ? [] : [parameterTable(parameters)]),
    definition.examples.length === 1 ? 'Example:' : 'Examples:',
    example,
  ];
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

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\``,
    typeWords(parameter.node),
    escapeText(`${parameter.description} Must be ${parameter.expected}.`),
    parameter.node.default === undefined ? '' : code(JSON.stringify(parameter.node.default)),
    parameter.targets.map((target) => code(showPath(target))).join(', '),
    escapeText(parameter.source),
  ]);
  return table(['Parameter', 'Type', 'Meaning', 'Default', 'Written to', 'Source'], rows);
}

function typeWords(node: Node): string {
  if (node.enum !== undefined) return node.enum.map((one) => code(JSON.stringify(one))).join(', ');
  switch (node.type) {
    case 'array':
      return `array of ${typeWords(node.items)}`;
    case 'map':
      return `map of ${typeWords(node.values)}`;
    case 'integer':
    case 'number':
      return `${node.type}${range(node.minimum, node.maximum)}`;
    default:
      return node.type;
  }
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined && maximum === undefined) return '';
  return `, ${minimum ?? ''} to ${maximum ?? ''}`;
}

function showPath(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!/^[A-Za-z_]\w*$/.test(segment)) return `['${segment}']`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}

function firstSentence(text: string): string {
  return escapeText(text.split(/(?<=[.:]) /)[0]?.replace(/:$/, '.') ?? text);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Text in which Markdown would read a character as markup, or a table as a cell border. */
function escapeText(text: string): string {
  return text.replace(/[*_<>|[\]]/g, '\\$&');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
