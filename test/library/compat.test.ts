import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DOWNLOAD_COMMAND, obtainK8sLibsonnet } from './k8s-libsonnet.ts';
import { makeLibraryProject } from './library-project.ts';
import { typedKubernetes } from './typed-library.ts';

const typed = await typedKubernetes('1.30');
const newer = await typedKubernetes('1.37');
const got = await obtainK8sLibsonnet();
if (got.missing !== undefined)
  console.log(`compat: skipped in part, no k8s-libsonnet: ${got.missing}. ${DOWNLOAD_COMMAND}`);

const project = await makeLibraryProject({
  typed: typed.folder,
  newer: newer.folder,
  ksonnet: path.join(import.meta.dirname, 'ksonnet'),
  ...(got.jpath === undefined
    ? {}
    : {
        'k8s-libsonnet': path.join(got.jpath, 'k8s-libsonnet'),
        'doc-util': path.join(got.jpath, 'doc-util'),
      }),
});
afterAll(async () => {
  await project.remove();
  await typed.remove();
  await newer.remove();
});

/** What the program gives with a library under the layer. */
async function layered(main: string): Promise<unknown> {
  const program = `(import 'ksonnet/program.libsonnet')((import 'ksonnet/layer.libsonnet')(import '${main}'))`;
  const { value, error } = await project.evaluate(program);
  expect(error).toBeUndefined();
  return value;
}

describe('a layer over the library, as ksonnet-util is one', () => {
  it('is the only one to show in what is rendered beside it', async () => {
    expect(await layered('typed/main.libsonnet')).toMatchObject({ beside: { own: 1 } });
  });

  it.skipIf(got.missing !== undefined)('gives what it gives over k8s-libsonnet', async () => {
    const reference = await layered('k8s-libsonnet/1.30/main.libsonnet');
    expect(await layered('typed/main.libsonnet')).toEqual(reference);
    expect(await layered('typed/compat.libsonnet')).toEqual(reference);
  });

  it('does not make arguments of another type pass', async () => {
    const { error } = await project.evaluate(
      `(import 'ksonnet/layer.libsonnet')(import 'typed/compat.libsonnet').apps.v1.deployment.new('a', '2', [])`,
    );
    expect(error).toContain('deployment.new: replicas must be an integer, got string "2"');
    expect(error).toContain('program.jsonnet:1:');
  });
});

describe('compat.libsonnet', () => {
  it('gives the version in place of one that is gone', async () => {
    const { value } = await project.evaluate(`
      local k = import 'typed/compat.libsonnet';
      [
        k.policy.v1beta1.podDisruptionBudget.new('a').apiVersion,
        k.rbac.v1beta1.clusterRole.new('a').apiVersion,
        k.batch.v1beta1.cronJob.new('a').apiVersion,
        k.apps.v1beta1.statefulSet.new('a', containers=[]).apiVersion,
      ]`);
    expect(value).toEqual(['policy/v1', 'rbac.authorization.k8s.io/v1', 'batch/v1', 'apps/v1']);
  });

  it('keeps a version that the library has: Kubernetes 1.37 has other kinds in scheduling.v1beta1', async () => {
    const { value } = await project.evaluate(`
      local versions(main) = std.objectFieldsAll(main.scheduling.v1beta1);
      { own: versions(import 'newer/main.libsonnet'), compat: versions(import 'newer/compat.libsonnet') }`);
    expect(value).toMatchObject({ own: expect.arrayContaining(['workload']) as unknown });
    const { own, compat } = value as { own: unknown; compat: unknown };
    expect(compat).toEqual(own);
  });
});
