import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A parameter as it is written. */
export interface WrittenParameter {
  readonly name: string;
  /** Whether the argument has to be given. */
  readonly needed: boolean;
}

const FIELD = /^( *)(?:'([^']+)'|(\w+))(?:\((.*)\)::|:: (\{)$|:: import '(.*)',$)/;

/**
 * The functions of a library with their parameters, read from the text of its files as `tk fmt` leaves it.
 *
 * @param folder of the library.
 * @returns parameters by function, such as `apps.v1.deployment.new`.
 */
export function readSignatures(folder: string): Map<string, WrittenParameter[]> {
  const found = new Map<string, WrittenParameter[]>();
  readFile(path.join(folder, 'main.libsonnet'), '', found);
  return found;
}

function readFile(file: string, prefix: string, found: Map<string, WrittenParameter[]>): void {
  const open: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, indent = '', quoted, bare = '', parameters, brace, target] = FIELD.exec(line) ?? [];
    if (indent === '' || indent.length / 2 > open.length + 1) continue;
    open.length = indent.length / 2 - 1;
    const name = quoted ?? bare;
    const id = [prefix, ...open, name].filter((part) => part !== '').join('.');
    if (parameters !== undefined) found.set(id, parametersOf(parameters));
    if (brace !== undefined) open.push(name);
    if (target !== undefined) readFile(path.join(path.dirname(file), target), id, found);
  }
}

/** None of the defaults has a comma in it; an error as default is the message for an argument that is missing. */
function parametersOf(parameters: string): WrittenParameter[] {
  if (parameters === '') return [];
  return parameters.split(', ').map((one) => {
    const [name = '', value] = one.split('=');
    return { name, needed: value === undefined || value.startsWith('error ') };
  });
}
