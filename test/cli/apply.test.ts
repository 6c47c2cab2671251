import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { fakeTk, projectWith, tankard, tankardJson } from './tankard.ts';

beforeAll(() => ensureTool('tk'));

const CLEAN = `{ a: ${CONFIG_MAP} }`;
const COMMANDS = ['diff', 'apply', 'prune'];

/** A tk that renders as the real one does, and leaves a trace when it is asked for anything that needs a cluster. */
async function watchedTk() {
  const trace = path.join(await temporaryDirectory(), 'asked');
  const env = await fakeTk(
    `case "$1" in show|env) exec '${toolPin('tk').path}' "$@" ;; esac`,
    `echo "$@" > '${trace}'`,
  );
  return { env, trace };
}

/** Variables with a kubeconfig of these contexts, each with a cluster of its own of the same name. */
async function kubeconfig(contexts: Readonly<Record<string, string>>, current?: string) {
  const file = path.join(await temporaryDirectory(), 'kubeconfig');
  const names = Object.keys(contexts);
  await writeFile(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: names.map((name) => ({ name, cluster: { server: contexts[name] } })),
      users: [{ name: 'me', user: { token: 'not-to-be-shown' } }],
      contexts: names.map((name) => ({ name, context: { cluster: name, user: 'me' } })),
      ...(current === undefined ? {} : { 'current-context': current }),
    }),
  );
  return { KUBECONFIG: file };
}

function specWith(spec: object): Record<string, string> {
  return {
    'environments/x/spec.json': JSON.stringify({
      apiVersion: 'tanka.dev/v1alpha1',
      kind: 'Environment',
      spec: { namespace: 'default', ...spec },
    }),
  };
}

describe.each(COMMANDS)('%s', (command) => {
  it('of an environment with errors reports them and asks no cluster: exit 1', async () => {
    const { env, trace } = await watchedTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} { data: { x: 1 } } }`);
    const { exitCode, stdout, stderr } = await tankard([command, 'environments/x'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('data.x: expected a string');
    expect(stderr).toMatch(/: mend the errors first\n$/);
    expect(existsSync(trace)).toBe(false);
  });

  it.each([
    ['Jsonnet that fails', "assert false : 'no'; {}", {}],
    ['a wrong spec.json', CLEAN, specWith({ namespce: 'a' })],
  ])('asks none for %s either', async (_, main, files) => {
    const { env, trace } = await watchedTk();
    const cwd = await projectWith(main, files);
    const { exitCode } = await tankard([command, 'environments/x'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(existsSync(trace)).toBe(false);
  });

  it('of two environments, one of them with errors, does nothing to either', async () => {
    const { env, trace } = await watchedTk();
    const server = 'https://127.0.0.1:1';
    const cwd = await projectWith(CLEAN, {
      ...specWith({ apiServer: server }),
      'environments/y/main.jsonnet': `{ a: ${CONFIG_MAP} { data: { x: 1 } } }`,
      'environments/y/spec.json': SPEC,
    });
    const args = [command, 'environments/x', 'environments/y'];
    const variables = { ...env, ...(await kubeconfig({ one: server })) };
    expect(await tankard(args, { cwd, env: variables })).toMatchObject({ exitCode: 1 });
    expect(existsSync(trace)).toBe(false);
  });

  it('with --format json prints the report of what stopped it', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} { data: { x: 1 } } }`);
    const { exitCode, json } = await tankardJson([command, 'environments/x'], { cwd });
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({
      version: 1,
      stopped: true,
      environments: [],
      report: { summary: { errors: 1 } },
    });
  });

  it('a cluster that cannot be reached: exit 4', async () => {
    const server = 'https://127.0.0.1:1';
    const cwd = await projectWith(CLEAN, specWith({ apiServer: server, injectLabels: true }));
    const env = await kubeconfig({ one: server });
    const { exitCode, stderr } = await tankard([command, 'environments/x'], { cwd, env });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('connection refused');
    expect(stderr).not.toContain('not-to-be-shown');
  });

  it('no kubeconfig: exit 4', async () => {
    const cwd = await projectWith(CLEAN, specWith({ apiServer: 'https://127.0.0.1:1' }));
    const env = { KUBECONFIG: path.join(cwd, 'none') };
    const { exitCode, stderr } = await tankard([command, 'environments/x'], { cwd, env });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('no kubeconfig was found');
  });
});

