/** A line of a file of an environment, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** An environment or program whose text is edited. */
export interface Editable {
  readonly files: Readonly<Record<string, string>>;
}

/** One edit. */
export interface Edit {
  /** Text that stands once in the files. */
  readonly from: string;
  /** What stands there instead. */
  readonly to: string;
  /** Text of the line that is to be named, when it is not the first that the edit changes. */
  readonly at?: string;
}

/** The files of an environment after an edit, and the line at which the mistake stands. */
export interface Edited {
  readonly files: Readonly<Record<string, string>>;
  readonly place: Place;
}

/**
 * Makes the mistake in the correct environment.
 *
 * @throws Error when the text to replace, or that of the line to name, does not stand there exactly once.
 */
export function edit(variant: Editable, mistake: Edit): Edited {
  const file = theFileWith(mistake.from, variant.files);
  const before = variant.files[file] ?? '';
  const after = before.replace(mistake.from, () => mistake.to);
  const files = { ...variant.files, [file]: after };
  return { files, place: placeOf(mistake, { file, before, after }, files) };
}

function placeOf(
  { at }: Edit,
  { file, before, after }: { file: string; before: string; after: string },
  files: Edited['files'],
): Place {
  if (at === undefined) return { file, line: lineAt(after, firstDifference(before, after)) };
  const named = theFileWith(at, files);
  const text = files[named] ?? '';
  return { file: named, line: lineAt(text, text.indexOf(at)) };
}

function theFileWith(text: string, files: Edited['files']): string {
  const found = Object.entries(files).flatMap(([file, content]) =>
    Array.from({ length: content.split(text).length - 1 }, () => file),
  );
  const [file] = found;
  if (file === undefined || found.length > 1)
    throw new Error(`stands ${found.length} times, not once: ${text}`);
  return file;
}

function firstDifference(before: string, after: string): number {
  let index = 0;
  while (index < before.length && before[index] === after[index]) index += 1;
  return index;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
