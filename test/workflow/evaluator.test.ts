import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { show } from '../../lib/workflow/show.ts';
import { validate } from '../../lib/workflow/validate.ts';
import { CONFIG_MAP, makeProject, SPEC } from '../tanka/project.ts';

const jrsonnet = process.env['TANKARD_BENCH_JRSONNET'] ?? findExecutable('jrsonnet');
const GET = 'cargo install jrsonnet --version 0.5.0-pre98 --locked';
if (jrsonnet === undefined) console.log(`not run with jrsonnet, which is not on PATH: ${GET}`);

let goJsonnet: string;

beforeAll(async () => {
  goJsonnet = (await ensureTool('jsonnet')).path;
}, 300_000);

/** A project with twelve environments of the same text, evaluated by `bin/evaluator`. */
async function projectBy(evaluator: string, main: string): Promise<string> {
  const names = Array.from({ length: 12 }, (_, index) => `environments/e${index}`);
  const root = await makeProject({
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`${name}/main.jsonnet`, main],
        [`${name}/spec.json`, SPEC],
      ]),
    ),
    'lib/value.libsonnet': "std.extVar('tanka.dev/environment').metadata.name",
    'bin/README': '',
    'tankard.yaml': 'evaluator: binary:./bin/evaluator\n',
  });
  await symlink(evaluator, path.join(root, 'bin', 'evaluator'));
  return root;
}

const withValue = (code: string): string => `{ a: ${CONFIG_MAP} { data: { value: ${code} } } }`;

describe.each([
  ['go-jsonnet', () => goJsonnet],
  ...(jrsonnet === undefined ? [] : [['jrsonnet', () => jrsonnet] as const]),
] as const)('with %s as evaluator', (_name, evaluator) => {
  it('renders one environment and many', async () => {
    const cwd = await projectBy(evaluator(), withValue("import 'value.libsonnet'"));
    const [one] = await show({ cwd, environments: ['environments/e3'] });
    expect(one?.findings).toEqual([]);
    expect(one?.yaml.toString('utf8')).toContain('value: environments/e3\n');
    const { environments } = await validate({ cwd });
    expect(environments.map(({ manifests, findings }) => [manifests, findings])).toEqual(
      environments.map(() => [1, []]),
    );
  });

  it('names the line of a mistake', async () => {
    const cwd = await projectBy(
      evaluator(),
      `local f(x) =\n  error 'no ' + x;\n${withValue('f(1)')}`,
    );
    const [one] = await show({ cwd, environments: ['environments/e3'] });
    expect(one?.findings).toMatchObject([
      { message: 'no 1', location: { line: 2, certainty: 'exact' }, path: ['a', 'data', 'value'] },
    ]);
  });

  it('says that native functions are not there', async () => {
    const cwd = await projectBy(evaluator(), withValue("std.native('sha256')('a')"));
    const [one] = await show({ cwd, environments: ['environments/e3'] });
    expect(one?.findings).toMatchObject([
      { severity: 'error', hint: expect.stringContaining('take evaluator out of tankard.yaml') },
    ]);
  });
});

it('says that the evaluator is not there', async () => {
  const cwd = await projectBy('/nowhere/jsonnet', withValue('1'));
  await expect(show({ cwd, environments: ['environments/e3'] })).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringContaining('bin/evaluator is not an executable file'),
  });
});
