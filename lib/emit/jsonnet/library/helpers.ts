import type { HandWritten } from '../../../model/library/hand-written.ts';
import type { VerbatimField } from '../tree.ts';

/** Hand-written functions that stand in the files of objects, in place of generated ones of the same name. */
export class Helpers {
  readonly #handWritten: HandWritten;

  constructor(handWritten: HandWritten) {
    this.#handWritten = handWritten;
  }

  /** The fields for an object; none for most. */
  of(id: string): readonly VerbatimField[] {
    const functions = this.#handWritten.get(id) ?? [];
    return functions.map(({ name, text }) => ({ type: 'verbatim', name, text }));
  }
}
