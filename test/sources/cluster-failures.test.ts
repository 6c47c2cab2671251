import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import {
  type FetchClusterOptions,
  fetchClusterSchemas,
} from '../../lib/sources/cluster-openapi.ts';
import { reduceCluster } from '../../lib/sources/reduce-cluster.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';

const SECRET = 'abcdefghijklmnopqrstuvwxyz';
/** Nothing listens on the port for discarded data. */
const NOBODY = 'https://127.0.0.1:9';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Entries {
  readonly server?: string;
  readonly cluster?: object;
  readonly user?: object;
}

/** Writes a kubeconfig with the context `prod`, and returns its path. */
async function kubeconfig({ server = NOBODY, cluster = {}, user }: Entries = {}): Promise<string> {
  const file = path.join(await temporaryDirectory(), 'kubeconfig');
  const text = stringify({
    clusters: [{ name: 'cluster-a', cluster: { server, ...cluster } }],
    users: [{ name: 'jane', user: user ?? { token: SECRET } }],
    contexts: [
      { name: 'prod', context: { cluster: 'cluster-a', user: 'jane' } },
      { name: 'test', context: { cluster: 'cluster-b', user: 'jane' } },
      { name: 'anonymous', context: { cluster: 'cluster-a' } },
    ],
    'current-context': 'prod',
  });
  await writeFile(file, text);
  return file;
}

