import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { makeLibrary } from '../../lib/workflow/make-library.ts';
import { allEnd } from '../cli/hanging-tk.ts';
import { PROGRAM, ROOT, tankard } from '../cli/tankard.ts';
import { makeEnvironment } from '../tanka/project.ts';
import { writeProject } from '../tanka/write-project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { tkShow } from './real-tk.ts';

const CONFIG_MAP = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
});

/** Comments and texts, then what is looked for: a remainder or a format, and std.format by its name. */
const FORMATS =
  /\|\|\|-?\s*\n[\s\S]*?\n\s*\|\|\||\/\/.*|#.*|\/\*[\s\S]*?\*\/|@'(?:[^']|'')*'|@"(?:[^"]|"")*"|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(%|\bstd\.(?:format|mod)\b)/g;

function formatsIn(text: string): string[] {
  return [...text.matchAll(FORMATS)].flatMap(([, found]) => found ?? []);
}

/** What these format is the message of an assert that fails: it is made once, and ends the evaluation. */
const WORDS_OF_ERRORS = ['_helpers/environment.libsonnet', 'limits.libsonnet', 'words.libsonnet'];

async function fastestMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const since = performance.now();
    await run();
    times.push(performance.now() - since);
  }
  return Math.min(...times);
}

it('texts made with % cost tk many times as much as with +; what tankard generates makes none with %, but errors', async () => {
  const texts = (expression: string): string =>
    `${CONFIG_MAP} + { data: { t: std.join('', [${expression} for i in std.range(1, 1000)]) } }`;
  const times: number[] = [];
  for (const expression of [`'a-%d-%s' % [i, 'b']`, `'a-' + i + '-b'`]) {
    const cwd = await makeEnvironment(texts(expression));
    times.push(await fastestMs(() => tkShow(cwd, 'environments/dev')));
  }
  const [withFormat = 0, withPlus = 0] = times;
  expect(withFormat / withPlus).toBeGreaterThan(3);

  expect(formatsIn(`'%' + "%d" % 1 + std.format('%s', 1) // %`)).toEqual(['%', 'std.format']);
  const options = { root: os.tmpdir() };
  const library = await makeLibrary(
    'k8s',
    await resolveImport({ type: 'kubernetes', version: '1.34' }, options),
    options,
  );
  const mixins = path.join(ROOT, 'jsonnet/tankard');
  const files = readdirSync(mixins, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.libsonnet'))
    .map((file) => ({ path: file, text: readFileSync(path.join(mixins, file), 'utf8') }));
  expect(files.length).toBeGreaterThan(10);
  expect(library.files.length).toBeGreaterThan(100);
  const found = [...library.files, ...files]
    .filter((file) => /\.(?:lib|j)sonnet$/.test(file.path))
    .filter(({ text }) => formatsIn(text).length > 0);
  expect(found.map((file) => file.path)).toEqual(WORDS_OF_ERRORS);
});

it('tk says why another evaluator fails in its log alone, at a level that is off in scripts; tankard says why, and where', async () => {
  const evaluator = await fakeProgram(
    await temporaryDirectory(),
    'jsonnet',
    'echo "own words of the evaluator" >&2; exit 1',
  );
  const cwd = await makeEnvironment(CONFIG_MAP);
  const args = [`--jsonnet-implementation=binary:${evaluator}`];
  const quiet = await tkShow(cwd, 'environments/dev', ...args, '--log-level=error');
  expect(quiet.exitCode).toBe(1);
  expect(quiet.stderr).not.toContain('own words of the evaluator');
  const loud = await tkShow(cwd, 'environments/dev', ...args);
  expect(loud.stderr).toMatch(/"level":"info".*own words of the evaluator/);

  await writeProject(cwd, { 'tankard.yaml': `evaluator: binary:${evaluator}\n` });
  const atFault = await tankard(['validate', 'environments/dev'], { cwd });
  expect(atFault.exitCode).toBe(1);
  expect(atFault.stdout).toContain('own words of the evaluator');
  await writeProject(cwd, { 'environments/dev/main.jsonnet': `{\n  a: error 'own words'\n}` });
  const mistake = await tankard(['validate', 'environments/dev'], { cwd });
  expect(mistake.exitCode).toBe(1);
  expect(mistake.stdout).toMatch(/own words[^]*at environments\/dev\/main\.jsonnet:2:6/);
});

/** An evaluator that never ends, and a way to wait for its process id. */
async function hangingEvaluator() {
  const folder = await temporaryDirectory();
  const file = path.join(folder, 'pid');
  const evaluator = await fakeProgram(
    folder,
    'jsonnet',
    `echo $$ > '${file}.new'; mv '${file}.new' '${file}'; exec sleep 300`,
  );
  const pid = async (): Promise<number> => {
    await expect.poll(() => readdirSync(folder), { timeout: 30_000 }).toContain('pid');
    return Number(readFileSync(file, 'utf8'));
  };
  return { evaluator: `binary:${evaluator}`, pid };
}

it('tk that is ended leaves its evaluator running; Ctrl-C on tankard leaves no process', async () => {
  const tk = await ensureTool('tk');
  const cwd = await makeEnvironment(CONFIG_MAP);
  const first = await hangingEvaluator();
  const flags = ['--dangerous-allow-redirect', `--jsonnet-implementation=${first.evaluator}`];
  const alone = spawn(tk.path, ['show', 'environments/dev', ...flags], { cwd, stdio: 'ignore' });
  const left = await first.pid();
  alone.kill('SIGTERM');
  await new Promise((resolve) => alone.on('close', resolve));
  // It is still there: a process that has ended cannot be sent a signal.
  expect(process.kill(left, 0)).toBe(true);
  process.kill(left, 'SIGKILL');

  const second = await hangingEvaluator();
  await writeProject(cwd, { 'tankard.yaml': `evaluator: ${second.evaluator}\n` });
  const own = spawn(process.execPath, [PROGRAM, 'show', 'environments/dev'], {
    cwd,
    stdio: 'ignore',
  });
  const running = await second.pid();
  own.kill('SIGINT');
  expect(await new Promise((resolve) => own.on('close', resolve))).toBe(130);
  expect(await allEnd([running])).toBe(true);
});
