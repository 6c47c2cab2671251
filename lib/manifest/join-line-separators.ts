const SEPARATORS = /[\u2028\u2029]/;
/** A line that ends in the header of a block, `key: |-` or `- |2`: what is before the key or the block, and the key. */
const BLOCK_HEADER = /^( *(?:[-?] )*)(.*: )?(?<=[-?:] )[|>]\d?[-+]?$/;

/**
 * Takes out the spaces that tk prints after U+2028 and U+2029. Its YAML library folds lines there and indents what follows, as YAML
 * 1.1 has it; to YAML 1.2 both are characters as others, and the spaces a part of the value.
 *
 * @param yaml what tk printed.
 * What begins a line of a block with them, or ends a block, stays as only YAML 1.1 reads it.
 *
 * @returns YAML 1.2 with the values that tk was given; the same text when neither character is in it.
 */
export function joinLineSeparators(yaml: string): string {
  if (!SEPARATORS.test(yaml)) return yaml;
  const lines = yaml.split('\n');
  for (let start = 0; start < lines.length; start += 1) {
    const line = lines[start] ?? '';
    // A value in quotes never has spaces after them: tk escapes both characters then.
    lines[start] = line.replace(/([\u2028\u2029]) +/g, '$1');
    const [, before, key] = BLOCK_HEADER.exec(line) ?? [];
    if (before === undefined) continue;
    const end = blockEnd(lines, start, key === undefined ? before.length - 1 : before.length);
    const block = lines.slice(start + 1, end);
    const indent = blockIndent(block);
    const added = new RegExp(`([\\u2028\\u2029]) {${indent}}`, 'g');
    for (const [index, text] of block.entries())
      lines[start + 1 + index] = text.replace(added, '$1');
    start = end - 1;
  }
  return lines.join('\n');
}

/** The first line after a block: one that is indented by `limit` spaces at most. */
function blockEnd(lines: readonly string[], header: number, limit: number): number {
  const after = lines.findIndex(
    (line, index) => index > header && line !== '' && leadingSpaces(line) <= limit,
  );
  return after === -1 ? lines.length : after;
}

/** What comes after a separator is indented as a line is, so that both tell the indentation of the block. */
function blockIndent(block: readonly string[]): number {
  const parts = block.flatMap((line) => line.split(SEPARATORS)).filter((part) => part !== '');
  return Math.min(...parts.map(leadingSpaces), Number.MAX_SAFE_INTEGER);
}

function leadingSpaces(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
