import { describe, expect, it } from 'vitest';
import { exportJob, type ExportJob } from '../../lib/export/job.ts';
import { findingsOf } from './gitops-objects.ts';

const JOB: ExportJob = {
  image: 'registry.example.com/shop@sha256:0123',
  shards: 3,
  claim: 'exports',
  workdir: '/project',
  name: 'tankard-export',
  namespace: 'ci',
  user: 1000,
  args: ['--flux', 'environments/prod'],
};

describe('exportJob', () => {
  it('has no findings', async () => {
    expect(await findingsOf(exportJob(JOB), [])).toEqual([]);
  });

  it('keeps what is for tankard from the variables of the container', () => {
    const yaml = exportJob({ ...JOB, args: ['--tla-str', 'x=$(JOB_COMPLETION_INDEX)'] });
    expect(yaml).toContain('- x=$$(JOB_COMPLETION_INDEX)\n');
    expect(yaml).toContain('- /out/shard-$(JOB_COMPLETION_INDEX)\n');
  });

  it('leaves the namespace to kubectl', () => {
    const { namespace: _, ...job } = JOB;
    expect(exportJob(job)).toContain('metadata:\n  name: tankard-export\nspec:');
  });

  it.each([
    [{ image: ' ' }, '--image'],
    [{ shards: 0 }, '--shards must be a whole number from 1 to 100000'],
    [{ shards: Number.NaN }, '--shards'],
    [{ name: 'Export' }, '--name "Export"'],
    [{ name: 'x'.repeat(62) }, '--name'],
    [{ name: 'x'.repeat(61), shards: 11 }, '--name'],
    [{ workdir: 'project' }, '--workdir "project"'],
    [{ user: 0 }, '--user'],
  ])('refuses %j', (change, message) => {
    expect(() => exportJob({ ...JOB, ...change })).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining(message) }),
    );
  });

  it('allows names to the last character', () => {
    expect(() => exportJob({ ...JOB, name: 'x'.repeat(61), shards: 10 })).not.toThrow();
    expect(() => exportJob({ ...JOB, name: 'x'.repeat(60), shards: 11 })).not.toThrow();
  });
});
