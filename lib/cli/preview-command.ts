import path from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { CompareBase, PreviewSession } from '../preview/preview-session.ts';
import {
  kubernetesOption,
  projectOptions,
  tankaArguments,
  withTankaOptions,
  type Context,
} from './context.ts';

/** `tankard preview [ENV...]` */
export function previewCommand(context: Context) {
  return withTankaOptions(new Command('preview'))
    .description(
      'render and validate at each save, and show what it changed, until q or Ctrl-C; all environments when none is named',
    )
    .argument('[environments...]', 'paths of environments')
    .addOption(kubernetesOption())
    .addOption(
      new Option(
        '--compare <base>',
        'what to compare with: the render before the save, git HEAD, or the cluster',
      )
        .choices(['save', 'head', 'cluster'] as const)
        .default('save' as const),
    )
    .option('--web', 'show it as a page too, on 127.0.0.1, and print its URL')
    .addOption(
      new Option('--port <number>', 'of the page (default: any that is free); implies --web')
        .argParser(portNumber)
        .implies({ web: true }),
    )
    .option(
      '--poll',
      'look at the files again and again, where the system does not tell of changes, as on NFS',
    )
    .action(async (environments, options) => {
      const { preview } = await import('../workflow/preview/preview.ts');
      const session = await preview({
        ...projectOptions(context),
        environments,
        args: tankaArguments(options),
        poll: options.poll ?? false,
        ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
      });
      try {
        await show(session, context, options);
      } finally {
        await session.close();
      }
    });
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

interface ShowOptions {
  readonly compare: CompareBase;
  readonly web?: true | undefined;
  readonly port?: number | undefined;
}

/** Shows the preview until its user ends it. */
async function show(
  session: PreviewSession,
  context: Context,
  options: ShowOptions,
): Promise<void> {
  const { showInTerminal } = await import('./preview-terminal.ts');
  if (options.web !== true) {
    await showInTerminal(session, context, { base: options.compare });
    return;
  }
  const page = await openPage(session, options.port);
  try {
    context.terminal.note(`The page is at ${page.url}`);
    await showInTerminal(session, context, { base: options.compare, url: page.url });
  } finally {
    await page.close();
  }
}

async function openPage(session: PreviewSession, port = 0) {
  const { loadConfig } = await import('../config/load-config.ts');
  const { packageRoot } = await import('../disk/package-root.ts');
  const { servePage } = await import('../preview/page/serve-page.ts');
  const { relationsOf } = await import('../relations/relations-of.ts');
  const { gateways, preview } = await loadConfig(session.root);
  return servePage({
    session,
    assets: path.join(packageRoot(), 'dist', 'web'),
    port,
    editor: preview?.editor,
    relations: (manifests) => relationsOf(manifests, { gateways }),
  });
}
