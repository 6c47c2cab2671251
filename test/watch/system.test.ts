import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import type { Line } from './watch-program.ts';

const PROGRAM = path.join(packageRoot(), 'test', 'watch', 'watch-program.ts');

/** A user namespace of Linux can have a limit of its own. */
const LIMITED = ['unshare', '--map-root-user', 'sh', '-c'];
const SET_LIMIT = 'echo 3 > /proc/sys/user/max_inotify_watches';
const hasLimit = !(await execa('env', [...LIMITED, SET_LIMIT], { reject: false })).failed;

/** The watcher in a process of its own, started by other programs. */
function start(before: readonly string[], root: string, files: readonly string[]) {
  const paths = files.map((file) => path.join(root, file));
  const command = [...before, process.execPath, '--import', 'tsx', PROGRAM, root, ...paths];
  const child = execa('env', command, { cwd: packageRoot(), reject: false });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return {
    until: (line: Line) =>
      vi.waitUntil(() => output.split('\n').includes(JSON.stringify(line)), { timeout: 30_000 }),
    /** Closes the watcher and waits until the process has ended by itself. */
    end: async () => {
      child.stdin.end();
      const { exitCode, stderr } = await child;
      return { exitCode, stderr, output };
    },
  };
}

describe('a watcher in a process', () => {
  it('lets the process end when it is closed', async () => {
    const root = await temporaryDirectory();
    writeFileSync(path.join(root, 'a'), 'old');
    const { until, end } = start([], root, ['a', 'lib/missing']);
    await until('ready');
    writeFileSync(path.join(root, 'a'), 'new');
    await until({ saved: [path.join(root, 'a')] });
    expect(await end()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  // Root reads everything, unless it gives its capabilities away.
  const asUser =
    process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];

  it('goes on beside files and folders that may not be read', async () => {
    const root = await temporaryDirectory();
    const at = (file: string): string => path.join(root, file);
    for (const folder of ['closed', 'lib']) mkdirSync(at(folder));
    for (const file of ['closed/a', 'lib/b', 'c']) writeFileSync(at(file), 'old');
    chmodSync(at('closed'), 0o000);
    chmodSync(at('lib/b'), 0o000);
    onTestFinished(() => chmodSync(at('closed'), 0o755));
    const { until, end } = start(asUser, root, ['closed/a', 'lib/b', 'c']);
    await until('ready');
    chmodSync(at('c'), 0o000);
    await until({ saved: [at('c')] });
    chmodSync(at('lib/b'), 0o644);
    await until({ saved: [at('lib/b')] });
    chmodSync(at('closed'), 0o755);
    await until({ saved: [at('closed/a')] });
    expect(await end()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  if (!hasLimit)
    console.warn(
      'skipped: the limit of file watches, since `unshare --map-root-user` does not work here',
    );

  it.skipIf(!hasLimit)(
    'polls when the system allows no more watches, and says so once',
    async () => {
      const root = await temporaryDirectory();
      const files = ['a/a', 'b/b', 'c/c', 'd/d', 'e/e'];
      for (const file of files) {
        mkdirSync(path.join(root, path.dirname(file)));
        writeFileSync(path.join(root, file), 'old');
      }
      const { until, end } = start([...LIMITED, `${SET_LIMIT} && exec "$@"`, 'sh'], root, files);
      await until('ready');
      for (const file of files) {
        writeFileSync(path.join(root, file), 'new');
        await until({ saved: [path.join(root, file)] });
      }
      const { exitCode, stderr, output } = await end();
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(output.match(/fs\.inotify\.max_user_watches/g)).toHaveLength(1);
    },
  );
});
