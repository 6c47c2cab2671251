import type { VerbatimField } from '../tree.ts';

/** Hand-written functions that stand in the files of objects, in place of generated ones of the same name. */
export class Helpers {
  readonly #fields = new Map<string, readonly VerbatimField[]>();

  /**
   * @param sources Jsonnet objects by the id of the object that their fields belong to, such as `core.v1.container`;
   *   formatted by `tk fmt`, so that each field starts after two spaces.
   */
  constructor(sources: ReadonlyMap<string, string>) {
    for (const [id, text] of sources) this.#fields.set(id, readFields(text));
  }

  /** The fields for an object; none for most. */
  of(id: string): readonly VerbatimField[] {
    return this.#fields.get(id) ?? [];
  }

  /** The ids that have fields. */
  ids(): string[] {
    return [...this.#fields.keys()];
  }
}

const FIELD_START = /^ {2}(?:'([^']+)'|([A-Za-z_]\w*))(?=[(:+])/;

/** Splits the text of an object into its fields; a comment belongs to the field below it. */
function readFields(text: string): VerbatimField[] {
  const lines = text.split('\n');
  const start = lines.indexOf('{');
  const end = lines.lastIndexOf('}');
  const fields: { name: string; lines: string[] }[] = [];
  let comment: string[] = [];
  for (const line of lines.slice(start + 1, end)) {
    const match = FIELD_START.exec(line);
    if (match !== null) {
      fields.push({ name: match[1] ?? match[2] ?? '', lines: [...comment, line] });
      comment = [];
    } else if (line === '' || /^ {2}\/\//.test(line)) {
      if (line !== '') comment.push(line);
    } else fields.at(-1)?.lines.push(line);
  }
  return fields.map(({ name, lines: own }) => ({
    type: 'verbatim',
    name,
    text: own.join('\n').trim().replace(/,$/, ''),
  }));
}
