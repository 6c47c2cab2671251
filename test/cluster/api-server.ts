import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Health, KubeConfig } from '@kubernetes/client-node';
import { applyManifests, type Manifest, writeStatus } from './apply-manifests.ts';
import { askCluster } from './ask-cluster.ts';
import type { ChildProgram } from './child-program.ts';
import {
  type ApiServerOptions,
  freePorts,
  startControllerManager,
  startEtcd,
  startKubeApiserver,
} from './cluster-processes.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { type ClusterPrograms, ensurePrograms } from './programs.ts';

/** It takes four seconds on an idle machine. */
const API_SERVER_TIMEOUT_MS = 180_000;
const CONTROLLERS_TIMEOUT_MS = 120_000;
/** Name of the cluster, the user and the context in the kubeconfig. */
export const CONTEXT = 'test';

/** What runs beside the API server. */
export interface ClusterOptions {
  /**
   * A controller manager runs: Deployments get Pods, which stay Pending unless a test writes their status; deleted
   * namespaces go away; ServiceAccounts are admitted. Without one, a deleted namespace stays Terminating.
   *
   * @default false
   */
  readonly controllers?: boolean;
}

/** A Kubernetes API server with an etcd of its own, both on 127.0.0.1: no nodes, nothing runs. */
export interface ApiServer {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** Absolute path of a kubeconfig whose only context, `test`, may do everything. */
  readonly kubeconfig: string;
  /** Absolute path of the PEM file with the server's certificate, whose key is beside it, and with its authority. */
  readonly certificate: string;
  /** A folder for files of the test; it goes with the server. */
  readonly directory: string;
  /**
   * Variables for tk and kubectl: the kubectl of the server's own version, a cache of its own, and a kubeconfig.
   *
   * @param kubeconfig one or more files, as in KUBECONFIG. @default the server's
   */
  environment(
    kubeconfig?: string,
  ): Record<'KUBECONFIG' | 'KUBECACHEDIR' | 'TANKA_KUBECTL_PATH', string>;
  /**
   * Applies manifests in their order. A CustomResourceDefinition is waited for, until its kinds are served and published.
   *
   * @param manifests YAML text of one or more objects, or the objects.
   * @throws Error with the server's message when it refuses one.
   */
  applyManifests(manifests: string | readonly Manifest[]): Promise<void>;
  /**
   * Writes the status of an object, as its controller would: the fields that are given replace those that are there.
   *
   * @throws Error with the server's message when it refuses.
   */
  writeStatus(object: Manifest, status: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends the API server at once, as a crash would. Its data stays. */
  kill(): Promise<void>;
  /** Starts a killed API server again, at the same address, and waits until it is ready. */
  restart(): Promise<void>;
  /** Ends all programs and removes their data. */
  stop(): Promise<void>;
}

/** Starts an API server, which ends at the latest with this process. The programs are built when the cache lacks them. */
export async function startApiServer({
  controllers = false,
}: ClusterOptions = {}): Promise<ApiServer> {
  const programs = await ensurePrograms({ onProgress: (line) => console.log(line) });
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-cluster-'));
  const started: Pick<ChildProgram, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((program) => program.stop()));
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const [port = 0, ...etcdPorts] = await freePorts(3);
    const token = await writeCredentials(directory);
    const etcd = startEtcd(programs.etcd, directory, etcdPorts);
    started.push(etcd.program);
    await etcd.whenReady();
    const server = await startServer(
      {
        file: programs.kubeApiserver,
        directory,
        etcd: etcd.url,
        port,
        hasControllers: controllers,
      },
      token,
    );
    started.push(server);
    await server.whenReady();
    if (controllers) {
      const manager = await startControllerManager(
        programs.kubeControllerManager,
        directory,
        server.kubeconfig,
      );
      started.push(manager);
      await manager.waitFor(() => hasAccount(server.kubeconfig), CONTROLLERS_TIMEOUT_MS);
    }
    return { ...clusterAccess(programs, server), kill: server.stop, restart: server.restart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type RunningServer = Awaited<ReturnType<typeof startServer>>;

/** An API server that can be ended and started again. */
async function startServer(options: ApiServerOptions, token: string) {
  const { directory, port } = options;
  const url = `https://127.0.0.1:${port}`;
  const certificate = path.join(directory, 'apiserver.crt');
  const kubeconfig = path.join(directory, 'kubeconfig');
  await writeKubeconfig(kubeconfig, [{ name: CONTEXT, server: url, certificate, token }]);
  let program = await startKubeApiserver(options);
  const whenReady = async (): Promise<void> => {
    const isThere = async (): Promise<boolean> => (await readFile(certificate)).length > 0;
    await program.waitFor(isThere, API_SERVER_TIMEOUT_MS);
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const health = new Health(config);
    await program.waitFor(() => health.readyz({}), API_SERVER_TIMEOUT_MS);
  };
  return {
    url,
    certificate,
    kubeconfig,
    directory,
    whenReady,
    stop: () => program.stop(),
    restart: async () => {
      program = await startKubeApiserver(options);
      await whenReady();
    },
  };
}

/** Whether Pods can be made in the namespace `default`. */
async function hasAccount(kubeconfig: string): Promise<boolean> {
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  return (await askCluster(kubeconfig, { method: 'GET', path: account })).status === 200;
}

function clusterAccess(
  { kubectl }: ClusterPrograms,
  { url, kubeconfig, certificate, directory }: RunningServer,
) {
  return {
    url,
    kubeconfig,
    certificate,
    directory,
    environment: (chosen = kubeconfig) => ({
      KUBECONFIG: chosen,
      KUBECACHEDIR: path.join(directory, 'kubectl-cache'),
      TANKA_KUBECTL_PATH: kubectl,
    }),
    applyManifests: (manifests: string | readonly Manifest[]) =>
      applyManifests(kubeconfig, manifests),
    writeStatus: (object: Manifest, status: Readonly<Record<string, unknown>>) =>
      writeStatus(kubeconfig, object, status),
  };
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
