import type { TextStyle } from '../finding/report/text.ts';
import type { CompareBase, PreviewSession } from '../preview/preview-session.ts';
import { statusText } from '../preview/text/status-text.ts';
import type { Context } from './context.ts';
import { PreviewBlocks } from './preview-blocks.ts';
import { BASE_NAMES, previewKeys } from './preview-keys.ts';

/**
 * Prints the blocks of a preview until the user ends it: by a key where somebody sits at a terminal, by a signal, or by
 * closing what reads stdout.
 *
 * @param options.base what is compared with at first.
 * @param options.url of the page; absent when it is not served.
 * @throws the reason of the signal when that ended it.
 */
export async function showInTerminal(
  session: PreviewSession,
  { terminal, signal }: Pick<Context, 'terminal' | 'signal'>,
  { base, url }: { readonly base: CompareBase; readonly url?: string },
): Promise<void> {
  const releases: (() => void)[] = [];
  const untilTheEnd = new Promise<void>((resolve, reject) => {
    /** What happens in a listener has no caller to tell of a bug. */
    const attempt = (work?: () => void): void => {
      try {
        work?.();
        attended?.status(statusLine(session, blocks, terminal.look('stdout')));
      } catch (error) {
        reject(error);
      }
    };
    const attended = terminal.attend({
      key: (character) => attempt(keys[character]),
      resize: attempt,
    });
    if (attended !== undefined) releases.push(attended.release);
    const hasKeys = attended !== undefined;
    const blocks = new PreviewBlocks(session, terminal, { base, hasKeys, onCompared: attempt });
    const keys = previewKeys({ session, terminal, blocks, url, quit: resolve });
    releases.push(
      () => blocks.cancel(),
      session.subscribe((event) => attempt(() => blocks.tell(event))),
    );
    attempt(() => blocks.tellAll());
    const interrupt = (): void => reject(signal.reason as Error);
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt);
    void terminal.unread.then(resolve);
  });
  try {
    await untilTheEnd;
  } finally {
    for (const release of releases) release();
  }
}

const GAP = '  ';
/** What a narrow window keeps for the environments. */
const STATUS_COLUMNS = 43;

/** How the environments are, and what the keys have changed. */
function statusLine(session: PreviewSession, blocks: PreviewBlocks, style: TextStyle): string {
  const { base, comparing, shown } = blocks;
  const rendering = shown.filter((one) => one.status === 'rendering').length;
  const parts = [
    ...(rendering > 0 ? [rendering > 1 ? `rendering ${rendering} ...` : 'rendering ...'] : []),
    ...(comparing > 0 ? [`comparing with ${BASE_NAMES[base]} ...`] : []),
    ...(shown.length < session.environments().length ? ['only this one'] : []),
    ...(comparing > 0 ? [] : [`against ${BASE_NAMES[base]}`]),
    '? keys',
  ];
  const all = style.columns ?? 80;
  // In a narrow window the environments come first.
  while (parts.length > 0 && parts.join(GAP).length + STATUS_COLUMNS > all) parts.pop();
  const end = [''].concat(parts).join(GAP);
  const columns = all - end.length - 1;
  const status = statusText(shown, { root: session.root, style: { ...style, columns } });
  return `${status}${style.paint?.('faint', end) ?? end}`;
}
