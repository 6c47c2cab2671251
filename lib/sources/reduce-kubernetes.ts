import { type EnumSite, parseEnums } from './enum-overlay.ts';
import { reduceOpenApi } from './reduce-open-api.ts';
import type { ModuleFiles, Reduction } from './reduction.ts';

/**
 * Reads the kinds of Kubernetes itself from its published OpenAPI v3 files, one a group and version, and puts
 * the enums back that these leave out.
 *
 * The files are made from an API server with every alpha and beta feature on, so they also have fields and
 * kinds which a real cluster of that version has only behind a feature gate: what they have may still be
 * dropped by a cluster, and what they do not have exists nowhere.
 *
 * @param files the `api/openapi-spec/v3` files and `zz_generated.openapi.go`.
 */
export function reduceKubernetes(files: ModuleFiles): Reduction {
  const documents = [...files].filter(([file]) => file.endsWith('.json'));
  return reduceOpenApi(
    documents.map(([, bytes]) => bytes.toString('utf8')),
    readEnums(files),
  );
}

function readEnums(files: ModuleFiles): EnumSite[] {
  const sites: EnumSite[] = [];
  for (const [file, bytes] of files)
    if (file.endsWith('.go')) sites.push(...parseEnums(bytes.toString('utf8')));
  return sites;
}
