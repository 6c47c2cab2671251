/** Text as code within a line. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A fenced block of code. */
export function block(language: 'jsonnet' | 'text' | 'yaml', text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;
}

/** Prose in which Markdown would read a character as markup; what stands between backticks stays code. */
export function escapeText(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[*_<>[\]]/g, '\\$&')))
    .join('');
}

/**
 * A table.
 *
 * @param rows cells in Markdown; a `|` in them is escaped here, since a table reads it as a border even in code.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
