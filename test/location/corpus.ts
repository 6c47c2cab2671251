import { CORPUS as LIBRARY_PROGRAMS } from '../library/mistakes/corpus.ts';
import { CORPUS as MIXIN_ENVIRONMENTS } from '../mistakes/corpus.ts';
import { edit, type Place } from '../mistakes/edit.ts';
import type { Mistake, Program } from './program.ts';
import { CONFIG_OBJECT } from './programs/config-object.ts';
import { IDIOMS } from './programs/idioms.ts';
import { MIXINS } from './programs/mixins.ts';
import { PLAIN_LIBRARY } from './programs/plain-library.ts';
import { INLINE, TANKA } from './programs/tanka.ts';
import { TEXTS } from './programs/texts.ts';
import { TYPED } from './programs/typed.ts';
import { randomMistakes, type RandomMistake } from './random-mistakes.ts';
import { repositoryEnvironments } from './repository-environments.ts';

/** A program after one edit, and the lines that are right. */
export interface Case {
  readonly title: string;
  readonly program: Program;
  readonly files: Readonly<Record<string, string>>;
  /** The first is the line of the edit, or of the object that lacks a field. */
  readonly places: readonly Place[];
  /** What was done, where the mistake was made at random. */
  readonly random?: Pick<RandomMistake, 'changed' | 'text'>;
  readonly sees?: string;
  /** Why more than one line is right. */
  readonly why?: string;
}

const WRITTEN: readonly Program[] = [
  CONFIG_OBJECT,
  PLAIN_LIBRARY,
  TEXTS,
  TANKA,
  INLINE,
  TYPED,
  MIXINS,
  IDIOMS,
];

/** All programs of the corpus; those of the other corpora have only mistakes made at random here. */
export const PROGRAMS: readonly Program[] = [
  ...WRITTEN,
  ...repositoryEnvironments(5),
  ...[...LIBRARY_PROGRAMS, ...MIXIN_ENVIRONMENTS].map(({ name, files }): Program => ({
    name,
    files,
    mistakes: [],
    random: 1,
  })),
];

/** Every mistake of the corpus. */
export const CASES: readonly Case[] = PROGRAMS.flatMap((program, index) => [
  ...program.mistakes.map((mistake) => written(program, mistake)),
  ...randomMistakes(program.files, index + 1, program.random ?? 0).map(
    ({ title, files, place, changed, text }): Case => ({
      title: `${program.name}: ${title}`,
      program,
      files,
      places: [place],
      random: { changed, text },
    }),
  ),
]);

function written(program: Program, mistake: Mistake): Case {
  const { files, place } = edit(program, mistake);
  const others = (mistake.also ?? []).map((at) => edit(program, { ...mistake, at }).place);
  return {
    title: `${program.name}: ${oneLine(mistake.from)} -> ${oneLine(mistake.to)}`,
    program,
    files,
    places: [place, ...others],
    ...(mistake.sees === undefined ? {} : { sees: mistake.sees }),
    ...(mistake.why === undefined ? {} : { why: mistake.why }),
  };
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ') || 'nothing';
}
