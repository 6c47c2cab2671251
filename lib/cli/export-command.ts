import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { loadConfig } from '../config/load-config.ts';
import { isOwnFile } from '../export/export-manifest.ts';
import type { ExportChange, ExportOutcome } from '../export/write-export.ts';
import { EXIT_FINDINGS, EXIT_DIFFERENT, Failure } from '../finding/failure.ts';
import { jsonReport, JSON_VERSION } from '../finding/report/json.ts';
import { count, summarize, textReport } from '../finding/report/text.ts';
import { findProjectRoot } from '../tanka/project.ts';
import type { ConfiguredExport } from '../workflow/export/configured-export.ts';
import type { ExportResult } from '../workflow/export/export.ts';
import {
  baselineOption,
  formatOption,
  kubernetesOption,
  printJson,
  projectOptions,
  tankaArguments,
  withTankaOptions,
  type Context,
} from './context.ts';

/** `tankard export OUT [ENV...]` */
export function exportCommand(context: Context) {
  return withTankaOptions(new Command('export'))
    .description(
      'validate environments; without errors, write each object into a file below a folder that Flux or Argo CD reads',
    )
    .argument(
      '[out]',
      'the folder; files that no export wrote must not be in it (default: export.output of tankard.yaml, with its settings)',
    )
    .argument(
      '[environments...]',
      'paths of environments, the others stay as they are; without any: all, and those that are gone are removed',
    )
    .option(
      '--merge',
      'make one export of several: the arguments after <out> are their folders, such as of shards',
    )
    .option('--check', 'write nothing; exit 16 when a file is not as an export would write it')
    .option(
      '--flux',
      'add a Kustomization of Flux for each environment, by export.flux of tankard.yaml',
    )
    .option(
      '--argocd',
      'add an Application of Argo CD for each environment, by export.argocd of tankard.yaml',
    )
    .option(
      '--shard <i/n>',
      'only this part of the environments, for parallel jobs; job/N in an Indexed Job',
    )
    .option('--include-secrets', 'write Secrets with their values')
    .option('--dangerous-skip-validation', 'write what was rendered, without validating it')
    .addOption(kubernetesOption())
    .addOption(baselineOption())
    .addOption(formatOption())
    .action(async (given, environments, options) => {
      if (options.merge === true) {
        if (given === undefined)
          throw noFolder('Such as tankard export --merge deploy shard-1 shard-2.');
        checkMergeOptions(options);
        await merge(context, { out: given, from: environments }, options);
        return;
      }
      const { terminal } = context;
      const check = options.check ?? false;
      const place = given === undefined ? await configuredPlace(context, options) : { out: given };
      const result = await exportTo(place, environments, { context, options });
      terminal.progress('');
      if (options.format === 'json') printJson(context, jsonOf(result, check));
      else printText(context, result, check);
      if (result.stopped) stop(context, result);
      else if (check) checkChanges(context, result);
    });
}

type Flags = ReturnType<ReturnType<typeof exportCommand>['opts']>;
type Place = ConfiguredExport & { readonly out: string };

async function exportTo(
  place: Place,
  environments: readonly string[],
  { context, options }: { readonly context: Context; readonly options: Flags },
): Promise<ExportResult> {
  const { exportEnvironments } = await import('../workflow/export/export.ts');
  const { parseShard } = await import('../export/shard.ts');
  const { terminal } = context;
  if (options.dangerousSkipValidation === true)
    terminal.note('not validated: schemas, rules of CRDs, annotations, duplicates, rules');
  return exportEnvironments({
    ...projectOptions(context),
    out: place.out,
    environments,
    args: tankaArguments(options),
    check: options.check ?? false,
    flux: options.flux ?? place.flux ?? false,
    argocd: options.argocd ?? place.argocd ?? false,
    ...(options.shard === undefined ? {} : { shard: parseShard(options.shard) }),
    includeSecrets: options.includeSecrets ?? place.includeSecrets ?? false,
    skipValidation: options.dangerousSkipValidation ?? false,
    ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
    onEnvironment: (done, total) => terminal.progress(`exported ${done} of ${total} environments`),
  });
}

/** @throws Failure `usage` when tankard.yaml has no folder; for a shard, which would take the place of the whole. */
async function configuredPlace(context: Context, { shard }: Flags): Promise<Place> {
  const { configuredExport } = await import('../workflow/export/configured-export.ts');
  const root = findProjectRoot(path.resolve(projectOptions(context).cwd ?? '.'));
  if (shard !== undefined) throw noFolder('Such as tankard export shard-1 --shard 1/3.');
  const { out, ...settings } = configuredExport(root, (await loadConfig(root)).export);
  if (out === undefined)
    throw noFolder(
      'Such as tankard export deploy; or write it as export.output into tankard.yaml.',
    );
  return { out, ...settings };
}

