import type { GitOpsEnvironment } from '../../lib/export/gitops-environment.ts';
import type { ExportFile } from '../../lib/export/export-file.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { parseImportSource } from '../../lib/sources/import-source.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { validateManifests } from '../../lib/validate/validate-manifests.ts';

/** An environment in the folder of its own path. */
export function environmentAt(
  path: string,
  more: Partial<GitOpsEnvironment> = {},
): GitOpsEnvironment {
  return { id: path, path, folder: path, namespace: 'shop', ...more };
}

/** What an object says, of one kind or the other. */
export interface GitOpsObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly path?: string;
    readonly sourceRef?: object;
    readonly destination?: object;
    readonly source?: { readonly path: string };
    readonly syncPolicy?: object;
  };
}

/** The objects in files, by the path of the file. */
export function objectsOf(files: readonly ExportFile[]): Map<string, GitOpsObject> {
  return new Map(
    files.map(({ path, content }) => {
      const [manifest] = parseManifests(content.toString());
      return [path, manifest?.value as unknown as GitOpsObject];
    }),
  );
}

/** What `tankard validate` finds in YAML, in a project with imports. */
export async function findingsOf(yaml: string, imports: readonly string[]): Promise<Finding[]> {
  const locked = imports.map((name) => resolveImport(parseImportSource(name), { root: '/' }));
  const upstream = await openUpstream({ imports: await Promise.all(locked), root: '/' });
  const { findings } = await validateManifests(parseManifests(yaml), {
    upstream,
    allowedUnknownKinds: new Set(),
  });
  return [...findings];
}
