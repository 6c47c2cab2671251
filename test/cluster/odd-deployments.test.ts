import { beforeAll, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { configMap, deployProject, namespace, readPath } from './deploy-project.ts';
import { describeCluster } from './describe-cluster.ts';

beforeAll(() => ensureTool('tk'));

describeCluster('what is odd, and goes to a cluster', (server) => {
  it('applies strings with line separators as they are', async () => {
    const data = { a: 'one\u2028two', b: 'one\u2028two\nthree\u2029four\n' };
    const { run } = await deployProject(server(), 'separators', {
      a: namespace('separators'),
      b: configMap('odd', data),
    });
    expect(await run('apply', '--auto-approve', 'always')).toMatchObject({ exitCode: 0 });
    const at = '/api/v1/namespaces/separators/configmaps/odd';
    expect(await readPath(server(), at)).toMatchObject({ data });
  });
});
