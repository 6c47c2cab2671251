import { readFileSync } from 'node:fs';
import path from 'node:path';

const FIELD = /^( *)(?:'([^']+)'|(\w+))(?:\((.*)\)::|:: (\{)$|:: import '(.*)',$)/;

/**
 * The functions of a library with the names of their parameters, read from the text of its files as `tk fmt` leaves it.
 *
 * @param folder of the library.
 * @returns names of parameters by function, such as `apps.v1.deployment.new`.
 */
export function readSignatures(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  readFile(path.join(folder, 'main.libsonnet'), '', found);
  return found;
}

function readFile(file: string, prefix: string, found: Map<string, string[]>): void {
  const open: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, indent = '', quoted, bare = '', parameters, brace, target] = FIELD.exec(line) ?? [];
    if (indent === '' || indent.length / 2 > open.length + 1) continue;
    open.length = indent.length / 2 - 1;
    const name = quoted ?? bare;
    const id = [prefix, ...open, name].filter((part) => part !== '').join('.');
    if (parameters !== undefined) found.set(id, namesOf(parameters));
    if (brace !== undefined) open.push(name);
    if (target !== undefined) readFile(path.join(path.dirname(file), target), id, found);
  }
}

/** None of the defaults has a comma in it. */
function namesOf(parameters: string): string[] {
  return parameters === '' ? [] : parameters.split(', ').map((one) => one.split('=')[0] ?? '');
}
