import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { showEnvironment } from '../../../lib/tanka/show.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { makeEnvironment } from '../../tanka/project.ts';

it.each([
  {
    call: "tankard.irsa.serviceAccount.new('a', 'b', 'arn:aws:iam::54000737513:role/a')",
    says: 'irsa.serviceAccount.new: roleArn must be an IAM role ARN',
  },
  {
    call: "tankard.gkeWorkloadIdentity.serviceAccount.impersonating('a', 'b', 'a@gmail.com')",
    says: 'gkeWorkloadIdentity.serviceAccount.impersonating: gcpServiceAccount must be the email',
  },
  {
    call: "tankard.reflector.source.mirroredTo('wordpress-*')",
    says: 'reflector.source.mirroredTo: namespaces must be regular expressions',
  },
  {
    call: "tankard.istioGateway.server.tlsWithRedirect('example', 'wild-cert')",
    says: 'istioGateway.server.tlsWithRedirect: hosts must be hosts such as',
  },
])('a wrong argument of $call fails at the line of the caller', async ({ call, says }) => {
  const main = [
    "local tankard = import 'tankard/main.libsonnet';",
    'local manifest = {',
    "  apiVersion: 'v1',",
    "  kind: 'ConfigMap',",
    "  metadata: { name: 'a' },",
    `  data: { value: std.manifestJson(`,
    `    ${call}`,
    '  ) },',
    '};',
    '{ manifest: manifest }',
  ].join('\n');
  const root = await makeEnvironment(main);
  await mkdir(path.join(root, 'vendor'));
  await symlink(path.join(packageRoot(), 'jsonnet/tankard'), path.join(root, 'vendor/tankard'));
  const { path: tk } = await ensureTool('tk');
  const { findings, yaml } = await showEnvironment({ tk, root, environment: 'environments/dev' });
  expect(yaml.toString()).toBe('');
  expect(findings).toMatchObject([
    {
      code: 'jsonnet/assert',
      message: expect.stringContaining(says) as string,
      location: {
        file: path.join(root, 'environments/dev/main.jsonnet'),
        line: 7,
        certainty: 'exact',
      },
    },
  ]);
});
