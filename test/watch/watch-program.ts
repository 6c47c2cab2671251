import { createFileWatcher, type WatchNotice } from '../../lib/watch/file-watcher.ts';

/** What it prints, as JSON. */
export type Line =
  'ready' | { readonly notice: WatchNotice } | { readonly saved: readonly string[] };

/**
 * Watches until its input ends, then closes the watcher: when that leaves nothing open, the process ends. It prints a
 * line of JSON for each notice and save, and "ready" when it watches.
 *
 * Arguments: the root, and files, absolute.
 */
const [root = '', ...files] = process.argv.slice(2);
const print = (line: Line): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const watcher = createFileWatcher({ root, onNotice: (notice) => print({ notice }) });
watcher.onSave((save) => print({ saved: save.files }));
await watcher.update({ files, folders: [] });
print('ready');
process.stdin.resume().on('end', () => watcher.close());
