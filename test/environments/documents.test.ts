import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { ROOT, tankard } from '../cli/tankard.ts';

/** A `tk eval` that the README of an environment tells the reader to run. */
interface Command {
  readonly environment: string;
  readonly field: string;
  readonly args: readonly string[];
}

const ENVIRONMENTS = path.join(ROOT, 'environments');
const COMMAND = /tk eval environments\/([\w-]+) -e (\w+)((?: --ext-str-file \w+=\S+)*)/g;

function commandsOf(environment: string): Command[] {
  const readme = readFileSync(path.join(ENVIRONMENTS, environment, 'README.md'), 'utf8');
  const found = [...readme.matchAll(COMMAND)].map(([, name = '', field = '', args = '']) => ({
    environment: name,
    field,
    args: args.split(' ').filter((one) => one !== ''),
  }));
  return [...new Map(found.map((one) => [`${one.environment} ${one.field}`, one])).values()];
}

const commands = readdirSync(ENVIRONMENTS).flatMap(commandsOf);
const EXPECTED = path.join(import.meta.dirname, 'expected');
// A pipe, as in the README: tk cannot open the socket that execa gives for stdin.
const PIPED = 'printf %s change-me | "$0" "$@"';

let tk = '';
beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
  // Links the libraries, as any first command of a user does.
  await tankard(['show', 'environments/hello-world']);
}, 600_000);

describe('what is no manifest of the cluster is made from the same environment', () => {
  it.each(commands)('$environment $field', async ({ environment, field, args }) => {
    const call = [tk, 'eval', `environments/${environment}`, '-e', field, ...args];
    const { stdout } = await execa('sh', ['-c', PIPED, ...call], { cwd: ROOT });
    const expected = readFileSync(path.join(EXPECTED, `${environment}.${field}.json`), 'utf8');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(expected));
  });
});

it('every expected document is one that a README shows how to make', () => {
  const documents = readdirSync(EXPECTED).filter((name) => name.endsWith('.json'));
  expect(documents.sort()).toEqual(
    commands.map(({ environment, field }) => `${environment}.${field}.json`).sort(),
  );
});
