import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { runProgram } from '../../../lib/tools/run-program.ts';

// A check that is made a second time for its message takes 4 s for one mistake in a container of a CronJob.
test('what is deep in a value is checked once, mistake or not', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-check-'));
  const library = path.join(packageRoot(), 'jsonnet/library');
  const file = path.join(directory, 'program.jsonnet');
  await writeFile(
    file,
    `local check = import '${library}/check.libsonnet';
    local leaf(value) = std.trace('LEAF', if value then null else ' is wrong');
    local around(type) = check.object({ a: check.list(check.map(check.object({ b: type }))) });
    local type = around(around(around(leaf)));
    local put(value) = { a: [{ key: { b: value } }] };
    [type(put(put(put(value)))) for value in [true, false]]`,
  );
  const { file: program, cwd } = { file: (await ensureTool('jsonnet')).path, cwd: directory };
  const { stdout, stderr } = await runProgram({ file: program, args: [file], cwd });
  await rm(directory, { recursive: true });
  const said = ['.a[0].key.b', '.a[0].key.b', '.a[0].key.b is wrong'].join('');
  expect(JSON.parse(stdout.toString('utf8'))).toEqual([null, said]);
  expect(stderr.match(/LEAF/g)).toHaveLength(2);
});
