import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { writeWhole } from '../disk/write-whole.ts';
import { Failure } from '../finding/failure.ts';
import { JSON_VERSION } from '../finding/report/json.ts';
import { KUBERNETES_VERSIONS, PRESETS } from '../sources/pinned-modules.ts';
import type { ImportResult } from '../workflow/import.ts';
import type { RequestedImport } from '../workflow/import-plan.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';
import { columns } from './columns.ts';

/** Whose exit code stands for libraries that only an import mends. */
const STALE = new Failure('stale', 'imported libraries are stale');

interface Flags {
  readonly check?: boolean | undefined;
  readonly name?: string | undefined;
  readonly report?: string | undefined;
  readonly format: 'text' | 'json';
}

/** `tankard import [SOURCE...]`, `import crd` and `import cluster` */
export function importCommand(context: Context) {
  return new Command('import')
    .description(
      'make typed libraries from schemas and pin them in tankard.lock; without a source, restore what is pinned',
    )
    .argument(
      '[sources...]',
      `k8s@MINOR (${KUBERNETES_VERSIONS.join(', ')}), or controllers by name: ` +
        `${PRESETS.map(({ name }) => name).join(', ')}; or mixins, Tankard's own`,
    )
    .option('--name <name>', 'name of the library, for a single source')
    .option('--check', 'change nothing of the project; exit 16 when something is stale')
    .option('--report <file>', 'write what the libraries cannot express to a file, as JSON')
    .addOption(formatOption())
    .action((sources, flags) => runImport(context, sources, flags))
    .addCommand(crdCommand(context))
    .addCommand(clusterCommand(context));
}

function crdCommand(context: Context) {
  return new Command('crd')
    .description('import CustomResourceDefinitions')
    .argument('<place>', 'file, folder, URL, or MODULE@VERSION:PATH in a Go module')
    .configureHelp({ showGlobalOptions: true })
    .action((place, _, command) =>
      runImport(context, [`crd:${place}`], command.optsWithGlobals() as Flags),
    );
}

function clusterCommand(context: Context) {
  return new Command('cluster')
    .description('import all kinds that a cluster serves')
    .option('--context <context>', 'context of the kubeconfig (default: the current one)')
    .configureHelp({ showGlobalOptions: true })
    .action(({ context: cluster }, command) => {
      const source = cluster === undefined ? 'cluster' : `cluster:${cluster}`;
      return runImport(context, [source], command.optsWithGlobals() as Flags);
    });
}

async function runImport(
  context: Context,
  given: readonly string[],
  { check = false, name, report, format }: Flags,
): Promise<void> {
  if (check && given.length > 0)
    throw new Failure('usage', '--check looks at what is imported already, and takes no source');
  const sources = named(given, name);
  const { importLibraries } = await import('../workflow/import.ts');
  const result = await importLibraries({ ...projectOptions(context), sources, check });
  if (format === 'json') {
    const { libraries, stale, notes } = result;
    printJson(context, { version: JSON_VERSION, libraries, stale, notes });
  } else print(context, result, check);
  if (result.stale.length > 0) context.exit(STALE.exitCode);
  // Last: what is imported stays, and is told, also when the report cannot be written.
  if (report !== undefined) await writeReport(context, report, result);
}

function named(sources: readonly string[], name: string | undefined): RequestedImport[] {
  if (name === undefined) return sources.map((source) => ({ source }));
  const [source] = sources;
  if (source !== undefined && sources.length === 1) return [{ source, name }];
  throw new Failure('usage', `--name is for a single source, got ${sources.length}`, {
    hint: 'Import them one by one, or name each in tankard.yaml.',
  });
}

function print(context: Context, result: ImportResult, check: boolean): void {
  const { terminal } = context;
  const { libraries, notes, stale } = result;
  if (libraries.length === 0 && stale.length === 0)
    terminal.note('nothing is imported: `tankard import SOURCE` does, --help lists what can be');
  else if (check) printStale(context, result);
  else printImported(context, result);
  for (const note of notes) terminal.note(note);
}

function printStale({ terminal }: Context, { libraries, stale }: ImportResult): void {
  for (const one of stale) terminal.print(`stale: ${one}\n`);
  terminal.note(
    stale.length === 0
      ? `${count(libraries.length, 'imported library', 'imported libraries')}, up to date`
      : 'Run `tankard import`.',
  );
}

function printImported({ terminal }: Context, { libraries }: ImportResult): void {
  terminal.print(
    columns(
      libraries.map(({ change, name, source, files }) => [
        change,
        name,
        source,
        change === 'removed' ? '' : count(files, 'file'),
      ]),
    ),
  );
  const rows = libraries.flatMap(({ name, unexpressed }) =>
    unexpressed.map((one) => [`  ${name}`, one.keyword, count(one.count, 'place')]),
  );
  if (rows.length > 0) terminal.note(`not expressed in the libraries:\n${columns(rows).trimEnd()}`);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

async function writeReport(
  context: Context,
  file: string,
  { libraries }: ImportResult,
): Promise<void> {
  const content = libraries
    .filter((one) => one.change !== 'removed')
    .map(({ name, source, unexpressed }) => ({ name, source, unexpressed }));
  const report = { version: JSON_VERSION, libraries: content };
  try {
    await writeWhole(path.resolve(file), `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Not thrown: with --format json that would print a second object.
    context.terminal.note(`tankard: ${error.message}`);
    context.exit(error.exitCode);
  }
}