/** A server without TLS, as `kubectl proxy` is one. */
async function serve(listener: RequestListener): Promise<Entries> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${port}`,
    cluster: { 'insecure-skip-tls-verify': true },
  };
}

async function failure(options: FetchClusterOptions): Promise<Failure> {
  const error = await fetchClusterSchemas(options).then(
    () => expect.unreachable('the cluster was read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  const { kind, message, hint, exitCode } = error as Failure;
  expect(`${message} ${hint}`).not.toContain(SECRET.slice(0, 8));
  if (kind !== 'interrupted') expect(hint).toBeDefined();
  expect(exitCode).toBe(kind === 'interrupted' ? 130 : 4);
  return error as Failure;
}

describe('the kubeconfig', () => {
  it('is absent', async () => {
    const home = await temporaryDirectory();
    vi.stubEnv('HOME', home);
    vi.stubEnv('KUBECONFIG', '');
    const { message, hint } = await failure({});
    expect(message).toBe(`no kubeconfig was found; looked for ${home}/.kube/config`);
    expect(hint).toMatch(/^Set KUBECONFIG/);
    vi.stubEnv('KUBECONFIG', `${home}/a${path.delimiter}${home}/b`);
    expect((await failure({})).message).toBe(
      `no kubeconfig was found; looked for ${home}/a and ${home}/b (KUBECONFIG)`,
    );
    expect((await failure({ kubeconfig: `${home}/c` })).message).toBe(
      `cannot read the kubeconfig ${home}/c: no such file`,
    );
  });

  it('is found in the home directory, and in the files that KUBECONFIG lists, the first entry winning', async () => {
    const [first, second] = [
      await kubeconfig({ server: 'https://127.0.0.1:1' }),
      await kubeconfig(),
    ];
    vi.stubEnv('KUBECONFIG', ['/absent', first, second].join(path.delimiter));
    expect((await failure({})).message).toContain('https://127.0.0.1:1:');
    const home = await temporaryDirectory();
    await mkdir(path.join(home, '.kube'));
    await writeFile(path.join(home, '.kube', 'config'), `current-context: ${SECRET.slice(-3)}`);
    vi.stubEnv('HOME', home);
    vi.stubEnv('KUBECONFIG', '');
    expect((await failure({})).message).toBe(`there is no context xyz in ${home}/.kube/config`);
  });

  it('is no kubeconfig', async () => {
    const file = path.join(await temporaryDirectory(), 'config');
    await writeFile(file, `users:\n- token: "${SECRET}\n  x: 1\n`);
    expect((await failure({ kubeconfig: file })).message).toMatch(
      /^cannot read the kubeconfig \S+: it is not YAML, see line \d$/,
    );
    await writeFile(file, '');
    expect((await failure({ kubeconfig: file })).message).toBe(
      `cannot read the kubeconfig ${file}: it has not the form of a kubeconfig`,
    );
    await writeFile(file, 'a: 1');
    expect(await failure({ kubeconfig: file })).toMatchObject({
      message: `${file} sets no current-context`,
      hint: 'Name the context that is meant. It has no contexts.',
    });
  });

  it('has no such context, or one without its cluster or user', async () => {
    const file = await kubeconfig();
    expect(await failure({ kubeconfig: file, context: 'prd' })).toMatchObject({
      message: `there is no context prd in ${file}`,
      hint: 'Its contexts: prod, test, anonymous.',
    });
    expect((await failure({ kubeconfig: file, context: 'test' })).message).toBe(
      `the context test names the cluster cluster-b, which ${file} has not, or not in full`,
    );
    expect((await failure({ kubeconfig: file, context: 'anonymous' })).message).toBe(
      `the context anonymous names the user (none), which ${file} has not, or not in full`,
    );
  });

  it('has a server that would get the credentials unencrypted', async () => {
    const file = await kubeconfig({ server: `http://jane:${SECRET}@127.0.0.1:9/` });
    expect((await failure({ kubeconfig: file })).message).toBe(
      'the server of the cluster cluster-a is http://127.0.0.1:9, without TLS, which would show the credentials to the network',
    );
    expect((await failure({ kubeconfig: await kubeconfig({ server: SECRET }) })).message).toBe(
      'the server of the cluster cluster-a is no https address',
    );
  });

  it('names a credential plugin that fails, and files that are absent', async () => {
    const directory = await temporaryDirectory();
    const plugin = async (command: string) => {
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command };
      return (await failure({ kubeconfig: await kubeconfig({ user: { exec } }) })).message;
    };
    expect(await plugin('absent-plugin')).toBe(
      'no credentials for the user jane: its credential plugin absent-plugin is not installed',
    );
    const talks = await fakeProgram(directory, 'talks', `echo ${SECRET}`);
    expect(await plugin(talks)).toBe(
      `no credentials for the user jane: its credential plugin ${talks} gave none`,
    );
    const fails = await fakeProgram(directory, 'fails', `echo ${SECRET} >&2; exit 1`);
    expect(await plugin(fails)).toBe(
      `no credentials for the user jane: its credential plugin ${fails} gave none`,
    );
    const file = await kubeconfig({ user: { 'client-certificate': '/absent/jane.crt' } });
    expect((await failure({ kubeconfig: file })).message).toBe(
      'no credentials for the user jane: cannot read /absent/jane.crt (ENOENT)',
    );
  });
});

