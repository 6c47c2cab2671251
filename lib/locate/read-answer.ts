import type { Location, Position } from '../finding/finding.ts';

/** The places of one finding, the place of the cause first. Never empty. */
export interface LocatedPositions {
  readonly certainty: Location['certainty'];
  readonly positions: readonly Position[];
}

/**
 * Reads the answer of the locator. What does not have the agreed form is left out.
 *
 * @param text the standard output of `tools/locate`.
 * @returns the positions by the id of the finding.
 */
export function readAnswer(text: string): Map<number, LocatedPositions> {
  const locations = field(parseJson(text), 'locations');
  const read = new Map<number, LocatedPositions>();
  if (!Array.isArray(locations)) return read;
  for (const location of locations) {
    const id = field(location, 'id');
    const positions = readPositions(field(location, 'positions'));
    if (typeof id !== 'number' || positions.length === 0) continue;
    read.set(id, {
      certainty: field(location, 'certainty') === 'exact' ? 'exact' : 'near',
      positions,
    });
  }
  return read;
}

function readPositions(value: unknown): Position[] {
  return Array.isArray(value) ? value.flatMap(readPosition) : [];
}

function readPosition(value: unknown): Position[] {
  const file = field(value, 'file');
  const line = field(value, 'line');
  const column = field(value, 'column');
  if (typeof file !== 'string' || !isOneBased(line) || !isOneBased(column)) return [];
  return [{ file, line, column }];
}

function isOneBased(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
