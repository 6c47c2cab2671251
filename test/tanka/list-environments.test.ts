import { beforeAll, expect, it } from 'vitest';
import { listEnvironments } from '../../lib/tanka/list-environments.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { CONFIG_MAP, makeProject } from './project.ts';

let tk: string;

beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
}, 600_000);

const INLINE = `function(prefix='env') [{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment',
  metadata: { name: prefix + '-' + n, labels: { n: n } }, spec: { namespace: n, contextNames: ['c'] },
  data: { a: error 'not looked at' } } for n in ['b', 'a']]`;

it('lists static and inline environments, sorted by path and name', async () => {
  const root = await makeProject({
    'environments/web/main.jsonnet': '{}',
    'environments/web/spec.json': JSON.stringify({
      metadata: { name: 'other', labels: { team: 'x' } },
      spec: { namespace: 'web', apiServer: 'https://localhost' },
    }),
    'environments/inline/main.jsonnet': INLINE,
  });
  expect(
    await listEnvironments({ tk, root, args: { tlaStr: ['prefix=e'], targets: ['a/b'] } }),
  ).toEqual([
    {
      name: 'e-a',
      path: 'environments/inline',
      inline: true,
      namespace: 'a',
      contextNames: ['c'],
      labels: { n: 'a' },
    },
    {
      name: 'e-b',
      path: 'environments/inline',
      inline: true,
      namespace: 'b',
      contextNames: ['c'],
      labels: { n: 'b' },
    },
    {
      name: 'environments/web',
      path: 'environments/web',
      inline: false,
      namespace: 'web',
      apiServer: 'https://localhost',
      labels: { team: 'x' },
    },
  ]);
});

it('lists broken environments too, so that showing them tells what is wrong', async () => {
  const root = await makeProject({
    'environments/a/main.jsonnet': '{',
    'environments/b/main.jsonnet': '{}',
    'environments/b/spec.json': '{"spec": {,}}',
    'environments/c/main.jsonnet': '{',
    'environments/c/spec.json': '{}',
  });
  expect(await listEnvironments({ tk, root })).toEqual([
    { name: 'environments/a', path: 'environments/a', inline: true },
    { name: 'environments/b', path: 'environments/b', inline: false },
    { name: 'environments/c', path: 'environments/c', inline: false },
  ]);
});

it('leaves out libraries, hidden directories and what renders no environment', async () => {
  const root = await makeProject({
    'environments/lib/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
    'environments/dev/vendor/x/main.jsonnet': '{}',
    'environments/dev/vendor/x/spec.json': '{}',
    'environments/.old/main.jsonnet': '{}',
    'environments/.old/spec.json': '{}',
    'elsewhere/main.jsonnet': '{}',
    'elsewhere/spec.json': '{}',
  });
  expect(await listEnvironments({ tk, root })).toEqual([]);
  expect(await listEnvironments({ tk, root, under: 'elsewhere' })).toHaveLength(1);
});

it('a project without environments has none; a directory that was named must exist', async () => {
  const root = await makeProject({});
  expect(await listEnvironments({ tk, root })).toEqual([]);
  await expect(listEnvironments({ tk, root, under: 'envs' })).rejects.toMatchObject({
    kind: 'usage',
    message: 'cannot list environments in envs: there is no such directory',
  });
});
