import { jsonnetLiterals } from '../locate/jsonnet-literals.ts';

/** What a Jsonnet text asks tk for besides imports. */
export interface JsonnetFacts {
  /** The native functions that it names, such as `helmTemplate`; `*` for one whose name is no literal. */
  readonly natives: readonly string[];
  /** Names in it that may stand for what a library makes of such functions: `helm`, `kustomize`. */
  readonly mentions: readonly string[];
}

/** A text that asks for nothing. */
export const NO_FACTS: JsonnetFacts = { natives: [], mentions: [] };

const WORDS = ['helm', 'kustomize'];
const NATIVE_CALL = /\.\s*native\s*\(\s*$/;
const NATIVE = /\.\s*native\b/g;

/**
 * Reads which native functions a Jsonnet text uses.
 *
 * @param text a file, which need not be valid. A field whose name is put together (`std['nat' + 'ive']`) is not recognised.
 */
export function jsonnetFacts(text: string): JsonnetFacts {
  // Few texts have any of the words: the others need not be looked at closer.
  if (!/native|helm|kustomize/i.test(text)) return NO_FACTS;
  const natives = new Set<string>();
  const mentions = new Set<string>();
  const literals = jsonnetLiterals(text);
  let code = '';
  let done = 0;
  let named = 0;
  for (const { kind, start, end } of literals) {
    code += text.slice(done, start);
    done = end;
    if (kind === 'comment') {
      code += ' ';
      continue;
    }
    const literal = kind === 'string' ? text.slice(start, end) : '';
    const name = /^@?['"](.*)['"]$/s.exec(literal)?.[1] ?? '';
    if (NATIVE_CALL.test(code.slice(-100)) && /^\s*\)/.test(text.slice(end, end + 100))) {
      natives.add(/^\w+$/.test(name) ? name : '*');
      named += 1;
    }
    if (name === 'native') natives.add('*');
    if (/^\S+$/.test(name)) addMentions(name, mentions);
    // A mark in the place of the literal, so that what stands before it does not meet what follows.
    code += '""';
  }
  code += text.slice(done);
  addMentions(code, mentions);
  if ([...code.matchAll(NATIVE)].length > named) natives.add('*');
  return { natives: [...natives], mentions: [...mentions] };
}

function addMentions(text: string, mentions: Set<string>): void {
  const lower = text.toLowerCase();
  for (const word of WORDS) if (lower.includes(word)) mentions.add(word);
}
