import { Command } from '@commander-js/extra-typings';
import { EXIT_FINDINGS } from '../finding/failure.ts';
import { jsonFinding, JSON_VERSION } from '../finding/report/json.ts';
import { textReport } from '../finding/report/text.ts';
import type { Rendered } from '../workflow/show.ts';
import {
  formatOption,
  printJson,
  projectOptions,
  tankaArguments,
  withTankaOptions,
  type Context,
} from './context.ts';

/** `tankard show ENV...` */
export function showCommand(context: Context) {
  return withTankaOptions(new Command('show'))
    .description(
      "print what environments render: tk's own bytes, with the values of Secrets redacted",
    )
    .argument('<environments...>', 'paths of environments')
    .option('--show-secrets', 'print the values of Secrets too')
    .addOption(formatOption())
    .action(async (environments, options) => {
      const { show } = await import('../workflow/show.ts');
      const rendered = await show({
        ...projectOptions(context),
        environments,
        args: tankaArguments(options),
      });
      const shown = await Promise.all(
        rendered.map(async (one) => ({
          ...one,
          yaml: await visible(one.yaml, options.showSecrets === true),
        })),
      );
      for (const { stderr } of shown) if (stderr !== '') context.terminal.note(stderr.trimEnd());
      if (options.format === 'json') await printManifests(context, shown);
      else printYaml(context, shown);
      if (shown.some(({ findings }) => findings.some((one) => one.severity === 'error')))
        context.exit(EXIT_FINDINGS);
    });
}

async function visible(yaml: Buffer, showSecrets: boolean): Promise<Buffer> {
  if (showSecrets) return yaml;
  const { redactSecrets } = await import('../manifest/redact.ts');
  return Buffer.from(await redactSecrets(yaml));
}

function printYaml(context: Context, rendered: readonly Rendered[]): void {
  const documents = rendered.filter(({ yaml }) => yaml.length > 0);
  documents.forEach(({ yaml }, index) => {
    if (index > 0) context.terminal.print('---\n');
    context.terminal.print(yaml);
  });
  const results = rendered
    .filter(({ findings }) => findings.length > 0)
    .map(({ place, findings }) => ({
      path: place.environment,
      manifests: 0,
      findings,
      accepted: [],
      unknownKinds: [],
      uncheckedRules: [],
    }));
  const [first] = rendered;
  if (results.length === 0 || first === undefined) return;
  context.terminal.note(textReport(results, rootOf(first)));
}

async function printManifests(context: Context, rendered: readonly Rendered[]): Promise<void> {
  const { parseManifests } = await import('../manifest/parse-manifests.ts');
  printJson(context, {
    version: JSON_VERSION,
    environments: rendered.map((one) => ({
      path: one.place.environment,
      manifests: parseManifests(one.yaml.toString('utf8')).map(({ value }) => value),
      findings: one.findings.map((finding) => jsonFinding(finding, rootOf(one))),
    })),
  });
}

function rootOf({ place }: Rendered): string {
  return place.environment === '.'
    ? place.base
    : place.base.slice(0, -place.environment.length - 1);
}
