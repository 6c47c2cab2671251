import type { ExplainedField, Explanation } from './explanation.ts';

/** Columns of the text. */
const WIDTH = 80;

/** An explanation as text, in the form of `kubectl explain`. */
export function printExplanation(explained: Explanation): string {
  const sections = [
    head(explained),
    fieldHead(explained),
    section('DESCRIPTION', indent(explained.description, 4)),
    section('FUNCTIONS', functionLines(explained)),
    section('FIELDS', explained.fields.map(fieldText).join('\n\n')),
  ];
  return `${sections.filter((one) => one !== '').join('\n\n')}\n`;
}

function head({ group, kind, version, scope, library, others, ...rest }: Explanation): string {
  const rows: (readonly [name: string, text: string])[] = [
    ['GROUP', group],
    ['KIND', kind],
    ['VERSION', version],
    ['SCOPE', scope === 'cluster' ? 'cluster, without a namespace' : ''],
    ['LIBRARY', `${library}    ${rest.import}`],
    ['ALSO IN', others.join(', ')],
  ];
  return rows
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${`${name}:`.padEnd(12)}${text}`)
    .join('\n');
}

function fieldHead({ path, type, required, values, facts }: Explanation): string {
  const name = path.length === 0 ? '' : `FIELD: ${path.join('.')} <${type}>${mark(required)}`;
  const rows = [
    ...(values.length === 0 ? [] : [`one of: ${values.join(', ')}`]),
    ...facts.map((one) => `${one.name}: ${one.text}`),
  ];
  return [name, ...rows.map((row) => indent(row, 4))].filter((one) => one !== '').join('\n');
}

function functionLines({ functions, items }: Explanation): string {
  const lines = functions.map((call) => `    ${call}`);
  if (items !== undefined) lines.push(`    its items: tankard explain ${items}`);
  return lines.join('\n');
}

function fieldText({ name, type, required, values, description }: ExplainedField): string {
  const allowed = values.length === 0 ? [] : [indent(`one of: ${values.join(', ')}`, 4)];
  const lines = [`  ${name} <${type}>${mark(required)}`, ...allowed, indent(description, 4)];
  return lines.filter((one) => one !== '').join('\n');
}

function mark(required: boolean): string {
  return required ? ' -required-' : '';
}

function section(name: string, body: string): string {
  return body === '' ? '' : `${name}:\n${body}`;
}

/** Text wrapped at words; its own lines stay lines. */
function indent(text: string, spaces: number): string {
  const margin = ' '.repeat(spaces);
  return text
    .trim()
    .split('\n')
    .flatMap((line) => wrap(line, WIDTH - spaces))
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of line.trimEnd().split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
