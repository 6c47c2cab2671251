import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareSurfaces } from './compare-surfaces.ts';
import differences from './k8s-libsonnet-differences.json' with { type: 'json' };
import { DOWNLOAD_COMMAND, obtainK8sLibsonnet } from './k8s-libsonnet.ts';
import { makeLibraryProject } from './library-project.ts';
import { matchDifferences } from './listed-differences.ts';
import { typedKubernetes } from './typed-library.ts';

const REFERENCE = 'k8s-libsonnet/1.30/main.libsonnet';

/** Mistakes that a library could have, of each sort that the comparison has to find. */
const SEEDED = `
(import 'typed/main.libsonnet') + { coordination+: { v1+: { lease+: {
  // The parameter has another name.
  new(title):: super.new(title),
  spec+: {
    // The function is missing.
    withAcquireTime: null,
    // It refuses what is right.
    withHolderIdentity(holderIdentity):: assert std.isNumber(holderIdentity) : 'must be a number'; {},
    // It sets another field.
    withLeaseDurationSeconds(leaseDurationSeconds):: { spec+: { leaseSeconds: leaseDurationSeconds } },
    // It replaces the spec.
    withRenewTime(renewTime):: { spec: { renewTime: renewTime } },
  },
} } } }
`;

const got = await obtainK8sLibsonnet();
if (got.missing !== undefined)
  console.log(
    `surface: skipped, no k8s-libsonnet: ${got.missing}. To see why: ${DOWNLOAD_COMMAND}`,
  );

describe.skipIf(got.missing !== undefined)(
  'the library in place of k8s-libsonnet 1.30',
  async () => {
    if (got.jpath === undefined) return;
    const typed = await typedKubernetes('1.30');
    const seeded = await mkdtemp(path.join(os.tmpdir(), 'tankard-seeded-'));
    await mkdir(seeded, { recursive: true });
    await writeFile(path.join(seeded, 'main.libsonnet'), SEEDED);
    const project = await makeLibraryProject({
      'k8s-libsonnet': path.join(got.jpath, 'k8s-libsonnet'),
      'doc-util': path.join(got.jpath, 'doc-util'),
      typed: typed.folder,
      seeded,
    });
    afterAll(async () => {
      await project.remove();
      await typed.remove();
      await rm(seeded, { recursive: true });
    });
    const { schemas } = typed;

    it(
      'gives the same from every function, but for the listed differences',
      { timeout: 600_000 },
      async () => {
        const ours = 'typed/main.libsonnet';
        const found = await compareSurfaces(project, { reference: REFERENCE, ours, schemas });
        const { matching, differences: differing } = found;
        console.log(
          `surface: ${matching} functions of k8s-libsonnet 1.30 match, ${differing.length} differ (listed)`,
        );
        expect(matchDifferences(differing, differences)).toEqual({ unlisted: [], obsolete: [] });
        expect(matching).toBeGreaterThan(8400);
      },
    );

    it('would find a function that is missing, called otherwise, or gives something else', async () => {
      const { differences: found } = await compareSurfaces(project, {
        reference: REFERENCE,
        ours: 'seeded/main.libsonnet',
        schemas,
        group: 'coordination',
      });
      const told = found.map((one) => `${one.function} ${one.difference}`).sort();
      expect(told).toEqual([
        expect.stringMatching(/lease\.new \(name="a"\): fails: .*name/u),
        'coordination.v1.lease.spec.withAcquireTime missing',
        expect.stringMatching(/withHolderIdentity \("a"\): fails: must be a number/u),
        expect.stringMatching(/withLeaseDurationSeconds \(1\): gives .*leaseSeconds.* instead of/u),
        expect.stringMatching(/withRenewTime .* gives .* instead of .*kept/u),
      ]);
    });
  },
);

describe('the list of differences', () => {
  const listed = [{ functions: ['a.*.new'], difference: 'missing', reason: '' }];

  it('does not cover another function, or another difference of the same one', () => {
    const found = [
      { function: 'a.b.new', difference: 'missing' },
      { function: 'a.b.newer', difference: 'missing' },
      { function: 'a.c.new', difference: '("a"): gives {}' },
    ];
    expect(matchDifferences(found, listed)).toEqual({
      unlisted: ['a.b.newer missing', 'a.c.new ("a"): gives {}'],
      obsolete: [],
    });
  });

  it('tells what is not different any more', () => {
    expect(matchDifferences([], listed)).toEqual({ unlisted: [], obsolete: ['a.*.new: missing'] });
  });
});
