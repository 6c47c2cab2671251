import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../tanka/project.ts';
import { projectWith, ROOT, tankard, type Outcome } from './tankard.ts';

const VALUE = 'hunter2-do-not-show';

/** The value as it is, in base64, and in the form that JSON gives it inside a string. */
const FORMS = [VALUE, Buffer.from(VALUE).toString('base64').replace(/=+$/, '')];

const secret = (fields: string): string =>
  `{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ${fields} }`;

/** Every command that renders, in both forms of output. */
async function runAll(main: string): Promise<Outcome[]> {
  const cwd = await projectWith(main);
  const commands = [
    ['show', 'environments/x'],
    ['show', 'environments/x', '--format', 'json'],
    ['validate'],
    ['validate', '--format', 'json'],
    ['--debug', 'validate'],
  ];
  return Promise.all(commands.map((args) => tankard(args, { cwd })));
}

function expectHidden(outcomes: readonly Outcome[]): void {
  for (const { stdout, stderr } of outcomes)
    for (const form of FORMS) expect(stdout + stderr).not.toContain(form);
}

describe('the value of a Secret is in no output', () => {
  it.each([
    ['in data', `data: { password: std.base64('${VALUE}') }`],
    ['in stringData', `stringData: { password: '${VALUE}' }`],
    ['of several lines', `stringData: { password: 'a\\n${VALUE}\\n' }`],
    ['in a custom type', `type: 'example.com/x', stringData: { password: '${VALUE}' }`],
  ])('when all is well: %s', async (_, fields) => {
    const outcomes = await runAll(`{ a: ${secret(fields)} }`);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(outcomes[0]?.stdout).toMatch(/^ {2}password: "<redacted>"$/m);
    expectHidden(outcomes);
  });

  it.each([
    ['not base64', `data: { password: '${VALUE}' }`],
    ['an object', `data: { password: { inner: '${VALUE}' } }`],
    ['a list', `data: ['${VALUE}']`],
    ['a string in place of the map', `stringData: '${VALUE}'`],
    ['in a field that does not exist', `dta: {}, stringData: { password: ['${VALUE}'] }`],
  ])('when it is wrong: %s', async (_, fields) => {
    const outcomes = await runAll(`{ a: ${secret(fields)} }`);
    expect(outcomes.slice(2).map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
    expectHidden(outcomes);
  });

  it('when it is a number', async () => {
    const outcomes = await runAll(`{ a: ${secret('data: { pin: 31415926 }')} }`);
    expect(outcomes[2]?.stdout).toContain('data.pin: expected a string, found a number');
    for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toContain('31415926');
  });

  it('when two Secrets have one name', async () => {
    const one = secret(`stringData: { password: '${VALUE}' }`);
    const outcomes = await runAll(`{ a: ${one}, b: ${one} }`);
    expect(outcomes[2]?.stdout).toContain('[manifest/duplicate]');
    expectHidden(outcomes);
  });

  it('when an item of a List', async () => {
    const item = secret(`data: { password: '${VALUE}' }`);
    expectHidden(await runAll(`{ apiVersion: 'v1', kind: 'List', items: [${item}] }`));
  });

  it('when Tanka does not take it for a manifest', async () => {
    const outcomes = await runAll(
      `{ a: { kind: 'Secret', metadata: { name: 's' }, stringData: { password: '${VALUE}' } } }`,
    );
    expect(outcomes[2]?.stdout).toContain('[environment/not-a-manifest]');
    expectHidden(outcomes);
  });

  it('when the metadata of the Secret is wrong', async () => {
    const outcomes = await runAll(
      `{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 1 }, stringData: { p: '${VALUE}' } } }`,
    );
    expect(outcomes[2]?.exitCode).toBe(1);
    expectHidden(outcomes);
  });

  it('when an assert beside it fails', async () => {
    const outcomes = await runAll(`
      local reflector = (import 'tankard/main.libsonnet').reflector;
      { a: ${secret(`stringData: { password: '${VALUE}' }`)} + reflector.source.mirroredTo('x'),
        b: { assert false : 'no' } }`);
    expect(outcomes[2]?.stdout).toContain('[jsonnet/assert]');
    expectHidden(outcomes);
  });

  it('when it is a credential in the environment of a container', async () => {
    const outcomes =
      await runAll(`{ a: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: {
      containers: [{ name: 'c', image: 'i', env: [{ name: 'DB_PASSWORD', value: ['${VALUE}'] }] }] } } }`);
    // show prints tk's bytes for what is not a Secret; a finding does not repeat them.
    expect(outcomes[2]?.stdout).toContain('env[0].value: expected a string');
    expectHidden(outcomes.slice(2));
  });
});

it('what is no Secret is shown as it is', async () => {
  const root = await projectWith(`{ a: ${CONFIG_MAP} { data: { password: '${VALUE}' } } }`);
  const { stdout } = await tankard(['show', 'environments/x'], { cwd: root });
  expect(stdout).toContain(`password: ${VALUE}`);
});

it("the repository's own Secrets are hidden without --show-secrets, and only their values", async () => {
  for (const name of await readdir(path.join(ROOT, 'environments'))) {
    const args = ['show', `environments/${name}`];
    const [hidden, shown] = await Promise.all([
      tankard(args),
      tankard([...args, '--show-secrets']),
    ]);
    const different = shown.stdout
      .split('\n')
      .filter((line, index) => line !== hidden.stdout.split('\n')[index]);
    expect(hidden.stdout.split('\n')).toHaveLength(shown.stdout.split('\n').length);
    for (const line of different)
      expect(line).toMatch(/^ {2}(?:tls\.crt|tls\.key|\.dockerconfigjson): /);
  }
  const key = await readFile(path.join(ROOT, 'environments/istio-tls/example.key'), 'utf8');
  const { stdout, stderr } = await tankard(['show', 'environments/istio-tls']);
  expect(stdout + stderr).not.toContain(Buffer.from(key).toString('base64').slice(0, 40));
});
