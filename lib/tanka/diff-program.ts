import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../disk/cache.ts';
import { writeWhole } from '../disk/write-whole.ts';

/** Where the program puts the two folders that kubectl compares, as `live` and `merged`. */
export const KUBECTL_FOLDER = 'kubectl';
/** Where it puts the files that tk compares by itself, as `LIVE-NAME` and `MERGED-NAME`. */
export const TK_FOLDER = 'tk';

/**
 * Both run `diff -u -N LIVE MERGED`: kubectl once, with two folders that have a file an object; tk for each object that it does
 * not ask kubectl about. Exit code 1 would say that they differ, which is not asked; above 1 it is an error.
 * Source: kubectl v1.36, pkg/cmd/diff; Tanka v0.38.0, pkg/kubernetes/util/diff.go.
 */
const SCRIPT = `#!/bin/sh
# Stands in for diff(1) while \`tk diff\` runs, and keeps the objects that are compared.
case "$3" in
  */LIVE-*) ;;
  # Somebody else's: a plugin of Helm, or one that gets credentials.
  *) export PATH="$TANKARD_DIFF_PATH"; exec diff "$@" ;;
esac
if [ -d "$3" ]; then
  kept="$TANKARD_DIFF_FOLDER/${KUBECTL_FOLDER}"
  # tk's strategy "validate" has kubectl compare twice; the second time counts.
  rm -rf "$kept" && mkdir "$kept" && mv "$3" "$kept/live" && mv "$4" "$kept/merged" || exit 2
else
  mv "$3" "$4" "$TANKARD_DIFF_FOLDER/${TK_FOLDER}/" || exit 2
  # tk prune crashes when nothing differs.
  echo kept && exit 1
fi
`;

/**
 * Puts a program in the place of \`diff\` for tk and kubectl that keeps the whole objects that they compare, whatever the
 * strategy is. Both would print lines without a mark for where an object is, and few of them.
 *
 * @param folder absolute; gets `KUBECTL_FOLDER` and `TK_FOLDER`, the second of which has to be there.
 * @returns the variables that tk has to be run with.
 * @throws Failure `usage` when the program cannot be written to the cache.
 */
export async function ensureDiffProgram(
  folder: string,
): Promise<Record<string, string | undefined>> {
  const version = createHash('sha256').update(SCRIPT).digest('hex').slice(0, 12);
  // Not in the folder itself: temporary folders may forbid to run what is in them.
  const directory = cacheDirectory('diff', version);
  const file = path.join(directory, 'diff');
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== SCRIPT)
    await writeWhole(file, SCRIPT, { mode: 0o755 });
  const search = process.env['PATH'] ?? '';
  return {
    PATH: search === '' ? directory : `${directory}${path.delimiter}${search}`,
    // The user's own program would be run in its place.
    KUBECTL_EXTERNAL_DIFF: undefined,
    TANKARD_DIFF_PATH: search,
    TANKARD_DIFF_FOLDER: folder,
  };
}
