import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A library as jb would vendor it: functions that check their arguments. */
const VENDORED: Record<string, string> = {
  'vendor/kube/main.libsonnet': `{
  serviceAccount:: import 'service-account.libsonnet',
  deployment:: import 'deployment.libsonnet',
}
`,
  'vendor/kube/service-account.libsonnet': `{
  new(name, roleArn=null):: 
    assert std.isString(name) : 'name must be a string';
    assert roleArn == null || std.startsWith(roleArn, 'arn:') : 'roleArn must be an ARN';
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: name, annotations: if roleArn == null then {} else { 'eks.amazonaws.com/role-arn': roleArn } },
    },
  withAnnotations(annotations):: { metadata+: { annotations+: annotations } },
}
`,
  'vendor/kube/deployment.libsonnet': `{
  new(name, containers, replicas=1, strategy='RollingUpdate'):: 
    assert std.isNumber(replicas) : 'replicas must be a number';
    assert strategy == 'RollingUpdate' || strategy == 'Recreate' || strategy == 'rollingupdate' : 'strategy';
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: name },
      spec: {
        replicas: replicas,
        strategy: { type: strategy },
        template: { spec: { containers: if std.isArray(containers) then containers else [containers] } },
      },
    },
  withReplicas(n):: { spec+: { replicas: n } },
  withBrokenDefault():: { spec+: { paused: 'no' } },
}
`,
};

/**
 * Writes a project with one environment, `environments/x`, into a new folder.
 *
 * @param files text by path relative to the root; `spec.json` of the environment has a default, which null removes.
 * @returns the root.
 */
export async function writeProject(files: Record<string, string | null>): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-locate-')));
  const all = {
    'jsonnetfile.json': '{"version":1,"dependencies":[],"legacyImports":true}\n',
    'environments/x/spec.json': JSON.stringify({ spec: { namespace: 'shop' } }),
    ...VENDORED,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    if (text === null) continue;
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}
