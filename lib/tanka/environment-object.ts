import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { type TankaArguments, evaluationFlags } from './arguments.ts';
import type { EnvironmentPlace } from './find-environment.ts';
import { runTk } from './run-tk.ts';

/** The object of kind Environment that an environment is described by, without its `data`. */
export interface EnvironmentObject {
  /** It stands in main.jsonnet, not in spec.json. */
  readonly inline: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** As it was written: tk ignores keys that it does not know. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Which environment. */
interface ReadOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute. */
  readonly root: string;
  readonly place: EnvironmentPlace;
  readonly args?: TankaArguments;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads what describes an environment that renders: spec.json, or the Environment object in its main.jsonnet.
 *
 * @throws Failure `usage` when it cannot be read, or several inline environments are there and `args.name` names none of
 *   them; `tool` and `interrupted` as `runTk`.
 */
export async function readEnvironmentObject(options: ReadOptions): Promise<EnvironmentObject> {
  const file = path.join(options.place.base, 'spec.json');
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new Failure('usage', `cannot read ${file}: ${cause.message}`, { cause });
  });
  if (text === undefined) return inlineObject(options);
  return { inline: false, ...parts(parse(text, file)) };
}

function parse(text: string, file: string): RawEnvironment {
  try {
    return (JSON.parse(text) as RawEnvironment | null) ?? {};
  } catch (cause) {
    throw new Failure('usage', `${file} is not valid JSON`, { cause });
  }
}

interface RawEnvironment {
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly spec?: Readonly<Record<string, unknown>> | null;
}

function parts({ metadata, spec }: RawEnvironment): Omit<EnvironmentObject, 'inline'> {
  return { metadata: metadata ?? {}, spec: spec ?? {} };
}

async function inlineObject(options: ReadOptions): Promise<EnvironmentObject> {
  const { tk, root, place, args = {}, timeoutMs, signal } = options;
  const purpose = `reading the environment ${place.environment}`;
  const output = await runTk({
    tk,
    root,
    purpose,
    args: [
      'env',
      'list',
      `./${path.relative(root, place.main)}`,
      '--json',
      '--log-level=error',
      ...evaluationFlags(args),
    ],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  const found =
    output.exitCode === 0
      ? ((JSON.parse(output.stdout.toString('utf8')) as RawEnvironment[] | null) ?? [])
      : [];
  const chosen =
    args.name === undefined
      ? found
      : // tk would take the only one whose name contains it.
        found.filter(({ metadata }) => metadata?.['name'] === args.name);
  const [object, ...others] = chosen;
  if (object === undefined || others.length > 0)
    throw new Failure('usage', `${purpose}: it is not clear which one is meant`, {
      hint: `Name one of them with --name: ${names(found)}.`,
    });
  return { inline: true, ...parts(object) };
}

function names(found: readonly RawEnvironment[]): string {
  return found.map(({ metadata }) => String(metadata?.['name'])).join(', ') || 'tk lists none';
}
