import { mkdtemp } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { type ChildProgram, startProgram } from './child-program.ts';

const ETCD_TIMEOUT_MS = 60_000;

/** Ports that nothing listens on now; they are held until all are known, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
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

/** Starts etcd. When it is stopped, `directory` goes too. */
export function startEtcd(
  file: string,
  directory: string,
  [clientPort, peerPort]: readonly number[],
): { url: string; program: ChildProgram; whenReady(): Promise<void> } {
  const url = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const program = startProgram(directory, file, [
    `--data-dir=${path.join(directory, 'etcd')}`,
    // The data is thrown away.
    '--unsafe-no-fsync',
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=error',
  ]);
  return {
    url,
    program,
    whenReady: () =>
      program.waitFor(async () => (await fetch(`${url}/health`)).ok, ETCD_TIMEOUT_MS),
  };
}

/** What kube-apiserver is started with. */
export interface ApiServerOptions {
  /** Absolute path of the program. */
  readonly file: string;
  /** Has the credentials; the server writes its certificate there, once. */
  readonly directory: string;
  readonly etcd: string;
  readonly port: number;
  /** A controller manager gives each namespace the ServiceAccount that its Pods need. */
  readonly hasControllers: boolean;
}

/** Starts kube-apiserver; with the same options again after it was stopped, it is the same server. */
export async function startKubeApiserver(options: ApiServerOptions): Promise<ChildProgram> {
  const { file, directory, etcd, port, hasControllers } = options;
  return startProgram(await ownDirectory(directory, 'kube-apiserver-'), file, [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    `--service-account-issuer=https://127.0.0.1:${port}`,
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
    // Else it looks for the name of a Node in the DNS before it asks the Node's kubelet for a log.
    '--kubelet-preferred-address-types=InternalIP',
    // Without a controller manager no namespace gets the account that every pod needs.
    ...(hasControllers ? [] : ['--disable-admission-plugins=ServiceAccount']),
    '--allow-privileged=true',
    '--profiling=false',
  ]);
}

/** Starts kube-controller-manager. It outlives an API server that goes away and comes back. */
export async function startControllerManager(
  file: string,
  directory: string,
  kubeconfig: string,
): Promise<ChildProgram> {
  return startProgram(await ownDirectory(directory, 'kube-controller-manager-'), file, [
    `--kubeconfig=${kubeconfig}`,
    // Nothing asks it.
    '--secure-port=0',
    '--leader-elect=false',
    `--root-ca-file=${path.join(directory, 'apiserver.crt')}`,
    `--service-account-private-key-file=${path.join(directory, 'service-accounts.key')}`,
  ]);
}

/** A folder that goes with its program, while those of the others stay. */
async function ownDirectory(directory: string, prefix: string): Promise<string> {
  return mkdtemp(path.join(directory, prefix));
}
