import { load } from 'js-yaml';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** All blocks of a page. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)\n```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The blocks of a page in pairs: Jsonnet, and what follows it. */
export function pairsOf(page: string): [string, Block][] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text }, index): [string, Block][] =>
    language === 'jsonnet' ? [[text, blocks[index + 1] as Block]] : [],
  );
}

/** What a block shows: YAML as data, anything else as it stands. */
export function shownValue({ language, text }: Block): unknown {
  return language === 'yaml' ? load(`${text}\n`) : text;
}

/** What stands below a heading of the second level. */
export function sectionOf(page: string, heading: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

/** The rows of all tables of a page, as the reader sees their cells. */
export function rowsOf(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/\\([*_<>|[\]])/g, '$1')),
    );
}
