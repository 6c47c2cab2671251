import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { ROOT, tankard } from '../cli/tankard.ts';
import { deployment, deployProject, namespace } from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

/** What the README shows of a command. */
function shown(command: string): string {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, output = ''] = readme.split(`\`\`\`console\n$ ${command}\n`);
  return output.split('```', 1)[0] ?? '';
}

describeCluster('README', (server) => {
  it('a diff prints what the page shows', async () => {
    const ns = namespace('shop');
    const { run, change } = await deployProject(server(), 'shop', {
      ns,
      web: deployment('web', 2, 'shop:1'),
    });
    expect(await run('apply', '--auto-approve', 'always')).toMatchObject({ exitCode: 0 });
    await change({ ns, web: deployment('web', 3, 'shop:2') });
    const { stdout, exitCode } = await run('diff');
    expect(stdout.replace(server().url, 'https://10.0.0.1:6443')).toBe(
      shown('tankard diff environments/shop'),
    );
    expect(exitCode).toBe(16);
  });

  it('an export prints what the page shows', async () => {
    const { cwd } = await deployProject(server(), 'shop', { web: deployment('web', 2) });
    const { stdout } = await tankard(['export', 'deploy'], { cwd });
    expect(stdout).toBe(shown('tankard export deploy'));
  });
});
