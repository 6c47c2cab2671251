import { createHash } from 'node:crypto';
import { Failure } from '../finding/failure.ts';

/** One of the parts that environments are split into. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  /** How many there are, at least 1. */
  readonly count: number;
}

/** What the Job controller tells each Pod of an Indexed Job: a number from 0. Source: kubernetes.io, "Jobs", completion mode. */
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

const FORMS = 'The forms are I/N, with I from 1 to N, and job/N in the Pods of an Indexed Job.';

/**
 * Reads the value of `--shard`: `2/3`, or `job/3`, where the index is that of the Pod in its Indexed Job.
 *
 * @param variables those of the process.
 * @throws Failure `usage` when it is neither, or the index is missing or out of range.
 */
export function parseShard(text: string, variables: NodeJS.ProcessEnv = process.env): Shard {
  const [, first = '', last = ''] = /^(job|\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const count = Number(last);
  if (count < 1)
    throw new Failure('usage', `--shard ${JSON.stringify(text)} is no shard`, { hint: FORMS });
  const index = first === 'job' ? jobIndex(variables) : Number(first) - 1;
  if (index >= 0 && index < count) return { index, count };
  const given =
    first === 'job' ? `${INDEX_VARIABLE} is ${index}` : `there is no shard ${first} of ${count}`;
  throw new Failure('usage', `--shard ${text}: ${given}`, {
    hint:
      first === 'job'
        ? `The Job has more than ${count} completions: say job/N with N of them.`
        : FORMS,
  });
}

function jobIndex(variables: NodeJS.ProcessEnv): number {
  const value = variables[INDEX_VARIABLE];
  if (value !== undefined && /^\d{1,9}$/.test(value)) return Number(value);
  const found = value === undefined ? 'is not set' : `is ${JSON.stringify(value)}, no index`;
  throw new Failure('usage', `--shard job/N: ${INDEX_VARIABLE} ${found}`, {
    hint: 'Kubernetes sets it in the Pods of a Job with completionMode: Indexed. Elsewhere, say I/N.',
  });
}

/**
 * The items of one shard. They are ordered by the hash of their ids and cut into ranges, so that
 * - sizes differ by at most one,
 * - it does not matter who asks and in which order the items come,
 * - an item that comes or goes moves each border by at most one place: of N shards at most N - 1 other items change theirs.
 *
 * @param idOf a different text for each item.
 * @returns in the order of `items`.
 */
export function itemsOfShard<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  { index, count }: Shard,
): Item[] {
  const hashes = items.map((item) => createHash('sha256').update(idOf(item)).digest('hex'));
  const border = (shard: number): number => Math.floor((shard * items.length) / count);
  const chosen = new Set([...hashes].sort().slice(border(index), border(index + 1)));
  return items.filter((_, position) => chosen.has(hashes[position] ?? ''));
}
