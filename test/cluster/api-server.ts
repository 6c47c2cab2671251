import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Health, KubeConfig } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { applyManifests, type Manifest } from './apply-manifests.ts';
import { type ChildProgram, startProgram } from './child-program.ts';
import { ensurePrograms } from './programs.ts';

const ETCD_TIMEOUT_MS = 60_000;
/** It takes four seconds on an idle machine. */
const API_SERVER_TIMEOUT_MS = 180_000;
/** Name of the cluster, the user and the context in the kubeconfig. */
export const CONTEXT = 'test';

/** A Kubernetes API server with an etcd of its own, both on 127.0.0.1: no nodes, no controllers, nothing runs. */
export interface ApiServer {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** Absolute path of a kubeconfig whose only context, `test`, may do everything. */
  readonly kubeconfig: string;
  /** A folder for files of the test; it goes with the server. */
  readonly directory: string;
  /**
   * Applies manifests in their order. A CustomResourceDefinition is waited for, until its kinds are served and published.
   *
   * @param manifests YAML text of one or more objects, or the objects.
   * @throws Error with the server's message when it refuses one.
   */
  applyManifests(manifests: string | readonly Manifest[]): Promise<void>;
  /** Ends both programs and removes their data. */
  stop(): Promise<void>;
}

/** Starts an API server, which ends at the latest with this process. The programs are built when the cache lacks them. */
export async function startApiServer(): Promise<ApiServer> {
  const programs = await ensurePrograms({ onProgress: (line) => console.log(line) });
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-cluster-'));
  const started: ChildProgram[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((program) => program.stop()));
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const [port, ...etcdPorts] = await freePorts(3);
    const etcd = startEtcd(programs.etcd, directory, etcdPorts);
    started.push(etcd.program);
    await etcd.program.waitFor(async () => (await fetch(`${etcd.url}/health`)).ok, ETCD_TIMEOUT_MS);
    const url = `https://127.0.0.1:${port}`;
    const token = await writeCredentials(directory);
    const server = startKubeApiserver(programs.kubeApiserver, directory, [
      `--etcd-servers=${etcd.url}`,
      `--secure-port=${port}`,
      `--service-account-issuer=${url}`,
    ]);
    started.push(server);
    const kubeconfig = await whenReady(server, directory, url, token);
    return {
      url,
      kubeconfig,
      directory,
      applyManifests: (manifests) => applyManifests(kubeconfig, manifests),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ports that nothing listens on now; they are held until all are known, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function startEtcd(
  file: string,
  directory: string,
  [clientPort, peerPort]: readonly number[],
): { url: string; program: ChildProgram } {
  const client = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const program = startProgram(directory, file, [
    `--data-dir=${path.join(directory, 'etcd')}`,
    // The data is thrown away.
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=error',
  ]);
  return { url: client, program };
}

/**
 * Writes the users of the server and the keys for tokens of service accounts.
 *
 * @returns the token of a user who may do everything.
 */
async function writeCredentials(directory: string): Promise<string> {
  const token = randomBytes(24).toString('hex');
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const write = (name: string, text: string): Promise<void> =>
    writeFile(path.join(directory, name), text, { mode: 0o600 });
  await write('service-accounts.key', privateKey);
  await write('service-accounts.pub', publicKey);
  await write('tokens.csv', `${token},${CONTEXT},${CONTEXT},"system:masters"\n`);
  return token;
}

function startKubeApiserver(
  file: string,
  directory: string,
  addresses: readonly string[],
): ChildProgram {
  return startProgram(directory, file, [
    ...addresses,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // The Service `kubernetes` cannot have an endpoint on loopback.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    // The server writes a certificate for 127.0.0.1 there, with the authority that signed it.
    `--cert-dir=${directory}`,
    `--token-auth-file=${path.join(directory, 'tokens.csv')}`,
    '--anonymous-auth=false',
    '--authorization-mode=RBAC',
    `--service-account-key-file=${path.join(directory, 'service-accounts.pub')}`,
    `--service-account-signing-key-file=${path.join(directory, 'service-accounts.key')}`,
    // Without a controller manager no namespace gets the account that every pod needs.
    '--disable-admission-plugins=ServiceAccount',
    '--allow-privileged=true',
    '--profiling=false',
  ]);
}

/** @returns the path of the kubeconfig. */
async function whenReady(
  server: ChildProgram,
  directory: string,
  url: string,
  token: string,
): Promise<string> {
  const certificate = path.join(directory, 'apiserver.crt');
  await server.waitFor(async () => (await readFile(certificate)).length > 0, API_SERVER_TIMEOUT_MS);
  const text = kubeconfigText(url, certificate, token);
  const kubeconfig = path.join(directory, 'kubeconfig');
  await writeFile(kubeconfig, text, { mode: 0o600 });
  const config = new KubeConfig();
  config.loadFromString(text);
  const health = new Health(config);
  await server.waitFor(() => health.readyz({}), API_SERVER_TIMEOUT_MS);
  return kubeconfig;
}

function kubeconfigText(server: string, certificate: string, token: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: CONTEXT, cluster: { server, 'certificate-authority': certificate } }],
    users: [{ name: CONTEXT, user: { token } }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
    'current-context': CONTEXT,
  });
}
