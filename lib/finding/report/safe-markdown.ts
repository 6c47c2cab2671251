/**
 * A text of one line as code in Markdown, in a table, a heading or `<summary>` alike. Everything that Markdown or HTML would
 * read is a character reference: neither parser takes it for its own, and code hosts notify nobody of an `@name` in code.
 * Source: CommonMark 0.31, "Entity and numeric character references" and "Raw HTML".
 */
export function markdownCode(text: string): string {
  const safe = text.replaceAll(
    /[^\p{Letter}\p{Number} /.-]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
  return `<code>${safe}</code>`;
}

/**
 * Lines as a block of code in Markdown, whose fence is longer than every one inside.
 *
 * @param language such as `diff`.
 * @returns without a line break at the end.
 */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
