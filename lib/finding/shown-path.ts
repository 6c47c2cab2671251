import path from 'node:path';

/**
 * A file as it is shown to people and other programs.
 *
 * @param file absolute path.
 * @param folder absolute path, such as that of the project root.
 * @returns the path relative to the folder, with `/`, when the file is below it; else the absolute one.
 */
export function shownPath(file: string, folder: string): string {
  const relative = path.relative(folder, file).split(path.sep);
  // A name may begin with two dots.
  return relative[0] === '..' || path.isAbsolute(relative.join(path.sep))
    ? file
    : relative.join('/');
}
