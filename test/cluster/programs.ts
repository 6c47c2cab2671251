import { buildTool } from '../../lib/tools/build-tool.ts';
import { inspectCachedBuild } from '../../lib/tools/cached-build.ts';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { readPin } from '../../lib/tools/tool-pin.ts';

/** Folder of `tools` that pins both programs, so that etcd is the one which this Kubernetes is made for. */
const FOLDER = 'kube-apiserver';
const BUILD_COMMAND = 'npx tsx scripts/build-api-server.ts';

/** Absolute paths of what an API server consists of. */
export interface ApiServerPrograms {
  readonly etcd: string;
  readonly kubeApiserver: string;
}

/** What a build may be told. */
interface BuildOptions {
  /** Receives one line at a time, without a newline. */
  readonly onProgress?: (line: string) => void;
}

/** The pins of both programs. Times as measured with cold caches on two cores, idle and busy. */
function pins() {
  return {
    etcd: readPin('etcd', FOLDER, {
      module: 'go.etcd.io/etcd/server/v3',
      package: 'go.etcd.io/etcd/server/v3',
      duration: 'about a minute',
    }),
    kubeApiserver: readPin('kube-apiserver', FOLDER, {
      module: 'k8s.io/kubernetes',
      package: 'k8s.io/kubernetes/cmd/kube-apiserver',
      // Without it the server calls itself v0.0.0-master.
      versionVariable: 'k8s.io/component-base/version.gitVersion',
      duration: 'three to eight minutes',
    }),
  };
}

/** Whether this is a run in which no suite may be skipped for want of a program. */
export function isCi(): boolean {
  return !['', 'false', '0'].includes(process.env['CI'] ?? '');
}

/** Why no API server can be started here without building it first; undefined when one can. */
export function missingPrograms(): string | undefined {
  const missing = Object.values(pins()).filter((pin) => inspectCachedBuild(pin) !== 'whole');
  if (missing.length === 0) return undefined;
  const names = missing.map((pin) => `${pin.name} ${pin.version}`).join(' and ');
  return `${names} not built; \`${BUILD_COMMAND}\` builds what is missing, once`;
}

/**
 * Builds what the cache lacks of the API server, one program after the other.
 *
 * @throws Failure `tool` when Go fails; Error when it is not on PATH.
 */
export async function ensurePrograms(options: BuildOptions = {}): Promise<ApiServerPrograms> {
  const { etcd, kubeApiserver } = pins();
  for (const pin of [etcd, kubeApiserver]) {
    if (inspectCachedBuild(pin) === 'whole') continue;
    const go = findExecutable('go');
    if (go === undefined) throw new Error(`${pin.name} is built with Go, which is not on PATH`);
    await buildTool(pin, { go, ...options });
  }
  return { etcd: etcd.path, kubeApiserver: kubeApiserver.path };
}
