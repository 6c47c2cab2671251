/**
 * A text of one line without what changes how a terminal shows the rest: control characters but tabs, and marks that turn the
 * direction of text, become U+FFFD.
 */
export function harmless(text: string): string {
  return text.replaceAll(/(?!\t)[\p{Control}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** The same for a text of several lines. */
export function harmlessLines(text: string): string {
  return text
    .split('\n')
    .map((line) => harmless(line))
    .join('\n');
}
