import { buildTool } from '../../lib/tools/build-tool.ts';
import { inspectCachedBuild } from '../../lib/tools/cached-build.ts';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { readPin } from '../../lib/tools/tool-pin.ts';

/** Folder of `tools` that pins them all, so that etcd is the one which this Kubernetes is made for. */
const FOLDER = 'kube-apiserver';
const BUILD_COMMAND = 'npx tsx scripts/build-api-server.ts';

/** Absolute paths of what a cluster of a test consists of, and of the kubectl that fits it. */
export interface ClusterPrograms {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubectl: string;
}

/** What a build may be told. */
interface BuildOptions {
  /** Receives one line at a time, without a newline. */
  readonly onProgress?: (line: string) => void;
}

/** A program of Kubernetes; all are of one version. */
function kubernetesPin(name: string, duration: string) {
  return readPin(name, FOLDER, {
    module: 'k8s.io/kubernetes',
    package: `k8s.io/kubernetes/cmd/${name}`,
    // Without it the program calls itself v0.0.0-master.
    versionVariable: 'k8s.io/component-base/version.gitVersion',
    duration,
  });
}

/**
 * The pins of the programs, in the order in which they are built: each Kubernetes program takes what it shares with
 * kube-apiserver from Go's cache. Times as measured on two cores, idle and busy.
 */
function pins() {
  return {
    etcd: readPin('etcd', FOLDER, {
      module: 'go.etcd.io/etcd/server/v3',
      package: 'go.etcd.io/etcd/server/v3',
      duration: 'about a minute',
    }),
    kubeApiserver: kubernetesPin('kube-apiserver', 'three to eight minutes'),
    kubeControllerManager: kubernetesPin('kube-controller-manager', 'one to three minutes'),
    kubectl: kubernetesPin('kubectl', 'about a minute'),
  };
}

/** Whether this is a run in which no suite may be skipped for want of a program. */
export function isCi(): boolean {
  return !['', 'false', '0'].includes(process.env['CI'] ?? '');
}

/** Why no cluster can be started here without building it first; undefined when one can. */
export function missingPrograms(): string | undefined {
  const missing = Object.values(pins()).filter((pin) => inspectCachedBuild(pin) !== 'whole');
  if (missing.length === 0) return undefined;
  const names = missing.map((pin) => `${pin.name} ${pin.version}`).join(', ');
  return `not built: ${names}; \`${BUILD_COMMAND}\` builds what is missing, once`;
}

/**
 * Builds what the cache lacks of the programs, one after the other.
 *
 * @throws Failure `tool` when Go fails; Error when it is not on PATH.
 */
export async function ensurePrograms(options: BuildOptions = {}): Promise<ClusterPrograms> {
  const { etcd, kubeApiserver, kubeControllerManager, kubectl } = pins();
  for (const pin of [etcd, kubeApiserver, kubeControllerManager, kubectl]) {
    if (inspectCachedBuild(pin) === 'whole') continue;
    const go = findExecutable('go');
    if (go === undefined) throw new Error(`${pin.name} is built with Go, which is not on PATH`);
    await buildTool(pin, { go, ...options });
  }
  return {
    etcd: etcd.path,
    kubeApiserver: kubeApiserver.path,
    kubeControllerManager: kubeControllerManager.path,
    kubectl: kubectl.path,
  };
}
