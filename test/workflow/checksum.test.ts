import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readModuleLock } from '../../lib/sources/module-lock.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

it('a module whose checksum is not that of the lock is refused, and nothing of it is kept', async () => {
  const lock = readModuleLock();
  const modules = lock.modules
    .filter(({ module }) => module === 'istio.io/api')
    .map((module) => ({ ...module, sum: `h1:${'A'.repeat(43)}=` }));
  const directory = await temporaryDirectory();
  const opening = openUpstream({ lock: { ...lock, modules }, directory });
  await expect(opening).rejects.toMatchObject({
    kind: 'usage',
    exitCode: 2,
    message: expect.stringContaining('istio.io/api'),
  });
  await expect(opening).rejects.toThrow(/checksum|h1:AAAA/);
  expect(await readdir(directory)).toEqual([]);
}, 300_000);
