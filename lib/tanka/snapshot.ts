import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder } from '../disk/private-folder.ts';
import { Failure } from '../finding/failure.ts';
import type { EnvironmentObject } from './environment-object.ts';
import type { EnvironmentPlace } from './find-environment.ts';

/** A Tanka project that has nothing but what one environment rendered. */
export interface Snapshot {
  /** Root of the project, absolute; a folder that only its user can read. */
  readonly root: string;
  /** What tk is given, relative to `root`. */
  readonly environment: string;
  /** Removes it. */
  remove(): Promise<void>;
}

/** What is kept. */
export interface SnapshotOptions {
  /** Project root of the environment, absolute. */
  readonly root: string;
  readonly place: EnvironmentPlace;
  readonly object: EnvironmentObject;
  /** Context of the kubeconfig that tk has to use, its name letter by letter. Without it tk chooses as the spec says. */
  readonly context?: string;
  /** What the environment rendered, or a part of it. */
  readonly manifests: readonly object[];
}

/**
 * Keeps what an environment rendered as an environment of its own. tk diffs, applies and prunes it as it would the environment
 * itself: path and name are the same, and with them the label `tanka.dev/environment`. But what it finds there is what was
 * validated and shown, whatever happens to the Jsonnet meanwhile, and the cluster is the one that was shown: tk would match
 * `spec.apiServer` as a regular expression without anchors.
 *
 * @throws Failure `usage` when it cannot be written.
 */
export async function writeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  // JSON is Jsonnet, and values of Secrets are in it.
  const { path: root, remove } = await makePrivateFolder('snapshot');
  const main = path.join(root, path.relative(options.root, options.place.main));
  try {
    await mkdir(path.dirname(main), { recursive: true });
    await writeFile(path.join(root, 'tkrc.yaml'), '');
    for (const [name, value] of Object.entries(files(options, path.basename(main))))
      await writeFile(path.join(path.dirname(main), name), JSON.stringify(value));
  } catch (cause) {
    await remove();
    throw new Failure('usage', `cannot write to ${root}: ${(cause as Error).message}`, { cause });
  }
  const environment = path.relative(root, main);
  return {
    root,
    environment: environment.startsWith('-') ? `./${environment}` : environment,
    remove,
  };
}

function files(
  { object, context, manifests }: SnapshotOptions,
  main: string,
): Record<string, object> {
  const environment = {
    apiVersion: 'tanka.dev/v1alpha1',
    kind: 'Environment',
    metadata: object.metadata,
    spec: context === undefined ? object.spec : withContext(object.spec, context),
  };
  if (object.inline) return { [main]: { ...environment, data: manifests } };
  return { [main]: manifests, 'spec.json': environment };
}

function withContext(spec: EnvironmentObject['spec'], context: string): EnvironmentObject['spec'] {
  const { apiServer: _apiServer, ...rest } = spec;
  // tk puts the name between `^` and `$`.
  return { ...rest, contextNames: [context.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')] };
}