describe('the server', () => {
  it('is not there', async () => {
    expect((await failure({ kubeconfig: await kubeconfig() })).message).toBe(
      `cannot reach the cluster prod at ${NOBODY}: connection refused (ECONNREFUSED)`,
    );
    const file = await kubeconfig({ server: `https://${SECRET.slice(-4)}.invalid` });
    expect((await failure({ kubeconfig: file })).message).toMatch(
      /^cannot reach the cluster prod at https:\/\/wxyz\.invalid: .+ \((ENOTFOUND|EAI_AGAIN)\)$/,
    );
  });

  it('is behind a proxy that is not there', async () => {
    const cluster = { 'proxy-url': `http://jane:${SECRET}@127.0.0.1:9` };
    expect((await failure({ kubeconfig: await kubeconfig({ cluster }) })).message).toBe(
      `cannot reach the cluster prod at ${NOBODY}: connection refused (ECONNREFUSED)`,
    );
  });

  it('does not speak TLS', async () => {
    const { server = '' } = await serve((_request, response) => response.end());
    const file = await kubeconfig({ server: server.replace('http:', 'https:') });
    expect((await failure({ kubeconfig: file })).message).toMatch(
      /^cannot reach the cluster prod at https:\S+: it does not speak TLS \(\w+\)$/,
    );
  });

  it.each([
    [200, '<html>log in</html>', 'answered with something that is not JSON'],
    [200, 'null', 'is not what a Kubernetes API server answers'],
    [200, '{"paths":{"api":{}}}', 'is not what a Kubernetes API server answers'],
    [302, '', 'answered with HTTP status 302'],
    [404, '', 'has no /openapi/v3 (404)'],
    [503, SECRET, 'answered with HTTP status 503'],
  ])('answers %i %s', async (status, body, problem) => {
    const server = await serve((_request, response) => response.writeHead(status).end(body));
    expect((await failure({ kubeconfig: await kubeconfig(server) })).message).toContain(problem);
  });

  it('breaks off in the middle, or gives one document less', async () => {
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      response.destroy();
    });
    expect((await failure({ kubeconfig: await kubeconfig(cut) })).message).toMatch(
      /the connection was closed \(ECONNRESET\)$/,
    );
    const lacking = await serve(({ url }, response) => {
      const answers: Record<string, unknown> = {
        '/openapi/v3': { paths: { 'apis/metrics.k8s.io/v1beta1': {}, 'api/v1': {} } },
        '/version': { gitVersion: 'v1.36.0' },
        '/openapi/v3/api/v1': { paths: {} },
      };
      const answer = answers[url ?? ''];
      response.writeHead(answer === undefined ? 503 : 200).end(JSON.stringify(answer));
    });
    expect((await failure({ kubeconfig: await kubeconfig(lacking) })).message).toMatch(
      /\/openapi\/v3\/apis\/metrics\.k8s\.io\/v1beta1 answered with HTTP status 503$/,
    );
  });

  it('serves versions that are any DNS label, and paths that are none', async () => {
    const versions = [
      'api/v1',
      'apis/a.example.com/stable',
      'apis/a.example.com/v1-alpha1',
      'apis/apps/v1',
    ];
    const others = ['.well-known/openid-configuration', 'api', 'apis', 'apis/apps', 'logs'];
    const server = await serve(({ url }, response) => {
      const paths = Object.fromEntries(
        [...others, ...versions, 'openid/v1/jwks'].map((at) => [at, {}]),
      );
      response.end(JSON.stringify(url === '/version' ? { gitVersion: 'v1.36.0' } : { paths }));
    });
    const { documents } = await fetchClusterSchemas({ kubeconfig: await kubeconfig(server) });
    expect([...documents.keys()]).toEqual(
      versions.map((version) => `${version.replaceAll('/', '__')}_openapi.json`),
    );
  });

  it('is below a path, as behind Rancher', async () => {
    const asked: string[] = [];
    const { server, cluster = {} } = await serve(({ url }, response) => {
      asked.push(url ?? '');
      response.writeHead(503).end();
    });
    const file = await kubeconfig({ server: `${server}/k8s/clusters/c-1/`, cluster });
    expect((await failure({ kubeconfig: file })).message).toContain('/k8s/clusters/c-1/openapi/v3');
    expect(asked).toEqual(['/k8s/clusters/c-1/openapi/v3']);
  });

  it('says nothing, and the user has had enough', async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    const { kind } = await failure({ kubeconfig: await kubeconfig(server), signal: stop.signal });
    expect(kind).toBe('interrupted');
  });
});

it('says so when a kind has a name that cannot be one, since it becomes the name of a file', () => {
  const post = {
    'x-kubernetes-group-version-kind': { kind: '../../Evil' },
    requestBody: { content: { '*/*': { schema: { $ref: '#/components/schemas/a' } } } },
  };
  const document = { paths: { '/apis/a/v1/evils': { post } }, components: { schemas: { a: {} } } };
  expect(() => reduceCluster([JSON.stringify(document)])).toThrow(
    'the cluster publishes a kind that cannot be one: ["a/v1","../../Evil","evils"]',
  );
});
