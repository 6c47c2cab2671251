import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { emitLibrary, type LibraryFile } from '../../../lib/emit/jsonnet/library/emit-library.ts';
import type { Library } from '../../../lib/model/library/library.ts';
import type { ApiSchemas } from '../../../lib/sources/api-schemas.ts';
import { crdKinds } from '../../../lib/sources/crd-kinds.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { runProgram } from '../../../lib/tools/run-program.ts';
import { arrangeLibrary, readRuntime } from '../../../lib/workflow/open-library.ts';
import type { Crd } from './crds.ts';

/** A library that was made from CRDs in memory. */
export interface EmittedLibrary {
  readonly library: Library;
  readonly files: readonly LibraryFile[];
}

/** Makes a library of CRDs as `tankard import` does, without reading or writing its files. */
export async function libraryOf(crds: readonly Crd[]): Promise<EmittedLibrary> {
  const kinds = crds.flatMap((one) =>
    crdKinds(one, 'test').map(({ schema, ...identity }) => {
      return { ...identity, dialect: 'crd' as const, schema: schema.root };
    }),
  );
  return libraryOfSchemas({ kinds, definitions: {} });
}

/** As `libraryOf`, of what a source publishes. */
export async function libraryOfSchemas(schemas: ApiSchemas): Promise<EmittedLibrary> {
  const { library, handWritten } = await arrangeLibrary('hostile', schemas, { root: os.tmpdir() });
  const runtime = await readRuntime(false);
  return { library, files: emitLibrary(library, { banner: 'Test.', handWritten, runtime }) };
}

/** What a program gave, or what the evaluator said. */
export type Evaluated =
  | { readonly value: unknown; readonly error?: never }
  | { readonly value?: never; readonly error: string };

/** A Tanka project with a library in `lib/`. */
export interface LibraryOnDisk {
  /** `tk eval` of a program, in which `lib` is the library. */
  readonly tanka: (program: string) => Promise<Evaluated>;
  /** The same by go-jsonnet's own `jsonnet`, which has no native functions. */
  readonly plain: (program: string) => Promise<Evaluated>;
  /** What `tk lint` says of files; empty when it has no complaint. */
  readonly lint: (files: readonly string[]) => Promise<string>;
  /** What `tk fmt --test` says; empty when it would change nothing. */
  readonly formatTest: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Writes a library into a Tanka project of its own. */
export async function writeLibrary(files: readonly LibraryFile[]): Promise<LibraryOnDisk> {
  const [tk, jsonnet] = [await ensureTool('tk'), await ensureTool('jsonnet')];
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-hostile-')));
  await writeFile(path.join(root, 'jsonnetfile.json'), '{}');
  for (const file of files) {
    const target = path.join(root, 'lib', file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.text);
  }
  let programs = 0;
  const run = (file: string, ...args: readonly string[]) => runProgram({ file, args, cwd: root });
  const evaluate = async (text: string, file: string, ...args: readonly string[]) => {
    const program = path.join(root, `${(programs += 1)}.jsonnet`);
    await writeFile(program, `local lib = import 'lib/main.libsonnet';\n${text}`);
    const { exitCode, stdout, stderr } = await run(file, ...args, program);
    if (exitCode !== 0) return { error: stderr };
    return { value: JSON.parse(stdout.toString('utf8')) as unknown };
  };
  const complaint = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(tk.path, ...args);
    return exitCode === 0 ? '' : stdout.toString('utf8') + stderr;
  };
  return {
    tanka: (program) => evaluate(program, tk.path, 'eval'),
    plain: (program) => evaluate(program, jsonnet.path),
    lint: (own) => complaint('lint', ...own.map((file) => path.join('lib', file))),
    formatTest: () => complaint('fmt', '--test', 'lib'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The value of an expression that has to evaluate. @throws Error with what the evaluator said. */
export function valueOf(evaluated: Evaluated): unknown {
  if (evaluated.error !== undefined) throw new Error(evaluated.error.slice(0, 4000));
  return evaluated.value;
}

/**
 * A program that forces every field of the library and every type, functions left alone.
 *
 * @returns gives the number of functions and of types.
 */
export function forcing(files: readonly LibraryFile[]): string {
  const types = files.map(({ path: file }) => file).filter((file) => file.startsWith('_types/'));
  return `
    local sum(numbers) = std.foldl(function(a, b) a + b, numbers, 0);
    // A kind has itself as its field mixin.
    local functions(value) =
      if std.isFunction(value) then 1
      else if std.isString(value) || std.isArray(value) || value == null then 0
      else if std.isObject(value) then sum([functions(value[name]) for name in std.objectFieldsAll(value) if name != 'mixin'])
      else error 'the library has a ' + std.type(value);
    // Documentation has no functions: they stand below it.
    { functions: functions(lib), documented: functions(import 'lib/docs.libsonnet'), types: std.length([type for type in [
      ${types.map((file) => `import ${JSON.stringify(`lib/${file}`)}`).join(',\n')}
    ] if std.isFunction(type)]) }`;
}