function noFolder(hint: string): Failure {
  return new Failure('usage', 'the folder of the export is missing', {
    hint,
  });
}

/** What is merged is written as it is: an option that asks for something else would be lost without a word. */
function checkMergeOptions(options: Readonly<Record<string, unknown>>): void {
  const known = new Set(['merge', 'check', 'format']);
  const isGiven = (value: unknown): boolean =>
    value !== undefined && !(Array.isArray(value) && value.length === 0);
  const lost = Object.keys(options).find((name) => !known.has(name) && isGiven(options[name]));
  if (lost === undefined) return;
  const flag = lost.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Failure('usage', `--merge renders nothing, so that --${flag} cannot be given with it`, {
    hint: 'Give it to the exports that are merged.',
  });
}

async function merge(
  context: Context,
  { out, from }: { readonly out: string; readonly from: readonly string[] },
  {
    format,
    check = false,
  }: { readonly format: 'text' | 'json'; readonly check?: boolean | undefined },
): Promise<void> {
  const { mergeExports } = await import('../workflow/export/merge.ts');
  const result = await mergeExports({ ...projectOptions(context), out, from, check });
  const { changes, environments } = result;
  if (format === 'json') {
    const summary = { environments, ...fileNumbers(result) };
    const written = !check && changes.length > 0;
    printJson(context, {
      version: JSON_VERSION,
      out: result.out,
      written,
      files: changes,
      summary,
    });
  } else {
    if (check) printChanges(context, changes);
    context.terminal.print(
      `${filesLine(environments, result)}; from ${count(from.length, 'export')}\n`,
    );
  }
  if (check) checkChanges(context, result);
}

function stop(context: Context, result: ExportResult): void {
  if (summarize(result.environments).errors > 0) context.exit(EXIT_FINDINGS);
  for (const { failure } of result.failures) context.exit(failure.exitCode);
  context.terminal.note('not exported: mend the errors first');
}

function checkChanges(context: Context, { changes }: ExportOutcome): void {
  if (changes.length === 0) return;
  context.terminal.note(`${count(changes.length, 'file')} would change`);
  context.terminal.note('Run tankard export without --check, and commit what it writes.');
  context.exit(EXIT_DIFFERENT);
}

function printText({ terminal }: Context, result: ExportResult, check: boolean): void {
  const hasFindings = result.environments.some(({ findings }) => findings.length > 0);
  if (hasFindings)
    terminal.note(textReport(result.environments, result.root, terminal.look('stderr')));
  for (const { path: environment, name, failure } of result.failures) {
    terminal.note(
      `${environment}${name === undefined ? '' : ` --name ${name}`}: ${failure.message}`,
    );
    if (failure.hint !== undefined) terminal.note(failure.hint);
  }
  if (result.stopped) return;
  if (check) printChanges({ terminal }, result.changes);
  const { rendered, reused } = environmentNumbers(result);
  terminal.print(
    `${filesLine(result.exported.length, result)}; ${rendered} rendered, ${reused} reused\n`,
  );
}

function printChanges(
  { terminal }: Pick<Context, 'terminal'>,
  changes: readonly ExportChange[],
): void {
  for (const { change, path: file } of changes) terminal.print(`${change.padEnd(8)} ${file}\n`);
}

function filesLine(environments: number, outcome: ExportOutcome): string {
  const { files, added, changed, removed, unchanged } = fileNumbers(outcome);
  return (
    `${count(environments, 'environment')}, ${count(files, 'file')}: ` +
    `${added} new, ${changed} changed, ${removed} removed, ${unchanged} unchanged`
  );
}

/** Without manifests and what marks a shard, which are told of when they are all that changes. */
function fileNumbers({ fileCount: files, changes }: ExportOutcome) {
  const number = (change: ExportChange['change']): number =>
    changes.filter((one) => one.change === change && !isOwnFile(one.path)).length;
  const [added, changed, removed] = [number('added'), number('changed'), number('removed')];
  return { files, added, changed, removed, unchanged: files - added - changed };
}

function environmentNumbers({ exported }: ExportResult) {
  const reused = exported.filter((one) => one.reused).length;
  return { rendered: exported.length - reused, reused };
}

function jsonOf(result: ExportResult, check: boolean): object {
  const { out, stopped, exported, changes } = result;
  return {
    version: JSON_VERSION,
    out,
    written: !stopped && !check && changes.length > 0,
    environments: exported,
    files: changes,
    summary: {
      environments: exported.length,
      ...fileNumbers(result),
      ...environmentNumbers(result),
    },
    report: jsonReport(result),
  };
}
