import { Command } from '@commander-js/extra-typings';
import type { Context } from './context.ts';

/** `tankard export-job` */
export function exportJobCommand(context: Context) {
  return new Command('export-job')
    .description('print an Indexed Job that exports on a cluster, a shard in each Pod')
    .argument('[arguments...]', 'after --: environments and flags of tankard export')
    .requiredOption(
      '--image <image>',
      'image with tankard on its PATH, the project and a filled cache',
    )
    .requiredOption('--shards <n>', 'how many Pods share the environments')
    .requiredOption('--claim <name>', 'PersistentVolumeClaim that the shards are written to')
    .option('--workdir <folder>', 'folder of the project in the image', '/project')
    .option('--name <name>', 'name of the Job', 'tankard-export')
    .option('--namespace <namespace>', 'namespace of the Job (default: that of kubectl)')
    .option('--user <uid>', 'user and group that the Pods run as', '1000')
    .action(async (args, { shards, user, namespace, ...options }) => {
      const { exportJob } = await import('../export/job.ts');
      const job = exportJob({
        ...options,
        ...(namespace === undefined ? {} : { namespace }),
        shards: wholeNumber(shards),
        user: wholeNumber(user),
        args,
      });
      context.terminal.print(job);
    });
}

/** @returns NaN for what is none. */
function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
