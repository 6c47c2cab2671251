import { YamlIndex } from '../../manifest/yaml-index.ts';
import type { Fault, Path } from '../../finding/finding.ts';
import type { PageResource } from './page-data.ts';

/** Characters of one text at most: an object of etcd has 1.5 MiB at most by default, and editors in a page get slow. */
const LONGEST_TEXT = 1_000_000;

/** Characters of a text at most that is parsed for the lines of findings: parsing takes some 0.4 ms for 1,000. */
const LONGEST_PARSED = 200_000;

/** Where a finding is about something. */
export interface FaultPlace {
  readonly path?: Path;
  readonly fault?: Fault;
}

/** The text of a resource as it is and as it was, each cut at the end of a line. What `cut` says is of the longer one. */
export function cutTexts(
  texts: Pick<PageResource, 'yaml' | 'before'>,
): Pick<PageResource, 'yaml' | 'before' | 'cut'> {
  const long = [texts.yaml ?? '', texts.before ?? ''].sort((a, b) => b.length - a.length)[0] ?? '';
  return {
    ...(texts.yaml === undefined ? {} : { yaml: cutText(texts.yaml) }),
    ...(texts.before === undefined ? {} : { before: cutText(texts.before) }),
    ...(long.length > LONGEST_TEXT
      ? { cut: { shown: cutText(long).length, all: long.length } }
      : {}),
  };
}

function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = text.lastIndexOf('\n', LONGEST_TEXT - 1) + 1;
  // One line may be longer than all that is shown; half of a character outside the BMP is none.
  return end > 0 ? text.slice(0, end) : text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Finds the lines of a document that findings are about.
 *
 * @param text the YAML of one document.
 * @returns for each place a line from 1: that of the deepest part of the path that is there; in a long text that of the
 *   path's first member. Undefined where nothing of it is there.
 */
export function yamlLines(text: string, places: readonly FaultPlace[]): (number | undefined)[] {
  if (places.every(({ path }) => path === undefined)) return places.map(() => undefined);
  const index = text.length > LONGEST_PARSED ? undefined : new YamlIndex(text);
  return places.map(({ path, fault = 'value' }) => {
    if (path === undefined) return undefined;
    const offset = index === undefined ? memberOffset(text, path) : index.find(path, fault)?.offset;
    return offset === undefined ? undefined : lineAt(text, offset);
  });
}

function memberOffset(text: string, [member]: Path): number | undefined {
  if (text.startsWith(`${member}:`)) return 0;
  const before = text.indexOf(`\n${member}:`);
  return before === -1 ? undefined : before + 1;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
