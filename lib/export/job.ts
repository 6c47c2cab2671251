import { dump } from 'js-yaml';
import { Failure } from '../finding/failure.ts';

/** An Indexed Job that exports, each Pod a shard. */
export interface ExportJob {
  /** An image with tankard on its PATH, the project, and what both need: Pods fetch and build nothing. */
  readonly image: string;
  /** At least 1. */
  readonly shards: number;
  /** Name of a PersistentVolumeClaim that all Pods write to. */
  readonly claim: string;
  /** Folder of the project in the image, absolute. */
  readonly workdir: string;
  /** Of the Job. */
  readonly name: string;
  /** Absent: the one that kubectl uses. */
  readonly namespace?: string;
  /** User and group id that the Pods run as, at least 1. */
  readonly user: number;
  /** What `tankard export` is told besides the output folder and the shard: environments and flags. */
  readonly args: readonly string[];
}

const OUTPUT = '/out';
/** Of a label of DNS. Source: RFC 1123, 2.1. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_LENGTH = 63;
/** With backoffLimitPerIndex, of completions. Source: kubernetes.io, "Jobs", "Backoff limit per index". */
const MOST_SHARDS = 100_000;
/** Findings and wrong settings: they are there in the next run too. Source: docs/guide.md, "Exit codes". */
const LASTING_EXIT_CODES = [1, 2];
/** For a look at the logs the next morning. */
const KEPT_SECONDS = 24 * 60 * 60;

/**
 * The manifest of an Indexed Job whose Pods write `shard-0`, `shard-1`, ... on a volume, for `tankard export --merge`. Any
 * Kubernetes of 1.33 or later runs it, which made backoffLimitPerIndex stable; the Pods keep to the Pod Security Standard
 * "restricted".
 *
 * @returns YAML.
 * @throws Failure `usage` for what the API server would refuse.
 */
export function exportJob(job: ExportJob): string {
  checkJob(job);
  const { namespace, name, shards } = job;
  const object = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      backoffLimitPerIndex: 2,
      podFailurePolicy: {
        rules: [
          {
            action: 'FailIndex',
            onExitCodes: { containerName: 'export', operator: 'In', values: LASTING_EXIT_CODES },
          },
          // A Pod whose node is drained is no failed attempt.
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ],
      },
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: { spec: podSpec(job) },
    },
  };
  return dump(object, { lineWidth: -1, noRefs: true, noArrayIndent: true });
}

function podSpec({ image, shards, claim, workdir, user, args }: ExportJob): object {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      // Makes the volume writable for that group.
      fsGroup: user,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'export',
        image,
        workingDir: workdir,
        // The kubelet puts the variables of the container in for $(NAME), and makes $$( to $(.
        command: ['tankard', 'export', `${OUTPUT}/shard-$(JOB_COMPLETION_INDEX)`],
        args: ['--shard', `job/${shards}`, ...args.map((text) => text.replaceAll('$(', '$$$$('))],
        // For tk with a large library; see docs/guide.md, "Many environments: shards".
        resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'out', mountPath: OUTPUT },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'out', persistentVolumeClaim: { claimName: claim } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}

function checkJob({ image, shards, name, workdir, user }: ExportJob): void {
  if (image.trim() === '') throw new Failure('usage', '--image is empty');
  if (!Number.isInteger(shards) || shards < 1 || shards > MOST_SHARDS)
    throw new Failure('usage', `--shards must be a whole number from 1 to ${MOST_SHARDS}`);
  // The host name of a Pod is the name of the Job with the index; with 0 the Pods would be root's.
  const longest = LABEL_LENGTH - `-${shards - 1}`.length;
  if (!LABEL.test(name) || name.length > longest)
    throw new Failure('usage', `--name ${JSON.stringify(name)} is no name for the Job`, {
      hint: `It has small letters, digits and -, at most ${longest} of them: each Pod adds its index.`,
    });
  if (!workdir.startsWith('/'))
    throw new Failure('usage', `--workdir ${JSON.stringify(workdir)} is no absolute path`);
  if (!Number.isInteger(user) || user < 1)
    throw new Failure('usage', '--user must be the number of a user other than root, such as 1000');
}
