import { stripVTControlCharacters } from 'node:util';
import { harmless } from '../finding/harmless.ts';
import type { SecretTexts } from '../manifest/secret-texts.ts';

/** Stands for what may be secret. */
const MASK = '***';
/** Shorter words are a secret by chance, such as a number of replicas. */
const SHORTEST_WORD = 4;
/** A line may be a whole document. */
const LONGEST_LINE = 500;

/**
 * Makes a line of a log or of a message fit to be shown: without secrets, without colours and what else changes how a terminal
 * shows the rest, and cut.
 *
 * @param line without line breaks.
 * @param secrets what is secret; a word that is, is a part of or has one of these texts inside becomes `***`, and the whole line
 *   does where words do not suffice, for example since a secret has blanks.
 */
export function maskSecrets(line: string, secrets: SecretTexts | undefined): string {
  // Colours may stand within a secret.
  const plain = stripVTControlCharacters(line);
  // Before it is cut, since what is cut off at the end of a secret leaves a part of it that is not found.
  const masked = secrets === undefined ? plain : maskWords(plain, secrets);
  const shown = harmless(masked);
  return shown.length > LONGEST_LINE ? `${shown.slice(0, LONGEST_LINE)}...` : shown;
}

function maskWords(line: string, secrets: SecretTexts): string {
  // With the separators, which are at the odd places.
  const words = line.split(/([\s:,;&=@"'`()[\]{}<>|]+)/);
  const hidden = words.map((word) => word.length >= SHORTEST_WORD && secrets.hasWithin(word));
  const masked = words.map((word, index) => {
    // A short word beside one that is hidden is the rest of a secret of several words.
    const isRest =
      index % 2 === 0 && word.length < SHORTEST_WORD && (hidden[index - 2] || hidden[index + 2]);
    return word !== '' && (hidden[index] || isRest) ? MASK : word;
  });
  const text = masked.join('');
  return secrets.hasWithin(text) ? MASK : text;
}