describe('which cluster is meant', () => {
  /** Compares, with this spec and these contexts, none of which answers. */
  async function choose(
    spec: object,
    contexts: Readonly<Record<string, string>>,
    { current, args = [] }: { current?: string; args?: readonly string[] } = {},
  ) {
    const { env, trace } = await watchedTk();
    const cwd = await projectWith(CLEAN, specWith(spec));
    const variables = { ...env, ...(await kubeconfig(contexts, current)) };
    const outcome = await tankard(['diff', 'environments/x', ...args], { cwd, env: variables });
    expect(existsSync(trace)).toBe(false);
    return outcome;
  }

  it('an address in which spec.apiServer is only found is another cluster', async () => {
    // tk would take it: it matches spec.apiServer as a regular expression without anchors.
    const { exitCode, stderr } = await choose(
      { apiServer: 'https://127.0.0.1:64' },
      { prod: 'https://127.0.0.1:6443' },
    );
    expect(exitCode).toBe(4);
    expect(stderr).toContain('no context of');
    expect(stderr).toContain('prod (https://127.0.0.1:6443)');
    expect(stderr).toContain('Nothing was sent to any cluster.');
  });

  it('a dot in spec.apiServer is a dot', async () => {
    const contexts = { other: 'https://k8s-example-com:1' };
    const { stderr } = await choose({ apiServer: 'https://k8s.example.com:1' }, contexts);
    expect(stderr).toContain('no context of');
  });

  it.each(['https://127.0.0.1:1/', '127.0.0.1:1'])(
    '%s is https://127.0.0.1:1',
    async (apiServer) => {
      const { stderr } = await choose({ apiServer }, { one: 'https://127.0.0.1:1' });
      expect(stderr).toContain('cannot reach the cluster one at https://127.0.0.1:1');
    },
  );

  it('of several contexts for one address the one in use counts', async () => {
    const contexts = { admin: 'https://127.0.0.1:1', viewer: 'https://127.0.0.1:1' };
    const spec = { apiServer: 'https://127.0.0.1:1' };
    const { stderr } = await choose(spec, contexts, { current: 'viewer' });
    expect(stderr).toContain('cannot reach the cluster viewer');
    const none = await choose(spec, contexts);
    expect(none.exitCode).toBe(4);
    expect(none.stderr).toContain('Choose one with --context: admin');
    const chosen = await choose(spec, contexts, { args: ['--context', 'admin'] });
    expect(chosen.stderr).toContain('cannot reach the cluster admin');
  });

  it('--context cannot name a cluster that is not the one of spec.json', async () => {
    const contexts = { dev: 'https://127.0.0.1:1', prod: 'https://127.0.0.1:2' };
    const { exitCode, stderr } = await choose({ apiServer: 'https://127.0.0.1:1' }, contexts, {
      args: ['--context', 'prod'],
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('the context prod is not the cluster of spec.apiServer');
  });

  it('a name in spec.contextNames wins over a pattern that matches more', async () => {
    const contexts = { 'dev.1': 'https://127.0.0.1:1', 'dev-1': 'https://127.0.0.1:2' };
    const { stderr } = await choose({ contextNames: ['dev.1'] }, contexts);
    expect(stderr).toContain('cannot reach the cluster dev.1 at https://127.0.0.1:1');
  });

  it('a pattern that matches several contexts is refused', async () => {
    const contexts = { 'dev-1': 'https://127.0.0.1:1', 'dev-2': 'https://127.0.0.1:2' };
    const { exitCode, stderr } = await choose({ contextNames: ['dev-.*'] }, contexts);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('several contexts of');
  });

  it.each([
    [{}, 'its spec names no cluster'],
    [{ apiServer: 'https://a', namespace: '' }, 'its spec.namespace is empty'],
  ])('%j: exit 2', async (spec, message) => {
    const { exitCode, stderr } = await choose(spec, { one: 'https://a' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('where the label is made from spec.apiServer, tk has to choose the same', async () => {
    const spec = {
      apiServer: 'https://127.0.0.1:64',
      tankaEnvLabelFromFields: ['.metadata.name', '.spec.apiServer'],
    };
    const contexts = { prod: 'https://127.0.0.1:6443', dev: 'https://127.0.0.1:64' };
    const { exitCode, stderr } = await choose(spec, contexts);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('tk would use the context prod, not dev');
  });
});

it('the server address that is shown has no credentials in it', async () => {
  const server = 'https://user:hunter2@127.0.0.1:1?token=abc';
  const cwd = await projectWith(CLEAN, specWith({ apiServer: 'https://127.0.0.1:2' }));
  const env = await kubeconfig({ one: server });
  const { stderr } = await tankard(['diff', 'environments/x'], { cwd, env });
  expect(stderr).toContain('one (https://127.0.0.1:1)');
  expect(stderr).not.toContain('hunter2');
});
