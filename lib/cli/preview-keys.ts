import { harmless } from '../finding/harmless.ts';
import type { CompareBase, PreviewSession } from '../preview/preview-session.ts';
import type { PreviewBlocks } from './preview-blocks.ts';
import type { Terminal } from './terminal.ts';

/** What the keys of a preview work on. */
export interface PreviewKeysOptions {
  readonly session: PreviewSession;
  readonly terminal: Terminal;
  readonly blocks: PreviewBlocks;
  /** URL of the page; absent when it is not served. */
  readonly url?: string | undefined;
  /** Ends the preview. */
  readonly quit: () => void;
}

/** What is compared with, in words, in the order in which `c` goes through it. */
export const BASE_NAMES: Readonly<Record<CompareBase, string>> = {
  save: 'the last save',
  head: 'git HEAD',
  cluster: 'the cluster',
};

/** Environments that a digit chooses. */
const DIGITS = 9;

/** The keys and what they do, as `?` shows them. */
export const PREVIEW_KEYS = [
  ['a', 'show all: resources, findings, and changes in full'],
  ['e', 'show the blocks of the next environment only'],
  ['1-9', 'show the blocks of one environment only; 0: of all'],
  ['c', 'compare with git HEAD, the cluster, the last save'],
  ['r', 'render and compare again'],
  ['w', 'print the URL of the page (with --web)'],
  ['?', 'show the keys'],
  ['q', 'quit; so does Ctrl-C'],
] as const;

/** What each key of a preview does. */
export function previewKeys(options: PreviewKeysOptions): Readonly<Record<string, () => void>> {
  const { session, terminal, blocks, url, quit } = options;
  const show = (text: string): void => terminal.print(`${text}\n\n`);
  const choose = (index: number): void => {
    const environment = session.environments()[index];
    if (environment !== undefined) blocks.only(environment.id);
  };
  const digits = Array.from({ length: DIGITS }, (_, index) => [index + 1, () => choose(index)]);
  return {
    a: () => blocks.all(),
    e() {
      const all = session.environments();
      // After the last one come all of them.
      const [first] = blocks.shown;
      const last =
        blocks.shown.length === all.length ? -1 : all.findIndex(({ id }) => id === first?.id);
      blocks.only(all[last + 1]?.id);
    },
    c() {
      const bases = Object.keys(BASE_NAMES) as CompareBase[];
      blocks.compareWith(bases[bases.indexOf(blocks.base) + 1] ?? 'save');
    },
    r: () => session.refresh(),
    w: () => show(url ?? 'There is no page: start the preview with --web.'),
    '?': () => show([...helpLines(), ...environmentLines(session)].join('\n')),
    q: quit,
    0: () => blocks.only(undefined),
    ...(Object.fromEntries(digits) as Record<string, () => void>),
  };
}

function helpLines(): string[] {
  return PREVIEW_KEYS.map(([key, what]) => `  ${key.padEnd(5)}${what}`);
}

/** The environments with the digits that choose them. */
function environmentLines(session: PreviewSession): string[] {
  const all = session.environments();
  if (all.length < 2) return [];
  return [
    '',
    ...all.map(({ id }, index) => {
      const key = index < DIGITS ? `${index + 1}` : '';
      return `  ${key.padEnd(5)}${harmless(id)}`;
    }),
  ];
}
