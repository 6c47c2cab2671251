import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

/**
 * What an export has beside its folder while it works. The names are always the same, so that the next export finds what
 * one that was killed left.
 */
export interface SwapPlaces {
  /** Holds the id of the process that exports. */
  readonly turn: string;
  /** The folder that is to take the place. */
  readonly fresh: string;
  /** The folder that had the place. */
  readonly old: string;
  /** What is moved from the old folder into the fresh one; while it is there, the fresh one is whole but for that. */
  readonly plan: string;
}

/** @param out the folder of an export; absolute. */
export function swapPlaces(out: string): SwapPlaces {
  const beside = (what: string): string =>
    path.join(path.dirname(out), `.${path.basename(out)}.tankard-${what}`);
  return { turn: beside('pid'), fresh: beside('new'), old: beside('old'), plan: beside('plan') };
}

/**
 * Puts the fresh folder in the place of an export. Killed between any two steps, it leaves the old tree; or the new one; or
 * no tree, and what `mendSwap` makes the new one of.
 *
 * @param out absolute path.
 * @param moves what is taken over from the old tree unchanged: files and folders, relative to it; none need be there. Moving
 *   folders costs a thousandth of what writing, reading and deleting their files does.
 * @throws Failure `usage` when it cannot be done; the old tree stands as it was then.
 */
export function swapTree(out: string, moves: readonly string[]): void {
  const places = swapPlaces(out);
  const { old, plan } = places;
  try {
    writeFileSync(`${plan}.tmp`, JSON.stringify(moves));
    renameSync(`${plan}.tmp`, plan);
    if (existsSync(out)) renameSync(out, old);
    finish(out, places, moves);
  } catch (cause) {
    undo(out, places, moves);
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Failure('usage', `cannot replace ${out}: ${message}`, {
      hint:
        code === 'EBUSY' || code === 'EXDEV'
          ? 'It is where a file system is mounted: name a folder in it.'
          : `Nothing was changed. Check that ${path.dirname(out)} is writable.`,
      cause,
    });
  }
}

function finish(out: string, { fresh, old, plan }: SwapPlaces, moves: readonly string[]): void {
  for (const move of moves) moveBetween(old, fresh, move);
  mkdirSync(fresh, { recursive: true });
  renameSync(fresh, out);
  rmSync(plan, { force: true });
  try {
    rmSync(old, { recursive: true, force: true });
  } catch {
    // The new tree is in its place; the next export removes what is left of the old one.
  }
}

/** What is not there was moved before the process was killed, or was never there. */
function moveBetween(from: string, to: string, move: string): void {
  if (!existsSync(path.join(from, move))) return;
  mkdirSync(path.dirname(path.join(to, move)), { recursive: true });
  renameSync(path.join(from, move), path.join(to, move));
}

/** As far as it can be done; while the plan is there, the next export does the rest. */
function undo(out: string, { fresh, old, plan }: SwapPlaces, moves: readonly string[]): void {
  try {
    if (!existsSync(out)) {
      for (const move of moves) moveBetween(fresh, old, move);
      if (existsSync(old)) renameSync(old, out);
    }
    rmSync(plan, { force: true });
    rmSync(`${plan}.tmp`, { force: true });
  } catch {
    // What went wrong first is what is reported.
  }
}

/**
 * Brings what an export that was killed left to an end: the new tree where it was whole, else the old one.
 *
 * @param out absolute path. No other export writes there now.
 * @returns whether the tree was not in its place.
 * @throws Failure `usage` when it cannot be done.
 */
export function mendSwap(out: string): boolean {
  const places = swapPlaces(out);
  const { fresh, old, plan } = places;
  try {
    const isGone = !existsSync(out) && existsSync(old);
    // Who has put a tree there since, such as from Git, is right.
    if (isGone && existsSync(plan) && existsSync(fresh)) finish(out, places, readPlan(plan));
    else if (isGone) renameSync(old, out);
    for (const left of [plan, `${plan}.tmp`, fresh, old])
      rmSync(left, { recursive: true, force: true });
    return isGone;
  } catch (cause) {
    throw new Failure(
      'usage',
      `cannot end what an earlier export of ${out} began: ${(cause as Error).message}`,
      { hint: `Its new tree is in ${fresh}, the old one in ${old}.`, cause },
    );
  }
}

function readPlan(plan: string): string[] {
  return JSON.parse(readFileSync(plan, 'utf8')) as string[];
}
