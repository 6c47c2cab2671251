import { readdir, stat, truncate } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { runProgram } from '../../lib/tools/run-program.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { temporaryDirectory } from './fake-program.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('builds jb with Go, once, also for two that ask at the same time, and mends a truncated build', async () => {
  vi.stubEnv('TANKARD_CACHE', await temporaryDirectory());
  const progress: string[] = [];
  const onProgress = (line: string): void => void progress.push(line);
  const [tool] = await Promise.all([ensureTool('jb', { onProgress }), ensureTool('jb')]);
  expect(progress[0]).toBe('building jb v0.6.0 (some seconds, once)');
  expect(progress.at(-1)).toMatch(/^built jb v0\.6\.0 in \d+ s$/);
  expect((await readdir(toolPin('jb').directory)).sort()).toEqual(['build.json', 'jb']);
  const answer = await runProgram({
    file: tool.path,
    args: ['--version'],
    cwd: toolPin('jb').directory,
  });
  expect(answer.stderr + answer.stdout.toString()).toContain('v0.6.0');

  const { mtimeMs } = await stat(tool.path);
  await ensureTool('jb', { onProgress: () => expect.unreachable('the second call built again') });
  expect((await stat(tool.path)).mtimeMs).toBe(mtimeMs);

  await truncate(tool.path, 1000);
  await ensureTool('jb');
  expect((await stat(tool.path)).size).toBeGreaterThan(1_000_000);
}, 300_000);
